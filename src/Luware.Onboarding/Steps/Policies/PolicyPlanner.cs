using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Compares what was read of one policy with what is wanted: the policy itself, its application and, in 2N regions, the pairing.</summary>
/// <param name="keyEnd">Tells the policy's keys from another's.</param>
/// <param name="hasNobody">The portal is making the policy itself. Another may have been given to people directly, which no cmdlet counts.</param>
internal sealed class PolicyPlanner(StepContext context, PolicyChoice choice, string keyEnd, PolicyReading reading, bool hasNobody)
{
    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    private const string CreatePrefix = "create-policy/";

    private readonly RecordingRules wanted = choice.Rules;
    private readonly RecordingApplication first = context.Region.Applications[0];
    private readonly Guid? firstId = ObjectId(context, context.Region.Applications[0]);

    /// <summary>Names the policy always: the journal is what tells later which policies the portal made.</summary>
    public static string CreateKey(string policy) => CreatePrefix + policy;

    /// <summary>The policies that the portal has begun to make.</summary>
    public static IEnumerable<string> MadeIn(IReadOnlyDictionary<string, PastAction> past) =>
        past.Keys.Where(k => k.StartsWith(CreatePrefix, StringComparison.Ordinal)).Select(k => k[CreatePrefix.Length..]);

    public IEnumerable<PlannedObject> Objects()
    {
        yield return Policy();
        yield return Link();
        if (context.Region.Is2N)
            yield return Pairing(context.Region.Applications[1]);
    }

    private PlannedObject Policy()
    {
        var kind = new Sentence("Policies.Kind.Policy");
        return reading.Policy switch
        {
            null => Object("policy", choice.Name, kind, ObjectState.Missing, new Sentence("Policies.Policy.Missing", choice.Description),
                TeamsActions.Action(CreateKey(choice.Name), new Sentence("Policies.Create", choice.Name), PolicyCommands.Create(choice), Roles, ImpactOf(stops: false))),
            { Enabled: false } policy => Object("policy", policy.Name, kind, ObjectState.Different, new Sentence("Policies.Policy.Disabled"),
                Act("enable-policy", new Sentence("Policies.Enable", policy.Name), PolicyCommands.Enable(policy.Name), stops: reading.Links.Any(l => l.Rules.CanStopCalls))),
            var policy => Found("policy", policy.Name, kind, new Sentence("Policies.Policy.Found"), PolicyCommands.ListPolicies, $"{policy.Name}, Enabled True"),
        };
    }

    private PlannedObject Link()
    {
        var name = $"{first.DisplayName} → {choice.Name}";
        var kind = new Sentence("Policies.Kind.Link");
        var link = PolicyCommands.Link(choice.Name, first, firstId, wanted);
        var repair = PolicyCommands.SetRules(choice.Name, first, firstId, wanted);
        return reading.LinkOf(firstId) switch
        {
            null => Object("link/1", name, kind, firstId is null ? ObjectState.Later : ObjectState.Missing,
                firstId is null ? new Sentence("Policies.Link.Later", first.DisplayName) : new Sentence("Policies.Link.Missing"),
                Act("link-application/1", new Sentence("Policies.Link", first.DisplayName, choice.Name), link, PolicyCommands.Link(choice.Name, first, null, wanted), wanted.CanStopCalls)),
            { } found when found.Rules != wanted => Object("link/1", name, kind, ObjectState.Different,
                new Sentence("Policies.Link.OtherRules", string.Join(", ", found.Rules.DifferencesTo(wanted).Select(f => f.Property))),
                Act("set-rules/1", new Sentence("Policies.SetRules", choice.Name), repair, PolicyCommands.SetRules(choice.Name, first, null, wanted), wanted.IsStricterThan(found.Rules))),
            _ => Found("link/1", name, kind, new Sentence(wanted.Pick("Policies.Link.FoundFailClose", "Policies.Link.FoundFailOpen", "Policies.Link.FoundCustom")),
                PolicyCommands.ListApplications, $"Tag:{choice.Name}/{firstId}"),
        };
    }

    private PlannedObject Pairing(RecordingApplication second)
    {
        var secondId = ObjectId(context, second);
        var name = $"{second.DisplayName} ⇄ {first.DisplayName} → {choice.Name}";
        var kind = new Sentence("Policies.Kind.Pairing");
        var link = reading.LinkOf(firstId);
        if (link is not null && secondId is { } paired && link.Paired.SequenceEqual([paired]))
            return Found("pairing", name, kind, new Sentence("Policies.Pairing.Found"), PolicyCommands.ListApplications,
                $"Tag:{choice.Name}/{firstId}, ComplianceRecordingPairedApplications {paired}");

        // One more recorder makes a policy that fails close only more patient; taking another away does not.
        var alone = link is { Invitations: > 1 };
        var stops = link is { Rules.CanStopCalls: true } && (alone || link.Paired.Count > 0);
        var act = Act(
            "pair-application/2", new Sentence("Policies.Pair", second.DisplayName, first.DisplayName, choice.Name),
            PolicyCommands.Pair(choice.Name, (first, firstId), (second, secondId), alone),
            PolicyCommands.Pair(choice.Name, (first, null), (second, null), alone), stops);
        var (state, what) = link switch
        {
            _ when firstId is null || secondId is null => (ObjectState.Later, new Sentence("Policies.Pairing.Later")),
            { Paired.Count: > 0 } => (ObjectState.Different, new Sentence("Policies.Pairing.Other", string.Join(", ", link.Paired))),
            _ => (ObjectState.Missing, new Sentence("Policies.Pairing.Missing")),
        };
        return Object("pairing", name, kind, state, what, act);
    }

    private PlannedObject Found(string key, string name, Sentence kind, Sentence what, TeamsCommand command, string found) =>
        new($"{key}{keyEnd}", name, kind, ObjectState.Found, what, $"{TeamsActions.Detail(command)}\n→ {found}");

    private PlannedObject Object(string key, string name, Sentence kind, ObjectState state, Sentence what, PlannedAction action) =>
        new($"{key}{keyEnd}", name, kind, state, what, TeamsActions.Detail(action.Command!), action)
        {
            Notes = action.Impact.CanStopCalls ? [new Sentence("Policies.Reach")] : [],
        };

    private PlannedAction Act(string key, Sentence title, TeamsCommand command, TeamsCommand? approved = null, bool stops = false) =>
        TeamsActions.Action($"{key}{keyEnd}", title, command, Roles, ImpactOf(stops), approved);

    /// <summary>A policy that people have already is in force the moment it changes: as much of a cut as a grant.</summary>
    private Impact ImpactOf(bool stops)
    {
        var canStopCalls = stops && (reading.People > 0 || (reading.Policy is not null && !hasNobody));
        return reading.People == 0 && !canStopCalls ? Impact.Nobody : new Impact(reading.People, canStopCalls, new Sentence("Impact.WithinADay"));
    }

    private static Guid? ObjectId(StepContext context, RecordingApplication application) =>
        Guid.TryParse(context.Find(WhitelistingStep.ObjectIdKey(application.Number)), CultureInfo.InvariantCulture, out var id) ? id : null;
}
