using System.Text.Json;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>An account that is not an application instance but has the sign-in name of one.</summary>
internal sealed record NameHolder(string Name, bool IsDeleted)
{
    public static async Task<NameHolder?> FindAsync(ITeams teams, TenantAccess access, string userPrincipalName, CancellationToken cancellationToken)
    {
        try
        {
            var found = await teams.InvokeAsync(access, WhitelistingCommands.FindAccount(userPrincipalName), cancellationToken);
            return found.Objects.Select(o => From(o, userPrincipalName)).OfType<NameHolder>().FirstOrDefault();
        }
        catch (RefusedException)
        {
            // Nobody has the name, or the person may not look; in the latter case creating the instance fails with Microsoft's reason.
            return null;
        }
    }

    /// <summary>Ignores a live application instance, which is merely not listed yet.</summary>
    private static NameHolder? From(JsonElement account, string userPrincipalName)
    {
        var deleted = account.Text("SoftDeletionTimestamp") is not null;
        return deleted || !TeamsAnswers.IsSameName(account.Text("AccountType"), "ResourceAccount")
            ? new(account.Text("DisplayName") ?? userPrincipalName, deleted)
            : null;
    }
}
