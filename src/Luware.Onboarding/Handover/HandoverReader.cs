using System.Globalization;
using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Consent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Handover;

/// <summary>Builds the hand-over from stored readings, the journal and the audit.</summary>
internal sealed class HandoverReader(
    IDbContextFactory<PortalDbContext> contexts, ViewReader views, AuditVerifier verifier, People people, Say say, TimeProvider time)
{
    private static readonly string[] ActionKinds =
    [
        nameof(JournalKind.ActionStarted), nameof(JournalKind.ActionDone), nameof(JournalKind.ActionWaiting), nameof(JournalKind.ActionRefused),
        nameof(JournalKind.ActionFailed),
    ];

    /// <summary>Kinds of audit entries that are irrelevant to readers of the hand-over.</summary>
    private static readonly string[] LeftOut =
    [
        nameof(JournalKind.StepHeld), nameof(JournalKind.PersonReturned), nameof(JournalKind.Recovered), nameof(JournalKind.TenantChanged),
        AuditKinds.SignedIn, AuditKinds.SignedOut, AuditKinds.ChoicesChanged, AuditKinds.Downloaded, AuditKinds.PersonErased,
    ];

    public async Task<HandoverModel> ReadAsync(CustomerTenant customer, CancellationToken cancellationToken)
    {
        var view = await views.ReadAsync(customer.EntraTenantId, cancellationToken) ?? throw new UnauthorizedAccessException("The tenant has gone.");
        // A snapshot: the listed entries are exactly those that the head covers.
        var (entries, told, names, finding) = await contexts.ReadAtOnceAsync(async db =>
        {
            db.TenantId = customer.Id;
            var listed = await db.Audit.AsNoTracking().Where(e => !LeftOut.Contains(e.Kind)).OrderBy(e => e.Sequence).ToListAsync(cancellationToken);
            var known = await people.NamesAsync(db, customer.Id, cancellationToken);
            return (listed, await Told.ReadAsync(db.Journal, cancellationToken), known, await verifier.VerifyAsync(db, customer.Id, [], cancellationToken));
        }, cancellationToken);
        var now = time.GetUtcNow();
        var done = entries.Where(e => e.Kind == nameof(JournalKind.ActionDone)).Select(e => e.Subject).ToHashSet(StringComparer.Ordinal);
        return new HandoverModel
        {
            Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            WrittenAt = now,
            Tenant = new HandoverTenant(
                view.Tenant.Name, view.Tenant.EntraTenantId, view.Region.Key, view.Region.Name, view.Tenant.Specialist?.Name,
                [.. view.Region.ConsentApplications.Where(a => !IsSkipped(a)).Select(a => new HandoverApplication(a.DisplayName, a.ApplicationId))]),
            Steps = [.. view.Steps.Select((s, i) => Step(i + 1, s, view.Run?.Before ?? [], done, ConsentedBy))],
            Events = [.. entries.Where(e => !ActionKinds.Contains(e.Kind)).Select(Event)],
            Actions = Actions(entries),
            Audit = new HandoverAudit(finding.Entries, finding.Head?.ToString(), finding.Fault?.Kind, now),
        };

        HandoverEvent Event(AuditEntry entry) =>
            new(entry.Sequence, entry.At, entry.Kind, StepOf(entry), Words(entry), Person(entry.Person, entry.PersonTenant));

        string Words(AuditEntry entry) => told.About(entry) is { } said ? say[names.In(said)]
            : entry.Kind == AuditKinds.ConsentReturned && say.Find($"Handover.Consent.{OutcomeOf(entry)}") is { } outcome ? outcome
            : say[$"Audit.{entry.Kind}"];

        bool IsSkipped(ConsentApplication application) => view.Steps.Any(s => s.Step == ConsentActions.StepOf(application) && s.Status == StepStatus.Skipped);

        // The entry names the application by its id. Somebody else's browser may have followed the link: then there is no person.
        HandoverPerson? ConsentedBy(string step, string key) =>
            view.Region.ConsentApplications.FirstOrDefault(a => ConsentActions.StepOf(a) == step && ConsentActions.ObjectOf(a) == key) is { } application
                ? entries.Where(e => e.Kind == AuditKinds.ConsentReturned && e.Subject == $"{application.ApplicationId}" && IsAccepted(e))
                    .Select(e => Person(e.Person, e.PersonTenant)).LastOrDefault()
                : null;

        HandoverPerson? Person(Guid? id, Guid? tenant) => id is { } known
            ? new HandoverPerson(known, tenant, names.Find(known) is { } name ? say.Argument(name) : null) { Erased = names.IsErased(known) }
            : null;

        // A test call belongs to a kind of call, not to a step.
        string? StepOf(AuditEntry entry) => About(entry) is var about && view.Steps.Any(s => s.Step == about) ? about : null;

        List<HandoverAction> Actions(IEnumerable<AuditEntry> all)
        {
            var actions = new List<HandoverAction>();
            var begun = new Dictionary<(Guid? Run, string Subject), int>();
            foreach (var entry in all.Where(e => ActionKinds.Contains(e.Kind) || e.Kind == nameof(JournalKind.StepVerified)))
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
                    actions.Add(new HandoverAction(
                        entry.Sequence, entry.At, About(entry), Words(entry), data.Sends ?? "", Person(data.RightsOf, null),
                        null, say["Audit.NoOutcome"], null, null));
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
    }

    private static bool IsAccepted(AuditEntry entry) => OutcomeOf(entry) == ConsentReturn.Accepted;

    private static string? OutcomeOf(AuditEntry entry) => JsonSerializer.Deserialize<ReturnData>(entry.DataJson, JsonSerializerOptions.Web)!.Outcome;

    private static string About(AuditEntry entry) => entry.Subject.Split('/')[0];

    private HandoverStep Step(
        int number, StepView step, IReadOnlyList<ObjectBefore> before, IReadOnlySet<string> done, Func<string, string, HandoverPerson?> consentedBy) => new(
        number, step.Step, say.Step(step.Step), step.Status, say.Status(step.Status), step.Detail is null ? null : say[step.Detail],
        step.Plan is null ? null : say[step.Plan.Choice], step.Plan?.ReadAt, step.VerifiedAt,
        [.. (step.Plan?.Objects ?? []).Select(o => Object(step, o, before.FirstOrDefault(b => b.Step == step.Step && b.Key == o.Key), done, consentedBy))]);

    private HandoverObject Object(
        StepView step, PlannedObject item, ObjectBefore? before, IReadOnlySet<string> done, Func<string, string, HandoverPerson?> consentedBy) => new(
        item.Key, say.Name(item), say[item.Kind], item.State, say[item.What], before?.State, item.Detail,
        [.. item.Warnings.Concat(item.Notes).Select(n => say[n])],
        [.. item.Permissions.Select(p => new HandoverPermission(p.Name, say[p.For], p.State, say[p.Reading]))])
    {
        ByPortal = before?.Action is { } action && done.Contains($"{step.Step}/{action}"), ByHand = step.Plan?.IsByHand == true, Aside = item.IsAside,
        ConsentedBy = consentedBy(step.Step, item.Key),
        Follows = GrantsStep.EffectKinds.Contains(item.Kind.Key) && done.Any(d => d.StartsWith($"{step.Step}/", StringComparison.Ordinal)),
    };

    /// <summary>The data of the audit entry of a return from Microsoft's page.</summary>
    private sealed record ReturnData(string? Outcome);

    /// <summary>The data of an action's audit entry.</summary>
    private sealed record ActionData(Guid? Run, string? Sends, Guid? RightsOf, string? CorrelationId);
}
