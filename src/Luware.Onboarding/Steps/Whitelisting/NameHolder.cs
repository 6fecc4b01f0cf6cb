using System.Text.Json;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>An account, other than an application instance, that has the sign-in name of one.</summary>
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
            // Nobody has the name, or the person may not look: then Microsoft says so when the instance is made.
            return null;
        }
    }

    /// <summary>An instance that lives is no stranger: it is not listed yet.</summary>
    private static NameHolder? From(JsonElement account, string userPrincipalName)
    {
        var deleted = account.Text("SoftDeletionTimestamp") is not null;
        return deleted || !TeamsAnswers.IsSameName(account.Text("AccountType"), "ResourceAccount") ? new(account.Text("DisplayName") ?? userPrincipalName, deleted) : null;
    }
}
