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
    /// <remarks>SQL Server leaves the isolation level to whoever gets the connection next, so these have a pool of their own: that of another connection string.</remarks>
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken)
    {
        usual = Database.GetConnectionString();
        var apart = new SqlConnectionStringBuilder(usual);
        apart.ApplicationName += " (snapshots)";
        Database.SetConnectionString(apart.ConnectionString);
        return base.BeginSnapshotAsync(cancellationToken);
    }

    /// <summary>Goes back to the others as it came.</summary>
    public override ValueTask DisposeAsync()
    {
        if (usual is not null)
            Database.SetConnectionString(usual);
        usual = null;
        return base.DisposeAsync();
    }
}
