using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Compares what was read of one policy with what is wanted: the policy itself, its application and the pairing.</summary>
/// <param name="keyEnd">Distinguishes the policy's keys from those of other policies.</param>
/// <param name="hasNobody">
/// Whether the portal is creating the policy itself. An existing one may have been granted to somebody a moment ago, who does not show yet.
/// </param>
internal sealed class PolicyPlanner(StepContext context, PolicyChoice choice, string keyEnd, PolicyReading reading, bool hasNobody)
{
    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    private const string UnlinkPrefix = "unlink-application/";

    private readonly RecordingRules wanted = choice.Rules;
    private readonly RecordingApplication first = context.Region.Applications[0];
    private readonly Guid? firstId = ObjectId(context, context.Region.Applications[0]);

    /// <summary>The application's existing link, or null.</summary>
    private readonly FoundLink? link = reading.LinkOf(ObjectId(context, context.Region.Applications[0]));

    private RecordingApplication? Second => context.Region.Is2N ? context.Region.Applications[1] : null;

    /// <summary>The second recorder's own link, if it exists in addition to the pairing: then both recorders must answer.</summary>
    private FoundLink? SecondAlone => Second is { } second && ObjectId(context, second) is { } id ? reading.LinkOf(id) : null;

    /// <summary>Links to Luware instances that are no longer wanted: every one that is still invited must answer as well.</summary>
    private IEnumerable<(FoundLink Link, string Name)> Formers => reading.Links.Where(l => l.ObjectId != firstId && l != SecondAlone)
        .Select(l => (l, FormerInstances.FindName(context, l.ObjectId)!)).Where(f => f.Item2 is not null);

    /// <summary>Teams allows either a paired application or several invitations, and Luware needs no repeated invitations.</summary>
    private bool InvitesTooOften => link is { Invitations: > 1 };

    /// <summary>Whether the policy can stop calls now or after everything planned: the approval must cover the impact at the time of its enabling.</summary>
    private bool CanStopCalls => wanted.CanStopCalls || reading.Links.Any(l => l.Rules.CanStopCalls);

    /// <summary>True if the action ends an invitation that is no longer wanted, of a policy that stays.</summary>
    public static bool Unlinks(PlannedAction action) => action.Key.StartsWith(UnlinkPrefix, StringComparison.Ordinal);

    /// <summary>
    /// The objects in order. The links of a disabled policy are corrected first, so that it comes into force as a whole; of the links, the rules, so that all
    /// changes of recorders happen under the wanted ones.
    /// </summary>
    public IEnumerable<PlannedObject> Objects() => reading.Policy is { Enabled: false } ? [.. Links(), Policy()] : [Policy(), .. Links()];

    private IEnumerable<PlannedObject> Links()
    {
        yield return Link();
        if (Second is { } second)
        {
            yield return Pairing(second);
            if (SecondAlone is { } alone)
                yield return Alone(second, alone);
        }
        else if (link is { Paired.Count: > 0 })
            yield return Unpairing(link);
        foreach (var former in Formers)
            yield return Former(former.Link, former.Name);
    }

    private PlannedObject Policy()
    {
        var subject = new Subject("policy", reading.Policy?.Name ?? choice.Name, new Sentence("Policies.Kind.Policy"));
        if (reading.Policy is not { } policy)
            return Missing(subject, new Sentence("Policies.Policy.Missing", choice.Description), Create());

        // A default that nobody typed replaces no words of somebody's own.
        var described = policy.IsDescribedAs(choice.Description) || (PolicyChoice.IsRecommendedDescription(choice.Description) && policy.HasOwnDescription);
        IReadOnlyList<Sentence> notes = [.. Strangers()];
        var enable = PolicyCommands.Enable(policy.Name, described ? null : choice.Description);
        return policy.Enabled switch
        {
            false => Different(subject, new Sentence("Policies.Policy.Disabled"), notes,
                Act("enable-policy", new Sentence("Policies.Enable", policy.Name), enable, stops: CanStopCalls)),
            true when !described => Different(subject, new Sentence("Policies.Policy.OtherDescription", policy.Description ?? "–", choice.Description), notes,
                Act("describe-policy", new Sentence("Policies.Describe", policy.Name), PolicyCommands.Describe(policy.Name, choice.Description))),
            _ => Found(subject, new Sentence(notes.Count == 0 ? "Policies.Policy.Found" : "Policies.Policy.FoundWithOthers"),
                PolicyCommands.ListPolicies, $"{policy.Name}, Enabled True") with { Notes = notes },
        };
    }

    private PlannedObject Link()
    {
        var subject = new Subject("link/1", $"{first.DisplayName} → {choice.Name}", new Sentence("Policies.Kind.Link"));
        if (link is null)
        {
            var make = Act(
                "link-application/1", new Sentence("Policies.Link", first.DisplayName, choice.Name), PolicyCommands.Link(choice.Name, first, firstId, wanted),
                PolicyCommands.Link(choice.Name, first, null, wanted), wanted.CanStopCalls);
            return firstId is null
                ? Later(subject, new Sentence("Policies.Link.Later", first.DisplayName), make)
                : Missing(subject, new Sentence("Policies.Link.Missing"), make);
        }

        // In 2N regions the pairing resets the count.
        var alone = InvitesTooOften && Second is null;
        if (link.Rules == wanted && !alone)
        {
            return Found(subject, new Sentence(wanted.Pick("Policies.Link.FoundFailClose", "Policies.Link.FoundFailOpen", "Policies.Link.FoundCustom")),
                PolicyCommands.ListApplications, $"Tag:{choice.Name}/{firstId}, {link.Rules.Words()}");
        }

        var repair = Act(
            "set-rules/1", new Sentence("Policies.SetRules", choice.Name), PolicyCommands.SetRules(choice.Name, first, firstId, wanted, alone),
            PolicyCommands.SetRules(choice.Name, first, null, wanted, alone), wanted.IsStricterThan(link.Rules) || (alone && wanted.CanStopCalls));
        var names = link.Rules.DifferencesTo(wanted).Select(f => f.Property).Concat(alone ? ["ConcurrentInvitationCount"] : []);
        return Different(subject, new Sentence("Policies.Link.OtherRules", string.Join(", ", names)), [.. Drift(link, alone)], repair);
    }

    private PlannedObject Pairing(RecordingApplication second)
    {
        var secondId = ObjectId(context, second);
        var subject = new Subject("pairing", $"{second.DisplayName} ⇄ {first.DisplayName} → {choice.Name}", new Sentence("Policies.Kind.Pairing"));
        if (link is not null && !InvitesTooOften && secondId is { } paired && link.Paired.SequenceEqual([paired]))
        {
            var what = SecondAlone is null ? new Sentence("Policies.Pairing.Found") : new Sentence("Policies.Pairing.FoundTwice", second.DisplayName);
            return Found(
                subject, what, PolicyCommands.ListApplications, $"Tag:{choice.Name}/{firstId}, ComplianceRecordingPairedApplications {paired}");
        }

        // Adding a recorder only makes a fail-close policy more tolerant; replacing one does not.
        var act = Act(
            "pair-application/2", new Sentence("Policies.Pair", second.DisplayName, first.DisplayName, choice.Name),
            PolicyCommands.Pair(choice.Name, (first, firstId), (second, secondId), InvitesTooOften),
            PolicyCommands.Pair(choice.Name, (first, null), (second, null), InvitesTooOften),
            stops: wanted.CanStopCalls && (InvitesTooOften || link is { Paired.Count: > 0 }));
        return link switch
        {
            _ when firstId is null || secondId is null => Later(subject, new Sentence("Policies.Pairing.Later"), act),
            { Paired.Count: > 1 } => Different(subject, new Sentence("Policies.Pairing.Several", string.Join(", ", link.Paired)), [], act),
            { Paired: [var other] } => Different(subject, new Sentence("Policies.Pairing.Other", $"{other}"), [], act),
            { Invitations: > 1 } => Different(subject, new Sentence("Policies.Pairing.Invitations", Sentence.Number(link.Invitations)), [], act),
            _ => Missing(subject, new Sentence("Policies.Pairing.Missing"), act),
        };
    }

    /// <summary>Removes the second recorder's own link after the pairing, so that no call is without the second recorder in between.</summary>
    private PlannedObject Alone(RecordingApplication second, FoundLink found) => Different(
        new Subject("link/2", $"{second.DisplayName} → {choice.Name}", new Sentence("Policies.Kind.Link")),
        new Sentence("Policies.Link.SecondAlone", second.DisplayName), [],
        Act($"{UnlinkPrefix}2", new Sentence("Policies.Unlink", second.DisplayName, choice.Name),
            PolicyCommands.Unlink(choice.Name, found.ObjectId), stops: wanted.CanStopCalls));

    /// <summary>Removes former links last, so that no call is without a recorder in between.</summary>
    private PlannedObject Former(FoundLink found, string name) => Different(
        new Subject($"link/{found.ObjectId}", $"{name} → {choice.Name}", new Sentence("Policies.Kind.Link")), new Sentence("Policies.Link.Former", name), [],
        Act($"{UnlinkPrefix}{found.ObjectId}", new Sentence("Policies.UnlinkFormer", name, choice.Name),
            PolicyCommands.Unlink(choice.Name, found.ObjectId), stops: wanted.CanStopCalls));

    /// <summary>Removes a pairing in a region with one recorder, which has no second one that could answer instead.</summary>
    private PlannedObject Unpairing(FoundLink found)
    {
        var paired = string.Join(", ", found.Paired);
        return Different(
            new Subject("pairing", $"{paired} ⇄ {first.DisplayName} → {choice.Name}", new Sentence("Policies.Kind.Pairing")),
            new Sentence("Policies.Pairing.Unwanted", paired), [],
            Act("unpair-application/1", new Sentence("Policies.Unpair", first.DisplayName, choice.Name),
                PolicyCommands.Unpair(choice.Name, first, firstId), PolicyCommands.Unpair(choice.Name, first, null), stops: wanted.CanStopCalls));
    }

    /// <summary>Other applications that the policy invites. Somebody had a reason for them, so they are shown and left alone.</summary>
    private IEnumerable<Sentence> Strangers() => reading.Links.Where(l => l.ObjectId != firstId && l != SecondAlone).Except(Formers.Select(f => f.Link))
        .Select(l => new Sentence("Policies.Link.Stranger", $"{l.ObjectId}", l.Rules.Words()));

    private IEnumerable<Sentence> Drift(FoundLink found, bool alone)
    {
        foreach (var flag in found.Rules.DifferencesTo(wanted))
            yield return new Sentence(flag.Repair(found.Rules));
        if (alone)
            yield return new Sentence("Policies.Drift.Invitations", Sentence.Number(found.Invitations));
    }

    private PlannedObject Found(Subject subject, Sentence what, TeamsCommand command, string found) =>
        new($"{subject.Key}{keyEnd}", subject.Name, subject.Kind, ObjectState.Found, what, $"{TeamsActions.Detail(command)}\n→ {found}");

    private PlannedObject Missing(Subject subject, Sentence what, PlannedAction action) => Object(subject, ObjectState.Missing, what, [], action);

    private PlannedObject Later(Subject subject, Sentence what, PlannedAction action) => Object(subject, ObjectState.Later, what, [], action);

    private PlannedObject Different(Subject subject, Sentence what, IReadOnlyList<Sentence> notes, PlannedAction action) =>
        Object(subject, ObjectState.Different, what, notes, action);

    private PlannedObject Object(Subject subject, ObjectState state, Sentence what, IReadOnlyList<Sentence> notes, PlannedAction action) =>
        new($"{subject.Key}{keyEnd}", subject.Name, subject.Kind, state, what, TeamsActions.Detail(action.Command!), action)
        {
            Notes = action.Impact.CanStopCalls ? [.. notes, new Sentence("Policies.Reach"), .. reading.Reach.NotCounted] : notes,
        };

    private PlannedAction Create() =>
        TeamsActions.Action(
            MadePolicies.Key(choice.Name), new Sentence("Policies.Create", choice.Name), PolicyCommands.Create(choice), Roles, ImpactOf(stops: false));

    private PlannedAction Act(string key, Sentence title, TeamsCommand command, TeamsCommand? approved = null, bool stops = false) =>
        TeamsActions.Action($"{key}{keyEnd}", title, command, Roles, ImpactOf(stops), approved);

    /// <summary>The impact of a change. A policy that people have already takes effect the moment it changes, so it can cut people off like a grant.</summary>
    private Impact ImpactOf(bool stops)
    {
        var people = reading.Reach.People;
        var canStopCalls = stops && (people > 0 || (reading.Policy is not null && !hasNobody));
        return people == 0 && !canStopCalls ? Impact.Nobody : new Impact(people, canStopCalls, new Sentence("Impact.WithinADay"));
    }

    public static Guid? ObjectId(StepContext context, RecordingApplication application) =>
        Guid.TryParse(context.Find(WhitelistingStep.ObjectIdKey(application.Number)), CultureInfo.InvariantCulture, out var id) ? id : null;

    private sealed record Subject(string Key, string Name, Sentence Kind);
}
