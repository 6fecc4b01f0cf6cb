namespace Luware.Onboarding.Data;

/// <summary>Brings the database up to date. Portals that start at the same moment wait for each other.</summary>
public interface IDatabaseMigration
{
    /// <summary>Applies the missing migrations.</summary>
    Task ApplyAsync(CancellationToken cancellationToken);

    /// <summary>The names of missing migrations; empty when the database is up to date.</summary>
    Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken cancellationToken);
}

/// <summary>The database lacks migrations that the portal may not apply by itself according to the settings.</summary>
public sealed class DatabaseOutdatedException(IReadOnlyList<string> missing) : Exception(
    $"The database lacks {missing.Count} migration(s), from {missing[0]} on, and {DatabaseOptions.Section}:{nameof(DatabaseOptions.MigrateAtStart)} is false. "
    + "Apply them with --migrate or with the SQL that --script writes, then start again.");
