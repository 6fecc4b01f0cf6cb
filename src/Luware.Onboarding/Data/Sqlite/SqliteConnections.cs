using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Luware.Onboarding.Data.Sqlite;

/// <summary>Writers queue inside SQLite for a while instead of failing at once.</summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(10);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Queue(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Queue(connection);
        return Task.CompletedTask;
    }

    // Set per connection string and not as a PRAGMA, which would cost as much as a small query each time.
    private static void Queue(DbConnection connection) =>
        raw.sqlite3_busy_timeout(((SqliteConnection)connection).Handle, (int)BusyLimit.TotalMilliseconds);
}
