using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Luware.Onboarding.Data;

/// <summary>Tells a database that is out of reach, busy or not yet brought up to date from one that was asked for what it can never do.</summary>
public static class StoreFaults
{
    private const int SqliteTooBig = 18, SqliteConstraint = 19, SqliteMismatch = 20;
    private const int SqlServerNull = 515, SqlServerForeignKey = 547, SqlServerUniqueIndex = 2601, SqlServerUniqueConstraint = 2627, SqlServerTooLong = 2628, SqlServerTruncated = 8152;

    /// <summary>The same may well work in a while, or once somebody has put the database right.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        RetryLimitExceededException or TimeoutException => true,
        DbException database => !IsRefusal(database),
        // What lies behind a call into the world that took too long is no fault of the database.
        { InnerException: { } inner and not TimeoutException } => IsPassing(inner),
        _ => false,
    };

    /// <summary>Rows that do not fit do not fit the next time either, and whoever tries for ever may act for ever.</summary>
    private static bool IsRefusal(DbException exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteTooBig or SqliteConstraint or SqliteMismatch,
        PostgresException { SqlState: [var first, var second, ..] } => (first, second) is ('2', '2') or ('2', '3'),
        SqlException sql => sql.Number is SqlServerNull or SqlServerForeignKey or SqlServerUniqueIndex or SqlServerUniqueConstraint or SqlServerTooLong or SqlServerTruncated,
        _ => false,
    };
}
