using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Luware.Onboarding.Data;

/// <summary>Distinguishes temporary faults (unreachable, busy, not migrated yet) from requests that the database will always refuse.</summary>
public static class StoreFaults
{
    private const int SqliteTooBig = 18, SqliteConstraint = 19, SqliteMismatch = 20;
    private const int SqliteConstraintPrimaryKey = 1555, SqliteConstraintUnique = 2067;
    private const int SqlServerNull = 515, SqlServerForeignKey = 547, SqlServerUniqueIndex = 2601, SqlServerUniqueConstraint = 2627,
        SqlServerTooLong = 2628, SqlServerTruncated = 8152;

    /// <summary>True if the same request may succeed later, or once somebody has repaired the database.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        RetryLimitExceededException or TimeoutException => true,
        DbException database => !IsRefusal(database),
        // A timeout inside another exception comes from a remote call, not from the database.
        { InnerException: { } inner and not TimeoutException } => IsPassing(inner),
        _ => false,
    };

    /// <summary>True for an error of the database or of the connection to it.</summary>
    public static bool IsOfDatabase(Exception exception) => exception is DbException or RetryLimitExceededException;

    /// <summary>True if a row with the same key is there already.</summary>
    public static bool IsUniqueViolation(DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintUnique or SqliteConstraintPrimaryKey,
        SqlException sql => sql.Number is SqlServerUniqueIndex or SqlServerUniqueConstraint,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        _ => false,
    };

    /// <summary>True for rows that the database rejects. They would be rejected again, and a run that retries forever could act forever.</summary>
    private static bool IsRefusal(DbException exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteTooBig or SqliteConstraint or SqliteMismatch,
        PostgresException { SqlState: [var first, var second, ..] } => (first, second) is ('2', '2') or ('2', '3'),
        SqlException sql => sql.Number is SqlServerNull or SqlServerForeignKey or SqlServerUniqueIndex or SqlServerUniqueConstraint
            or SqlServerTooLong or SqlServerTruncated,
        _ => false,
    };
}
