using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Luware.Onboarding.Data.Sqlite;

/// <summary>Writers queue inside SQLite for a while instead of failing at once.</summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    private const string Settings = "PRAGMA busy_timeout = 10000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
