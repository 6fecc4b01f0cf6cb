using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Compares what was read with what is wanted: each group has its policy, and that policy is in force for the group's test users.</summary>
internal sealed class GrantPlanner
{
    public const string GrantPrefix = "grant/";
    public const string AwaitTesterKey = "await-test-user";

    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    private readonly GrantsReading read;
    private readonly IReadOnlyDictionary<string, PastAction> past;

    public GrantPlanner(GrantsReading reading, IReadOnlyDictionary<string, PastAction> done)
    {
        (read, past) = (reading, done);
        Grants =
        [
            .. reading.Groups.GroupBy(g => g.Policy.Name, StringComparer.OrdinalIgnoreCase)
                .Select(g => new PolicyGrant(g.First().Policy, [.. g], reading)),
        ];
        Own = new OwnHolders(reading);
        Rivals = new Rivals(reading, Grants);
        Exceptions = new Exceptions(reading);
    }

    public IReadOnlyList<PolicyGrant> Grants { get; }

    public Rivals Rivals { get; }

    public OwnHolders Own { get; }

    public Exceptions Exceptions { get; }

    /// <summary>Direct grants that Teams has accepted but does not show yet.</summary>
    public IEnumerable<(PersonalGrant Grant, DateTimeOffset Since)> Unseen =>
        from grant in read.Personal.Open
        where past[grant.Key].DoneAt is not null && read.Effective[grant.User].IsRead && !read.Effective[grant.User].IsDirect(grant.Policy)
        select (grant, past[grant.Key].DoneAt!.Value);

    public IEnumerable<Sentence> Questions()
    {
        foreach (var question in read.Groups.SelectMany(About))
            yield return question;
        var others = PickedGroup.Questions(read)
            .Concat(SharedTesters())
            .Concat(Grants.SelectMany(g => g.Questions()))
            .Concat(Rivals.Questions())
            .Concat(Own.Questions())
            .Concat(OtherAssignments.Questions(read))
            .Concat(Exceptions.Questions());
        foreach (var question in others)
            yield return question;
        if (OtherAssignments.TooMany(read) is { } tooMany)
            yield return tooMany;
    }

    /// <summary>
    /// The objects in the order in which a run handles them: outdated trials and exceptions first, then all trials before all groups, then people with
    /// policies of their own.
    /// </summary>
    public IEnumerable<PlannedObject> Objects() =>
    [
        .. PickedGroup.Objects(read),
        .. Over(),
        .. Own.Objects(),
        .. Grants.SelectMany(g => g.Trials()),
        .. Grants.SelectMany(g => g.TrialEffects()),
        .. read.Groups.Select(recorded => Grants.First(g => g.Groups.Contains(recorded)).Assignment(recorded)),
        .. OtherAssignments.Objects(read),
        .. read.Groups.SelectMany(NestedGroup.Objects),
        .. read.Groups.Where(g => g.Guests > 0).Select(Guests),
        .. Rivals.Objects(),
        .. Exceptions.Objects(),
        .. Grants.SelectMany(g => g.Effects()),
        .. Grants.Any(g => g.Testers.Count == 0) ? [NoTester()] : (PlannedObject[])[],
    ];

    public IEnumerable<PlannedObject> Reached(IReadOnlyDictionary<RecordedUsers, Reached> reached, StepContext context) =>
        from recorded in read.Groups
        where reached.ContainsKey(recorded)
        let since = read.AssignmentOf(recorded)?.Since ?? GrantOutputs.GrantedSince(context, recorded.Policy.Name)
        select reached[recorded].Row(recorded, Rivals.ByGroup[recorded].Count(), since);

    public static string AwaitKey(Guid user) => $"await-effective/{user}";

    public static string AwaitTrialKey(Guid user) => $"await-trial/{user}";

    public static string AwaitExceptionKey(Guid user) => $"await-exception/{user}";

    public static string GrantKey(string identity, string policy) => $"{GrantPrefix}{identity}/{policy}";

    public static bool IsException(GrantsChoice choice, Guid user) => choice.Exceptions.Any(e => e.Person == user);

    /// <summary>The question about a group that has another policy. If the portal made that grant, nobody is asked about another vendor.</summary>
    public static Sentence HasAnother(IReadOnlyDictionary<string, PastAction> past, string identity, string name, GroupAssignment other) =>
        past.Keys.Contains(GrantKey(identity, other.PolicyName), StringComparer.OrdinalIgnoreCase)
            ? new Sentence("Grants.Question.OwnPolicy", name, other.PolicyName)
            : new Sentence("Grants.Question.OtherPolicy", name, other.PolicyName, GrantCommands.Ungrant(other.GroupId).ToPowerShell());

    /// <summary>An action that only waits, so that the run says whom it waits for and checks again.</summary>
    public static PlannedAction Wait(string key, string title, string name, Guid user, string policy) => new(
        key, new Sentence(title, name), $"await {policy} in force for {user}", Roles: [], Impact.Nobody) { OnlyWaits = true };

    private IEnumerable<Sentence> About(RecordedUsers recorded)
    {
        if (recorded is { Group: null, IsPicked: true })
            yield return new Sentence("Grants.Question.GroupGone", recorded.Identity);
        if (read.AssignmentOf(recorded) is { } assignment && !read.HasPolicy(recorded))
            yield return HasAnother(past, recorded.Identity, recorded.Name, assignment);
        if (recorded is { Group: not null, Reach: 0 })
            yield return new Sentence("Grants.Question.NobodyInGroup", recorded.Name);
    }

    /// <summary>At most one policy is in force for a person, so a person who tests two policies can prove only one.</summary>
    private IEnumerable<Sentence> SharedTesters() =>
        from grant in Grants
        from later in Grants.SkipWhile(g => g != grant).Skip(1)
        from tester in grant.Testers
        where later.Testers.Any(t => t.Id == tester.Id)
        select new Sentence("Grants.Question.SharedTester", tester.Name, grant.Policy.Name, later.Policy.Name);

    /// <summary>Trials of people or policies that are not chosen any more, and exceptions that are no longer wanted.</summary>
    private IEnumerable<PlannedObject> Over()
    {
        var wanted = Grants.Select(g => g.Current).OfType<PersonalGrant>().ToList();
        return read.Personal.Open
            .Where(g => g.Kind == PersonalGrant.Trial ? !wanted.Contains(g) && !IsException(read.Choice, g.User) : !IsWanted(g))
            .Where(g => !read.Effective[g.User].IsRead || PersonalGrants.CanEnd(g, read.Effective[g.User]))
            .Select(g => read.Effective[g.User].IsRead
                ? PersonalGrants.End(g, read.NameOf(g.User), ObjectState.Different, InsteadOf(g))
                : PersonalGrants.NotRead(g, read.NameOf(g.User)));
    }

    /// <summary>
    /// Removing a direct policy puts the group's policy into force, even one that the group has lost but that has not left the person yet. If that one can stop
    /// calls, the removal passes the safety gate.
    /// </summary>
    private Impact? InsteadOf(PersonalGrant over) => (
        from grant in Grants
        where grant.CanStopCalls && !grant.Policy.Is(over.Policy)
        from recorded in grant.Groups
        let isMember = recorded.Find(over.User) is not null
        where (isMember && read.HasPolicy(recorded)) || read.Effective[over.User].ByGroup.Any(s => grant.Policy.Is(s.Policy))
        orderby isMember descending
        select grant.TakesOver(read.NameOf(over.User), recorded)).FirstOrDefault();

    private bool IsWanted(PersonalGrant exception) =>
        read.Choice.Exceptions.Where(e => e.Person == exception.User)
            .Any(e => (read.Policies.FirstOrDefault(p => p.Is(e.Policy)) ?? read.Policies[0]).Is(exception.Policy));

    /// <summary>Mentions guests, because Microsoft Entra counts them as members and the portal does not.</summary>
    private static PlannedObject Guests(RecordedUsers recorded) => new(
        $"guests/{recorded.Identity}", recorded.Name, new Sentence("Grants.Kind.Guests"), ObjectState.Found,
        recorded.Guests == 1 ? new Sentence("Grants.Guests.One") : new Sentence("Grants.Guests.Many", Sentence.Number(recorded.Guests)),
        $"GET /v1.0/groups/{recorded.Id}/members") { IsAside = true };

    /// <summary>A placeholder when no test user is chosen: everything else continues, and the grant waits for the choice.</summary>
    private static PlannedObject NoTester()
    {
        var action = new PlannedAction(AwaitTesterKey, new Sentence("Grants.AwaitTester"), "await a test user", Roles: [], Impact.Nobody) { OnlyWaits = true };
        return new PlannedObject(
            AwaitTesterKey, PlannedObject.Nameless, new Sentence("Grants.Kind.Trial"),
            ObjectState.Later, new Sentence("Grants.Trial.Nobody"), string.Empty, action)
        {
            IsToChoose = true,
        };
    }
}
