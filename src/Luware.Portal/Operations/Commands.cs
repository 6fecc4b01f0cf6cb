using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Sqlite;
using Quartz;

namespace Luware.Portal.Operations;

/// <summary>What the program does instead of being a portal, where its command line says so.</summary>
internal static class Commands
{
    /// <summary>The framework drops what stands there without a value or takes the next argument for one: what was meant as a command would start a portal that serves.</summary>
    public static string[] Spelled(string[] args) => [.. args.Select((arg, i) => arg switch
    {
        "--migrate" when !bool.TryParse(args.ElementAtOrDefault(i + 1), out _) => "--migrate=true",
        "--backup" when i == args.Length - 1 => "--backup=",
        _ => arg,
    })];

    /// <summary>Writes a server's SQL script where that is asked for; settings or a server are not needed.</summary>
    /// <returns>The exit code; null where something else is asked for.</returns>
    public static async Task<int?> WriteScriptAsync(string[] args, TextWriter output, TextWriter errors)
    {
        const string Name = "--script";
        var at = Array.FindIndex(args, arg => arg == Name || arg.StartsWith($"{Name}=", StringComparison.Ordinal));
        if (at < 0)
            return null;
        var provider = args[at] == Name ? args.ElementAtOrDefault(at + 1) : args[at][(Name.Length + 1)..];
        try
        {
            await output.WriteAsync(DatabaseScript.Of(Enum.Parse<DatabaseProvider>(provider ?? "", ignoreCase: true)));
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            await errors.WriteLineAsync($"{Name} {DatabaseProvider.SqlServer} or {Name} {DatabaseProvider.PostgreSql} writes the SQL that makes a server's database or brings it up to date. SQLite's file the portal makes itself.");
            return 2;
        }
    }

    /// <returns>The exit code; null where it is to be a portal.</returns>
    public static async Task<int?> RunAsync(WebApplication app)
    {
        if (app.Configuration["backup"] is { } file)
            return await BackUpAsync(app.Services, file);
        return app.Configuration.GetValue("migrate", false) ? await MigrateAsync(app.Services) : null;
    }

    private static async Task<int> BackUpAsync(IServiceProvider services, string file)
    {
        try
        {
            await services.GetRequiredService<SqliteBackup>().WriteAsync(file, CancellationToken.None);
            await Console.Out.WriteLineAsync($"The database was copied to '{file}'.");
            return 0;
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"Nothing was copied: {e.Message}");
            return 1;
        }
    }

    /// <summary>Our tables and those of the scheduler, which makes its own when it is made.</summary>
    private static async Task<int> MigrateAsync(IServiceProvider services)
    {
        var migration = services.GetRequiredService<IDatabaseMigration>();
        var missing = await migration.FindMissingAsync(CancellationToken.None);
        await migration.ApplyAsync(CancellationToken.None);
        await (await services.GetRequiredService<ISchedulerFactory>().GetScheduler()).Shutdown();
        await Console.Out.WriteLineAsync(missing.Count == 0 ? "The database was up to date." : $"Applied: {string.Join(", ", missing)}");
        return 0;
    }
}
