using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Luware.Onboarding.Data.SqlServer;

/// <summary>The portal on SQL Server or Azure SQL. The first migration allows snapshots in the database.</summary>
public sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options)
    : ServerPortalDbContext(options, IsolationLevel.Snapshot, "Latin1_General_100_BIN2")
{
    private string? usual;

    /// <inheritdoc/>
    /// <remarks>SQL Server keeps the isolation level on a pooled connection, so snapshots use another connection string and thereby their own pool.</remarks>
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken)
    {
        usual = Database.GetConnectionString();
        var apart = new SqlConnectionStringBuilder(usual);
        apart.ApplicationName += " (snapshots)";
        Database.SetConnectionString(apart.ConnectionString);
        return base.BeginSnapshotAsync(cancellationToken);
    }

    /// <summary>The connection returns to its pool unchanged.</summary>
    public override ValueTask DisposeAsync()
    {
        if (usual is not null)
            Database.SetConnectionString(usual);
        usual = null;
        return base.DisposeAsync();
    }
}
