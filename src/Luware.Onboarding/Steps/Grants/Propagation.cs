using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// Measures how far the groups' policies have reached their members. It reads at its own pace and with a bounded number of requests, whatever the size of the
/// groups: first the people who had not been reached last time, then on from where the previous reading stopped.
/// </summary>
internal sealed class Propagation(ITeams teams, TimeProvider time)
{
    /// <summary>Largest number of people in one reading, over all groups.</summary>
    public const int MostAsked = 200;

    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PaceAtRest = TimeSpan.FromHours(1);

    /// <summary>No further call begins after this time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <returns>By group; groups that do not have a policy of ours yet are left out.</returns>
    public async Task<IReadOnlyDictionary<RecordedUsers, Reached>> ReadAsync(
        StepContext context, GrantsReading read, ILookup<RecordedUsers, Guid> defeated, ReadingTime limit, CancellationToken cancellationToken)
    {
        using var late = limit.EndForMembers();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var (reached, begun, left) = (new Dictionary<RecordedUsers, Reached>(), time.GetUtcNow(), MostAsked);
        var granted = read.Groups.Where(g => read.HasPolicy(g) && g.People.Count > 0).Select(g => (Group: g, Before: Reached.From(context, g)));
        foreach (var (group, before) in granted.OrderBy(g => g.Before is { IsSaid: true } told ? told.At : DateTimeOffset.MinValue))
        {
            if (before is not null && (begun - before.At < PaceOf(before, group) || left == 0))
            {
                reached[group] = before;
                continue;
            }

            var people = Choose(group, before, defeated[group].ToHashSet(), left);
            left -= people.Count;
            reached[group] = await AskAsync(context.Access, group, before, people, begun, either.Token);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return reached;
    }

    /// <summary>The time between two readings; longer once everybody has been reached.</summary>
    public static TimeSpan PaceOf(Reached before, RecordedUsers group) => before.OnTheWay == 0 && before.InForce >= group.People.Count ? PaceAtRest : Pace;

    private static List<Person> Choose(RecordedUsers group, Reached? before, HashSet<Guid> defeated, int most)
    {
        var candidates = group.People.Where(p => p.UserPrincipalName is not null && !defeated.Contains(p.Id)).ToList();
        var late = (before?.Late ?? []).ToHashSet();
        var start = candidates.Count == 0 ? 0 : (before?.Next ?? 0) % candidates.Count;
        return [.. candidates.Where(p => late.Contains(p.Id)).Take(most / 2)
            .Concat(candidates[start..]).Concat(candidates[..start]).DistinctBy(p => p.Id).Take(most)];
    }

    private async Task<Reached> AskAsync(
        TenantAccess access, RecordedUsers group, Reached? before, List<Person> people, DateTimeOffset begun, CancellationToken ended)
    {
        var (asked, inForce) = (new List<Person>(), new Dictionary<Guid, string?>());
        try
        {
            foreach (var some in people.Chunk(MemberPolicies.Most).TakeWhile(_ => time.GetUtcNow() - begun < Longest && !ended.IsCancellationRequested))
            {
                var answer = await MemberPolicies.ReadAsync(teams, access, some, ended);
                asked.AddRange(some);
                foreach (var person in some.Where(p => answer.InForce.ContainsKey(p.Id)))
                    inForce[person.Id] = answer.InForce[person.Id];
            }
        }
        catch (Exception e) when (e is RefusedException or TransientException || (e is OperationCanceledException && ended.IsCancellationRequested))
        {
            // The grant is valid whether or not its spread can be read now.
        }

        if (asked.Count == 0 && before is not null)
            return before;

        var lateBefore = (before?.Late ?? []).ToHashSet();
        Guid[] late = [.. inForce.Where(p => p.Value is null).Select(p => p.Key)];
        return new Reached(
            begun, (before?.Next ?? 0) + asked.Count(p => !lateBefore.Contains(p.Id)), [.. late.Take(MostAsked / 2)],
            inForce.Values.Count(group.Policy.Is), late.Length, inForce.Values.Count(p => p is not null && !group.Policy.Is(p)));
    }
}
