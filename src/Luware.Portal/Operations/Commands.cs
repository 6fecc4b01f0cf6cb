using Luware.Onboarding.Data.Sqlite;

namespace Luware.Portal.Operations;

/// <summary>What the program does instead of being a portal, where its command line says so.</summary>
internal static class Commands
{
    private const string Backup = "backup";

    /// <returns>The exit code; null where it is to be a portal.</returns>
    public static async Task<int?> RunAsync(WebApplication app)
    {
        if (app.Configuration[Backup] is not { Length: > 0 } file)
            return null;

        try
        {
            await app.Services.GetRequiredService<SqliteBackup>().WriteAsync(file, CancellationToken.None);
            await Console.Out.WriteLineAsync($"The database was copied to '{file}'.");
            return 0;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"Nothing was copied: {e.Message}");
            return 1;
        }
    }
}
