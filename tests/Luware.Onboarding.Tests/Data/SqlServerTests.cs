using Luware.Onboarding.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Luware.Onboarding.Tests.Data;

/// <summary>What can be said of SQL Server without one.</summary>
public sealed class SqlServerTests
{
    private const string Server = "Server=127.0.0.1,1;Database=portal;User Id=portal;Password=of-a-test";

    [Fact]
    public async Task Snapshots_are_read_over_connections_that_nobody_else_gets()
    {
        var options = new DbContextOptionsBuilder<SqlServerPortalDbContext>().UseSqlServer(Server, server => server.EnableRetryOnFailure()).Options;
        var contexts = new PooledDbContextFactory<SqlServerPortalDbContext>(options);
        var first = await contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        var usual = first.Database.GetConnectionString();

        // Nobody answers there, and nobody is asked.
        await Should.ThrowAsync<OperationCanceledException>(() => first.BeginSnapshotAsync(new CancellationToken(canceled: true)));

        var apart = new SqlConnectionStringBuilder(first.Database.GetConnectionString());
        apart.ApplicationName.ShouldEndWith("(snapshots)");
        (apart.InitialCatalog, apart.Password).ShouldBe(("portal", "of-a-test"));
        await first.DisposeAsync();
        await using var next = await contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        next.ShouldBeSameAs(first);
        next.Database.GetConnectionString().ShouldBe(usual);
    }
}
