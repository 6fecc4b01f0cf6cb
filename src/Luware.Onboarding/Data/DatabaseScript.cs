using Luware.Onboarding.Data.PostgreSql;
using Luware.Onboarding.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Quartz;

namespace Luware.Onboarding.Data;

/// <summary>Everything that a server's database needs, as one script for people who apply SQL by hand. It may be applied repeatedly.</summary>
public static class DatabaseScript
{
    /// <summary>Quartz's own default, which the portal does not change.</summary>
    private const string Prefix = "QRTZ_";

    private const string SqlServerSettings = """
        -- sqlcmd -b -i <this file>: -b, or it goes on after an error.
        -- An error rolls back its whole transaction. sqlcmd turns QUOTED_IDENTIFIER off by default, but filtered indexes need it.
        SET XACT_ABORT ON;
        SET QUOTED_IDENTIFIER ON;
        GO

        """;

    private const string PostgreSqlSettings = """
        -- psql -v ON_ERROR_STOP=1 -f <this file>

        """;

    /// <exception cref="NotSupportedException">The provider is no server; the portal creates its file itself.</exception>
    public static string Of(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.SqlServer =>
            SqlServerSettings + Own(new SqlServerPortalDbContextFactory().CreateDbContext([])) + Schedulers("sqlServer", batchEnd: "GO"),
        DatabaseProvider.PostgreSql =>
            PostgreSqlSettings + Own(new PostgreSqlPortalDbContextFactory().CreateDbContext([])) + Schedulers("postgres", batchEnd: ""),
        _ => throw new NotSupportedException($"There is no script for {provider}."),
    };

    private static string Own(PortalDbContext context)
    {
        using (context)
            return context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
    }

    /// <summary>Quartz's own repeatable table script, with placeholders for the table prefix.</summary>
    private static string Schedulers(string dialect, string batchEnd)
    {
        var assembly = typeof(IScheduler).Assembly;
        var name = $"Quartz.Impl.AdoJobStore.Schema.create_{dialect}.sql";
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{assembly.GetName()} holds no {name}.");
        using var reader = new StreamReader(stream);
        // The text before the first separator is a header.
        var statements = reader.ReadToEnd().ReplaceLineEndings().Split($"--;;{Environment.NewLine}")[1..];
        return string.Concat(statements.Select(statement => $"{statement.TrimEnd()}{Environment.NewLine}{batchEnd}{Environment.NewLine}"))
            .Replace("{0}", Prefix, StringComparison.Ordinal).Replace("{1}", Prefix, StringComparison.Ordinal);
    }
}
