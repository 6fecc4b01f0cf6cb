using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// Asks how far the policies of groups have reached their members: a reading of its own, at its own pace and of bounded size, whatever the size
/// of the groups. Whoever was late is asked about first, then the list goes on where it was left.
/// </summary>
internal sealed class Propagation(ITeams teams, TimeProvider time)
{
    /// <summary>In one reading, of all groups together.</summary>
    public const int MostAsked = 200;

    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PaceAtRest = TimeSpan.FromHours(1);

    /// <summary>No further call begins after it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <returns>By group; without those that have no policy of ours yet.</returns>
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

    /// <summary>Slower where nobody is waited for.</summary>
    private static TimeSpan PaceOf(Reached before, RecordedUsers group) => before.OnTheWay == 0 && before.InForce >= group.People.Count ? PaceAtRest : Pace;

    private static List<Person> Choose(RecordedUsers group, Reached? before, HashSet<Guid> defeated, int most)
    {
        var candidates = group.People.Where(p => p.UserPrincipalName is not null && !defeated.Contains(p.Id)).ToList();
        var late = (before?.Late ?? []).ToHashSet();
        var start = candidates.Count == 0 ? 0 : (before?.Next ?? 0) % candidates.Count;
        return [.. candidates.Where(p => late.Contains(p.Id)).Take(most / 2).Concat(candidates[start..]).Concat(candidates[..start]).DistinctBy(p => p.Id).Take(most)];
    }

    private async Task<Reached> AskAsync(TenantAccess access, RecordedUsers group, Reached? before, List<Person> people, DateTimeOffset begun, CancellationToken ended)
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
            // The grant is made whether or not its spread can be read now.
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
