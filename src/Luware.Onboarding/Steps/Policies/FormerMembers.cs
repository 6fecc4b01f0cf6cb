using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>
/// Asks members of the groups that had a policy for whom it is still in force: a large group can take Microsoft longer than a day. Of thousands
/// a part is asked, another one each hour; that finds a service that is behind, not the last person.
/// </summary>
internal sealed class FormerMembers(ITeams teams, IDirectory directory, TimeProvider time)
{
    /// <summary>In one look, of all groups together.</summary>
    public const int MostAsked = 200;

    /// <summary>No further call begins after it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <returns>How many could be asked, and how many of them still have it. Nobody is asked where Teams gives no such list: then the time alone counts.</returns>
    public async Task<(int Asked, int HaveIt)> AskAsync(StepContext context, string policy, CancellationToken cancellationToken)
    {
        var (begun, people, asked, haveIt) = (time.GetUtcNow(), await PeopleAsync(context, cancellationToken), 0, 0);
        var start = people.Count == 0 ? 0 : (int)(begun.ToUnixTimeSeconds() / 3600 * MostAsked % people.Count);
        try
        {
            foreach (var some in people[start..].Concat(people[..start]).Take(MostAsked).Chunk(MemberPolicies.Most).TakeWhile(_ => time.GetUtcNow() - begun < Longest))
            {
                var inForce = (await MemberPolicies.ReadAsync(teams, context.Access, some, cancellationToken)).InForce;
                asked += inForce.Count;
                haveIt += inForce.Values.Count(p => TeamsAnswers.IsSameName(p, policy));
            }
        }
        catch (RefusedException)
        {
            // Versions and clouds that do not answer leave what was asked by then, and the time that has passed.
        }

        return (asked, haveIt);
    }

    private async Task<List<Person>> PeopleAsync(StepContext context, CancellationToken cancellationToken)
    {
        var people = new List<Person>();
        foreach (var group in GrantsStep.KnownGroups(context))
        {
            if (await directory.FindGroupAsync(context.Access, group, cancellationToken) is not null)
                people.AddRange((await directory.GetMembersAsync(context.Access, group, cancellationToken)).Where(m => m.Kind == MemberKind.User).Select(m => m.ToPerson()));
        }

        return [.. people.Where(p => p is { IsGuest: false, UserPrincipalName: not null }).DistinctBy(p => p.Id).OrderBy(p => p.Id)];
    }
}
