using System.Data.Common;
using Luware.Onboarding.Settings;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Luware.Onboarding.Data;

/// <summary>The portal's database.</summary>
public sealed class DatabaseOptions : ISettings
{
    public const string DefaultFile = "Data Source=data/portal.db";

    public static string Section => "Database";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>The provider's connection string; a SQLite file's folder is created at start.</summary>
    public string ConnectionString { get; set; } = DefaultFile;

    /// <summary>False if migrations are applied on the command line. The portal then does not start while some are missing.</summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>True when production may reach a server without encryption or a checked certificate.</summary>
    public bool AllowUnprotected { get; set; }

    /// <summary>True when several portals may share the database.</summary>
    public bool IsServer => Provider != DatabaseProvider.Sqlite;

    public IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Provider))
            return [$"{Section}:{nameof(Provider)} is \"{Provider}\". Set it to {string.Join(", ", Enum.GetNames<DatabaseProvider>())}."];
        try
        {
            return Target() is { Length: > 0 } ? [] : [Fault("names no database")];
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return [Fault("cannot be read")];
        }
    }

    private string? Target() => Provider switch
    {
        DatabaseProvider.SqlServer => new SqlConnectionStringBuilder(ConnectionString) is { DataSource.Length: > 0 } builder ? builder.InitialCatalog : null,
        DatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(ConnectionString) is { Host.Length: > 0 } builder ? builder.Database : null,
        _ => new SqliteConnectionStringBuilder(ConnectionString).DataSource,
    };

    // The message omits the value, which may contain a password.
    private string Fault(string what) => $"{Section}:{nameof(ConnectionString)} {what}. Set it to {Example()}.";

    private string Example() => Provider switch
    {
        DatabaseProvider.SqlServer =>
            "a SQL Server connection string, for example \"Server=sql.example.com;Database=portal;Authentication=Active Directory Default\"",
        DatabaseProvider.PostgreSql => "a PostgreSQL connection string, for example \"Host=db.example.com;Database=portal;Username=portal\"",
        _ => $"a file that the portal may write, for example \"{DefaultFile}\"",
    };
}

public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
    PostgreSql,
}
