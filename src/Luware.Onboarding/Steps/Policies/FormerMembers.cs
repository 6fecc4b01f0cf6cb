using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>
/// Asks former group members whether the policy is still in force for them, because Microsoft may need more than a day for a large group. Of thousands of
/// people only a part is asked, another part each hour. That detects a service that lags behind, but not the last affected person.
/// </summary>
internal sealed class FormerMembers(ITeams teams, IDirectory directory, TimeProvider time)
{
    /// <summary>Largest number of people in one check, over all groups.</summary>
    public const int MostAsked = 200;

    /// <summary>No further call begins after this time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <returns>
    /// How many people could be asked, and how many of them still have the policy. Nobody is asked if Teams gives no such list; then only the elapsed time
    /// counts.
    /// </returns>
    public async Task<(int Asked, int HaveIt)> AskAsync(StepContext context, string policy, CancellationToken cancellationToken)
    {
        var people = await PeopleAsync(context, cancellationToken);
        // Reading a large group may take longer than all questions may.
        var begun = time.GetTimestamp();
        var start = people.Count == 0 ? 0 : (int)(time.GetUtcNow().ToUnixTimeSeconds() / 3600 * MostAsked % people.Count);
        var some = people[start..].Concat(people[..start]).Take(MostAsked);
        var (asked, haveIt) = (0, 0);
        try
        {
            foreach (var few in some.Chunk(MemberPolicies.Most).TakeWhile(_ => time.GetElapsedTime(begun) < Longest))
            {
                var inForce = (await MemberPolicies.ReadAsync(teams, context.Access, few, cancellationToken)).InForce;
                asked += inForce.Count;
                haveIt += inForce.Values.Count(p => TeamsAnswers.IsSameName(p, policy));
            }
        }
        catch (RefusedException)
        {
            // Some versions and clouds do not answer; keep what was read so far and rely on the elapsed time.
        }

        return (asked, haveIt);
    }

    private async Task<List<Person>> PeopleAsync(StepContext context, CancellationToken cancellationToken)
    {
        var people = new List<Person>();
        foreach (var group in GrantsStep.KnownGroups(context))
        {
            if (await directory.FindGroupAsync(context.Access, group, cancellationToken) is not null)
                people.AddRange((await directory.GetMembersAsync(context.Access, group, cancellationToken)).People());
        }

        return [.. people.Where(p => p.UserPrincipalName is not null).DistinctBy(p => p.Id).OrderBy(p => p.Id)];
    }
}
