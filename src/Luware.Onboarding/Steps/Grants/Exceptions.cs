using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// People who get a policy of their own. Luware advises against it, because a direct grant takes precedence over later group grants and the list of groups
/// does not show it. People who are in no group of recorded users are refused, because Luware would not record them.
/// </summary>
internal sealed class Exceptions(GrantsReading read)
{
    public IEnumerable<Sentence> Questions()
    {
        if (read.Choice.Exceptions.Count > GrantsChoice.MostExceptions)
            yield return new Sentence("Grants.Question.TooManyExceptions", Sentence.Number(GrantsChoice.MostExceptions));
        foreach (var (person, policy) in Wanted)
        {
            var name = read.NameOf(person);
            if (!IsRecorded(person))
                yield return new Sentence("Grants.Question.ExceptionOutside", name, string.Join(", ", read.Groups.Select(g => g.Name)));
            else if (OtherOf(person, policy) is { } other)
                yield return new Sentence("Grants.Question.ExceptionHasOther", name, other, policy.Name, GrantCommands.TakeBack(person).ToPowerShell());
            else if (read.Groups.FirstOrDefault(g => !g.Policy.Is(policy.Name) && g.Testers.Any(t => t.Id == person)) is { } tested)
                yield return new Sentence("Grants.Question.ExceptionTests", name, tested.Policy.Name, policy.Name);
        }
    }

    /// <summary>Who they are, and whether each is in a group of recorded users.</summary>
    public IEnumerable<(Guid Person, bool IsRecorded)> Read => Wanted.Select(w => (w.Person, IsRecorded(w.Person)));

    public IEnumerable<PlannedObject> Objects() => Wanted.SelectMany(w => Objects(w.Person, w.Policy));

    private IEnumerable<(Guid Person, WantedPolicy Policy)> Wanted => read.Choice.Exceptions.Take(GrantsChoice.MostExceptions).DistinctBy(e => e.Person)
        .Select(e => (e.Person, read.Policies.FirstOrDefault(p => p.Is(e.Policy)) ?? read.Policies[0]));

    private IEnumerable<PlannedObject> Objects(Guid person, WantedPolicy policy)
    {
        var (name, kind, grant) = (read.NameOf(person), new Sentence("Grants.Kind.Exception"), new PersonalGrant(PersonalGrant.Exception, person, policy.Name));
        var detail = read.ReadingOf(person);
        if (!read.Effective[person].IsRead)
        {
            yield return new PlannedObject(grant.Key, name, kind, ObjectState.Unknown, new Sentence("Grants.Effect.NotRead"), detail);
        }
        else if (!IsRecorded(person))
        {
            yield return new PlannedObject(grant.Key, name, kind, ObjectState.Different, new Sentence("Grants.Exception.Outside"), detail);
        }
        else if (read.Effective[person].IsDirect(policy.Name))
        {
            yield return new PlannedObject(grant.Key, name, kind, ObjectState.Found, new Sentence("Grants.Exception.Found", policy.Name), detail);
        }
        else if (OtherOf(person, policy) is { } other)
        {
            yield return new PlannedObject(grant.Key, name, kind, ObjectState.Different, new Sentence("Grants.Effect.Defeated", other), detail);
        }
        else
        {
            if (read.Personal.AcceptedAt(grant) is null)
                yield return Grant(grant, name);
            yield return new PlannedObject(
                $"exception-effect/{person}", name, new Sentence(GrantsStep.ExceptionEffectKind), ObjectState.Later, new Sentence("Grants.Effect.OnItsWay"),
                detail,
                GrantPlanner.Wait(GrantPlanner.AwaitExceptionKey(person), "Grants.AwaitException", name, person, policy.Name));
        }
    }

    private PlannedObject Grant(PersonalGrant grant, string name)
    {
        var command = GrantCommands.Give(grant.User, grant.Policy);
        var impact = new Impact(1, read.CanStopCalls(grant.Policy), new Sentence("Impact.WithinADay"))
        {
            TriedBy = TriedBy(grant.Policy), Group = read.Groups.FirstOrDefault(g => g.Find(grant.User) is not null)?.Affected,
        };
        var action = TeamsActions.Action(grant.Key, new Sentence("Grants.GrantException", grant.Policy, name), command, GrantPlanner.Roles, impact);
        return new PlannedObject(
            grant.Key, name, new Sentence("Grants.Kind.Exception"), ObjectState.Missing, new Sentence("Grants.Exception.Missing"), TeamsActions.Detail(command),
            action)
        {
            Notes = [new Sentence("Grants.Exception.Warning")],
        };
    }

    /// <summary>The test user of one of the policy's groups for whom the policy is already in force.</summary>
    private string? TriedBy(string policy) =>
        read.Groups.Where(g => g.Policy.Is(policy)).SelectMany(g => g.Testers).FirstOrDefault(t => read.Effective[t.Id].Is(policy))?.Name;

    private bool IsRecorded(Guid person) => read.Groups.Any(g => g.Find(person) is not null);

    private string? OtherOf(Guid person, WantedPolicy policy) => read.Personal.OtherOf(read.Effective[person], person, policy.Name);
}
