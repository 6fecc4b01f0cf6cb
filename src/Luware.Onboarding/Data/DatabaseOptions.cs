using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

/// <summary>Where the portal keeps its rows.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";
    public const string DefaultConnectionString = "Data Source=data/portal.db";

    /// <summary>A SQLite connection string; its folder is made at start.</summary>
    public string ConnectionString { get; set; } = DefaultConnectionString;

    internal sealed class Validator : IValidateOptions<DatabaseOptions>
    {
        public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
        {
            try
            {
                return string.IsNullOrWhiteSpace(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource)
                    ? Fail("names no file")
                    : ValidateOptionsResult.Success;
            }
            catch (ArgumentException)
            {
                return Fail("is no SQLite connection string");
            }
        }

        private static ValidateOptionsResult Fail(string what) => ValidateOptionsResult.Fail(
            $"{Section}:{nameof(ConnectionString)} {what}. Set it to a file that the portal may write, for example \"{DefaultConnectionString}\".");
    }
}
