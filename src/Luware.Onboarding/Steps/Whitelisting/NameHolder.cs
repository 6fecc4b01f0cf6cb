using System.Text.Json;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>An account that is not an application instance but has the sign-in name of one.</summary>
/// <remarks>A deleted account is none: Entra puts its object id before its sign-in name, so that others can have the name.</remarks>
internal sealed record NameHolder(string Name)
{
    public static async Task<NameHolder?> FindAsync(ITeams teams, TenantAccess access, string userPrincipalName, CancellationToken cancellationToken)
    {
        try
        {
            var found = await teams.InvokeAsync(access, WhitelistingCommands.FindAccount(userPrincipalName), cancellationToken);
            return found.Objects.Where(IsOther).Select(o => new NameHolder(o.Text("DisplayName") ?? userPrincipalName)).FirstOrDefault();
        }
        catch (RefusedException)
        {
            // Nobody has the name, or the person may not look; in the latter case creating the instance fails with Microsoft's reason.
            return null;
        }
    }

    /// <summary>False for a deleted account, and for a live application instance, which is merely not listed yet.</summary>
    private static bool IsOther(JsonElement account) =>
        account.Text("SoftDeletionTimestamp") is null && !TeamsAnswers.IsSameName(account.Text("AccountType"), "ResourceAccount");
}
