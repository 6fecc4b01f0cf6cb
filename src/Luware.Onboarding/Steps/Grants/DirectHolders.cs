using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Who was given which policy directly. A direct grant wins over what any group brings.</summary>
/// <param name="IsWhole">False where a policy has more holders than are read, or Teams refused to name them.</param>
internal sealed record DirectHolders(ILookup<Guid, string> PoliciesOf, bool IsWhole)
{
    /// <summary>A list that is longer is cut: it is held in memory, and nobody decides on thousands person by person.</summary>
    public const int Longest = 5000;

    private const int MostPolicies = 20;

    /// <summary>
    /// One call for each policy of the tenant, whatever the number of people: Get-CsOnlineUser is documented to be filtered by the name of a
    /// policy, and shows exactly the direct grants. A tenant whose only policy is the one that is granted is not asked at all.
    /// </summary>
    public static async Task<DirectHolders> ReadAsync(ITeams teams, TenantAccess access, IReadOnlyList<WantedPolicy> granted, CancellationToken cancellationToken)
    {
        var policies = (await teams.InvokeAsync(access, PolicyCommands.ListPolicies, cancellationToken)).Objects.Select(FoundPolicy.From).OfType<FoundPolicy>()
            .Select(p => p.Name).Where(name => !TeamsAnswers.IsSameName(name, "Global") && !granted.All(g => g.Is(name))).ToList();
        var (holders, isWhole) = (new List<(Guid Person, string Policy)>(), policies.Count <= MostPolicies);
        try
        {
            foreach (var policy in policies.Take(MostPolicies))
            {
                var result = await teams.InvokeAsync(access, HoldersOf(policy), cancellationToken);
                holders.AddRange(result.Objects.Select(o => o.Id("Identity")).OfType<Guid>().Select(id => (id, policy)));
                isWhole &= result.Objects.Count < Longest;
            }
        }
        catch (RefusedException)
        {
            isWhole = false;
        }

        return new DirectHolders(holders.ToLookup(h => h.Person, h => h.Policy), isWhole);
    }

    public static TeamsCommand HoldersOf(string policy) => new(
        "Get-CsOnlineUser",
        [
            new("Filter", new TeamsValue.Text($"{TeamsCmdlets.ComplianceRecordingPolicyType} -eq {PowerShellText.Quote(policy)}")),
            new("Properties", new TeamsValue.Text(TeamsCmdlets.ComplianceRecordingPolicyType)),
            new("ResultSize", new TeamsValue.Number(Longest)),
        ],
        ["Identity"]);
}
