using System.Globalization;
using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Consent;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Handover;

/// <summary>Builds a hand-over from what was read of one tenant at one moment.</summary>
/// <param name="entries">The audit, in its order.</param>
internal sealed class HandoverBuilder(OnboardingView view, IReadOnlyList<AuditEntry> entries, Told told, PersonNames names, Say say)
{
    private static readonly string[] ActionKinds =
    [
        nameof(JournalKind.ActionStarted), nameof(JournalKind.ActionDone), nameof(JournalKind.ActionWaiting), nameof(JournalKind.ActionRefused),
        nameof(JournalKind.ActionFailed),
    ];

    /// <summary>The actions that were carried out: step/action.</summary>
    private readonly HashSet<string> done =
        entries.Where(e => e.Kind == nameof(JournalKind.ActionDone)).Select(e => e.Subject).ToHashSet(StringComparer.Ordinal);

    public HandoverModel Build(AuditFinding finding, DateTimeOffset now) => new()
    {
        Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
        WrittenAt = now,
        Tenant = new HandoverTenant(
            view.Tenant.Name, view.Tenant.EntraTenantId, view.Region.Key, view.Region.Name, view.Tenant.Specialist?.Name,
            [.. view.Region.ConsentApplications.Where(a => !IsSkipped(a)).Select(a => new HandoverApplication(a.DisplayName, a.ApplicationId))]),
        Steps = [.. view.Steps.Select((s, i) => Step(i + 1, s))],
        Events = [.. entries.Where(e => !ActionKinds.Contains(e.Kind)).Select(Event)],
        Actions = Actions(),
        Audit = new HandoverAudit(finding.Entries, finding.Head?.ToString(), finding.Fault?.Kind, now),
    };

    private bool IsSkipped(ConsentApplication application) =>
        view.Steps.Any(s => s.Step == ConsentActions.StepOf(application) && s.Status == StepStatus.Skipped);

    private HandoverStep Step(int number, StepView step) => new(
        number, step.Step, say.Step(step.Step), step.Status, say.Status(step.Status), step.Detail is null ? null : say[step.Detail],
        step.Plan is null ? null : say[step.Plan.Choice], step.Plan?.ReadAt, step.VerifiedAt, [.. (step.Plan?.Objects ?? []).Select(o => Object(step, o))]);

    private HandoverObject Object(StepView step, PlannedObject item)
    {
        var before = view.Run?.Before.FirstOrDefault(b => b.Step == step.Step && b.Key == item.Key);
        return new HandoverObject(
            item.Key, say.Name(item), say[item.Kind], item.State, say[item.What], before?.State, item.Detail,
            [.. item.Warnings.Concat(item.Notes).Select(n => say[n])],
            [.. item.Permissions.Select(p => new HandoverPermission(p.Name, say[p.For], p.State, say[p.Reading]))])
        {
            ByPortal = before?.Action is { } action && done.Contains($"{step.Step}/{action}"), ByHand = step.Plan?.IsByHand == true, Aside = item.IsAside,
            ConsentedBy = ConsentedBy(step.Step, item.Key),
            Follows = GrantsStep.EffectKinds.Contains(item.Kind.Key) && done.Any(d => d.StartsWith($"{step.Step}/", StringComparison.Ordinal)),
        };
    }

    /// <summary>The entry names the application by its id. If somebody else's browser followed the link, there is no person.</summary>
    private HandoverPerson? ConsentedBy(string step, string key) =>
        view.Region.ConsentApplications.FirstOrDefault(a => ConsentActions.StepOf(a) == step && ConsentActions.ObjectOf(a) == key) is { } application
            ? entries.Where(e => e.Kind == AuditKinds.ConsentReturned && e.Subject == $"{application.ApplicationId}" && OutcomeOf(e) == ConsentReturn.Accepted)
                .Select(e => Person(e.Person, e.PersonTenant)).LastOrDefault()
            : null;

    private HandoverEvent Event(AuditEntry entry) =>
        new(entry.Sequence, entry.At, entry.Kind, StepOf(entry), Words(entry), Person(entry.Person, entry.PersonTenant));

    /// <summary>Null for an entry of no step: a test call belongs to a kind of call.</summary>
    private string? StepOf(AuditEntry entry) => About(entry) is var about && view.Steps.Any(s => s.Step == about) ? about : null;

    private List<HandoverAction> Actions()
    {
        var actions = new List<HandoverAction>();
        var begun = new Dictionary<(Guid? Run, string Subject), int>();
        foreach (var entry in entries.Where(e => ActionKinds.Contains(e.Kind) || e.Kind == nameof(JournalKind.StepVerified)))
        {
            var data = JsonSerializer.Deserialize<ActionData>(entry.DataJson, JsonSerializerOptions.Web)!;
            if (entry.Kind == nameof(JournalKind.StepVerified))
            {
                // A reading showed that somebody else has done what the action was waiting for.
                foreach (var index in begun.Values.Where(i => actions[i].Step == entry.Subject && actions[i].Outcome == nameof(JournalKind.ActionWaiting)))
                    actions[index] = actions[index] with { Outcome = entry.Kind, OutcomeWord = say["Audit.StepVerified"], EndedAt = entry.At };
            }
            else if (entry.Kind == nameof(JournalKind.ActionStarted))
            {
                begun[(data.Run, entry.Subject)] = actions.Count;
                actions.Add(Begun(entry, data));
            }
            else if (begun.TryGetValue((data.Run, entry.Subject), out var at))
            {
                actions[at] = actions[at] with
                {
                    Outcome = entry.Kind, OutcomeWord = say[$"Audit.{entry.Kind}"], EndedAt = entry.At, CorrelationId = data.CorrelationId,
                };
            }
        }

        return actions;
    }

    private HandoverAction Begun(AuditEntry entry, ActionData data) => new(
        entry.Sequence, entry.At, About(entry), Words(entry), data.Sends ?? "", Person(data.RightsOf, null), null, say["Audit.NoOutcome"], null, null);

    private string Words(AuditEntry entry) => told.About(entry) is { } said ? say[names.In(said)]
        : entry.Kind == AuditKinds.ConsentReturned && say.Find($"Handover.Consent.{OutcomeOf(entry)}") is { } outcome ? outcome
        : say[$"Audit.{entry.Kind}"];

    private HandoverPerson? Person(Guid? id, Guid? tenant) => id is { } known
        ? new HandoverPerson(known, tenant, names.Find(known) is { } name ? say.Argument(name) : null) { Erased = names.IsErased(known) }
        : null;

    private static string? OutcomeOf(AuditEntry entry) => JsonSerializer.Deserialize<ReturnData>(entry.DataJson, JsonSerializerOptions.Web)!.Outcome;

    private static string About(AuditEntry entry) => entry.Subject.Split('/')[0];

    /// <summary>The data of the audit entry of a return from Microsoft's page.</summary>
    private sealed record ReturnData(string? Outcome);

    /// <summary>The data of an action's audit entry.</summary>
    private sealed record ActionData(Guid? Run, string? Sends, Guid? RightsOf, string? CorrelationId);
}
