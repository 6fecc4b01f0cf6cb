using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Sqlite;
using Quartz;

namespace Luware.Portal.Operations;

/// <summary>
/// Carries out what the command line asks for instead of serving. Results go to <paramref name="output"/>, faults to <paramref name="errors"/>.
/// </summary>
internal sealed class Commands(TextWriter output, TextWriter errors)
{
    /// <summary>Writes the SQL of a server. Needs neither settings nor a server.</summary>
    public async Task<int> WriteScriptAsync(DatabaseProvider provider)
    {
        await output.WriteAsync(DatabaseScript.Of(provider));
        return 0;
    }

    /// <summary>Runs a command with the services of a portal that is built but never started, so nothing listens.</summary>
    /// <returns>The process's exit code: 0 if the command succeeded.</returns>
    public async Task<int> RunAsync(PortalCommand command, IServiceProvider services, CancellationToken cancellationToken)
    {
        AuditCommands Audit() => new(services.GetRequiredService<IAuditKeeper>(), output, errors);
        try
        {
            return command switch
            {
                PortalCommand.Migrate => await MigrateAsync(services, cancellationToken),
                PortalCommand.Backup backup => await BackUpAsync(backup, services, cancellationToken),
                PortalCommand.VerifyAudit verify => await Audit().VerifyAsync(verify, cancellationToken),
                PortalCommand.ErasePerson erase => await Audit().EraseAsync(erase, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(command), command, "It needs no portal, or one that serves."),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private async Task<int> BackUpAsync(PortalCommand.Backup backup, IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<SqliteBackup>().WriteAsync(backup.File, cancellationToken);
            await output.WriteLineAsync($"The database was copied to '{backup.File}'.");
            return 0;
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            await errors.WriteLineAsync($"Nothing was copied: {e.Message}");
            return 1;
        }
    }

    /// <summary>Creates or updates the portal's tables and the scheduler's. The scheduler creates its own when it is constructed.</summary>
    private async Task<int> MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var migration = services.GetRequiredService<IDatabaseMigration>();
        var missing = await migration.FindMissingAsync(cancellationToken);
        await migration.ApplyAsync(cancellationToken);
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        await scheduler.Shutdown(waitForJobsToComplete: false, cancellationToken);
        await output.WriteLineAsync(missing.Count == 0 ? "The database was up to date." : $"Applied: {string.Join(", ", missing)}");
        return 0;
    }
}
