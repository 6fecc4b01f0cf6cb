using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Luware.Onboarding.Data;

/// <summary>Where the portal keeps its rows.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";
    public const string DefaultFile = "Data Source=data/portal.db";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>The provider's connection string; a SQLite file's folder is created at start.</summary>
    public string ConnectionString { get; set; } = DefaultFile;

    /// <summary>False when migrations are applied by the command line; a database that lacks some then ends the start.</summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>True when several portals may share the database.</summary>
    public bool IsServer => Provider != DatabaseProvider.Sqlite;

    internal sealed class Validator : IValidateOptions<DatabaseOptions>
    {
        public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
        {
            if (!Enum.IsDefined(options.Provider))
                return ValidateOptionsResult.Fail($"{Section}:{nameof(Provider)} is \"{options.Provider}\". Set it to {string.Join(", ", Enum.GetNames<DatabaseProvider>())}.");
            try
            {
                return Target(options) is { Length: > 0 } ? ValidateOptionsResult.Success : Fail(options.Provider, "names no database");
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                return Fail(options.Provider, "cannot be read");
            }
        }

        private static string? Target(DatabaseOptions options) => options.Provider switch
        {
            DatabaseProvider.SqlServer => new SqlConnectionStringBuilder(options.ConnectionString) is { DataSource.Length: > 0 } builder ? builder.InitialCatalog : null,
            DatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(options.ConnectionString) is { Host.Length: > 0 } builder ? builder.Database : null,
            _ => new SqliteConnectionStringBuilder(options.ConnectionString).DataSource,
        };

        // The exception's message may contain a password.
        private static ValidateOptionsResult Fail(DatabaseProvider provider, string what) => ValidateOptionsResult.Fail(
            $"{Section}:{nameof(ConnectionString)} {what}. Set it to {Example(provider)}.");

        private static string Example(DatabaseProvider provider) => provider switch
        {
            DatabaseProvider.SqlServer => "a SQL Server connection string, for example \"Server=sql.example.com;Database=portal;Authentication=Active Directory Default\"",
            DatabaseProvider.PostgreSql => "a PostgreSQL connection string, for example \"Host=db.example.com;Database=portal;Username=portal\"",
            _ => $"a file that the portal may write, for example \"{DefaultFile}\"",
        };
    }
}

public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
    PostgreSql,
}
