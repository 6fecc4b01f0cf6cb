using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The people to whom each policy was granted directly. A direct grant takes precedence over every group's.</summary>
/// <param name="Unread">Policies whose direct holders could not be read.</param>
internal sealed record DirectHolders(ILookup<Guid, string> PoliciesOf, IReadOnlyList<UnreadPolicy> Unread)
{
    /// <summary>Longer lists are cut: they are held in memory, and nobody decides about thousands of people one by one.</summary>
    public const int Longest = 5000;

    public bool IsUnread(string policy) => Unread.Any(u => TeamsAnswers.IsSameName(u.Policy, policy));

    /// <summary>
    /// Makes one call per policy of the tenant, whatever the number of people: Get-CsOnlineUser is documented to filter by a policy's name, and it shows
    /// exactly the direct grants. The portal's own policies come first, because people who have one directly may not be recorded.
    /// </summary>
    public static async Task<DirectHolders> ReadAsync(
        ITeams teams, TenantAccess access, IReadOnlyList<WantedPolicy> ours, ReadingTime limit, CancellationToken cancellationToken)
    {
        var policies = (await FoundPolicy.ListAsync(teams, access, cancellationToken))
            .Select(p => p.Name).Where(name => !TeamsAnswers.IsSameName(name, "Global")).OrderByDescending(name => ours.Any(p => p.Is(name)));
        var (holders, unread) = (new List<(Guid Person, string Policy)>(), new List<UnreadPolicy>());
        using var late = limit.EndForLists();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        foreach (var policy in policies)
        {
            try
            {
                either.Token.ThrowIfCancellationRequested();
                var people = await ListAsync(teams, access, policy, either.Token);
                holders.AddRange(people.Select(id => (id, policy)));
                if (people.Count >= Longest)
                    unread.Add(new UnreadPolicy(policy, new Sentence("Grants.Unread.Cut", Sentence.Number(Longest))));
            }
            catch (RefusedException refused) when (refused.Answer.MeansNotFound() && ours.Any(p => p.Is(policy)))
            {
                // A policy created a moment ago is not known everywhere, so nobody has it yet.
            }
            catch (RefusedException refused)
            {
                unread.Add(new UnreadPolicy(policy, new Sentence("Grants.Unread.Refused"), refused.Answer));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                unread.Add(new UnreadPolicy(policy, new Sentence("Grants.Unread.Late")));
            }
        }

        return new DirectHolders(holders.ToLookup(h => h.Person, h => h.Policy), unread);
    }

    /// <summary>The people who have the policy directly, up to <see cref="Longest"/>.</summary>
    public static async Task<IReadOnlyList<Guid>> ListAsync(ITeams teams, TenantAccess access, string policy, CancellationToken cancellationToken)
    {
        var result = await teams.InvokeAsync(access, HoldersOf(policy), cancellationToken);
        return [.. result.Objects.Select(o => o.Id("Identity")).OfType<Guid>()];
    }

    /// <summary>Without people who were deleted: Teams lists them for 30 days with what they had, and nobody can take it from them.</summary>
    public static TeamsCommand HoldersOf(string policy) => new(
        "Get-CsOnlineUser",
        [
            new("Filter", new TeamsValue.Text(
                $"{TeamsCmdlets.ComplianceRecordingPolicyType} -eq {PowerShellText.Quote(policy)} -and SoftDeletionTimestamp -eq $null")),
            new("Properties", new TeamsValue.Text(TeamsCmdlets.ComplianceRecordingPolicyType)),
            new("ResultSize", new TeamsValue.Number(Longest)),
        ],
        ["Identity"]);
}

/// <param name="Why">Refused, cut, or out of time.</param>
internal sealed record UnreadPolicy(string Policy, Sentence Why, RemoteAnswer? Answer = null);
