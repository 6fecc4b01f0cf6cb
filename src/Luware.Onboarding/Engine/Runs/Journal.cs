using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Writes what happened, in its order, and an audit entry with every line.</summary>
internal sealed class Journal(IDbContextFactory<PortalDbContext> contexts, AuditTrail audit)
{
    /// <summary>The kinds that later runs use; they are kept as long as the tenant.</summary>
    internal static readonly JournalKind[] Remembered =
    [
        JournalKind.ActionStarted, JournalKind.ActionDone, JournalKind.ActionRefused, JournalKind.StepVerified, JournalKind.StepTakenBack,
        JournalKind.PersonReturned,
    ];

    /// <summary>Adds a line to a change that is about to be saved, so that both are saved or neither.</summary>
    public void Add(PortalDbContext db, JournalLine line)
    {
        var at = audit.NextMoment();
        db.Journal.Add(new JournalEntry
        {
            TenantId = line.TenantId, RunId = line.RunId, At = at, Kind = line.Kind, TextJson = EngineJson.Write(line.Text),
            Step = line.Step, ActionKey = line.ActionKey, Person = line.Person, Raw = line.Raw, CorrelationId = line.Answer?.CorrelationId,
        });
        AuditTrail.Add(db, line.ToAudit(), at);
    }

    public Task WriteAsync(JournalLine line, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(line.TenantId, db =>
        {
            Add(db, line);
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>The latest line about what a run did for an action; null when it was never begun.</summary>
    public async Task<JournalEntry?> LastAsync(Run run, string step, string actionKey, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(run.TenantId, cancellationToken);
        return await db.Journal.AsNoTracking()
            .Where(e => e.RunId == run.Id && e.Step == step && e.ActionKey == actionKey && e.Kind != JournalKind.PersonReturned)
            .OrderByDescending(e => e.At).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The actions begun in a step since it was last taken back, by any run.</summary>
    public async Task<IReadOnlyDictionary<string, PastAction>> PastAsync(Guid tenantId, string step, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        var ofStep = db.Journal.Where(e => e.Step == step && Remembered.Contains(e.Kind));
        var takenBack = await ofStep.Where(e => e.Kind == JournalKind.StepTakenBack).MaxAsync(e => (DateTimeOffset?)e.At, cancellationToken)
            ?? DateTimeOffset.MinValue;
        var latest = await ofStep.Where(e => e.At > takenBack)
            .GroupBy(e => new { e.ActionKey, e.Kind })
            .Select(g => new { g.Key.ActionKey, g.Key.Kind, At = g.Max(e => e.At), Times = g.Count() })
            .ToListAsync(cancellationToken);
        var verified = latest.Find(l => l.Kind == JournalKind.StepVerified)?.At;
        var past = new Dictionary<string, PastAction>(StringComparer.Ordinal);
        foreach (var lines in latest.Where(l => l.ActionKey is not null).ToLookup(l => l.ActionKey!, StringComparer.Ordinal))
        {
            var begun = lines.FirstOrDefault(l => l.Kind == JournalKind.ActionStarted);
            var done = lines.FirstOrDefault(l => l.Kind == JournalKind.ActionDone)?.At;
            var refusals = lines.FirstOrDefault(l => l.Kind == JournalKind.ActionRefused)?.Times ?? 0;
            if (begun is not null && (done is not null || begun.Times > refusals))
            {
                var returned = lines.FirstOrDefault(l => l.Kind == JournalKind.PersonReturned)?.At;
                past[lines.Key] = new PastAction(begun.At, done, verified > begun.At) { ReturnedAt = returned };
            }
        }

        return past;
    }

    public async Task<bool> HasAsync(Run run, string step, JournalKind kind, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(run.TenantId, cancellationToken);
        return await HasAsync(db, run, step, kind, cancellationToken);
    }

    public static Task<bool> HasAsync(PortalDbContext db, Run run, string step, JournalKind kind, CancellationToken cancellationToken) =>
        db.Journal.AnyAsync(e => e.RunId == run.Id && e.Step == step && e.Kind == kind, cancellationToken);

    /// <summary>The steps about which the run has a line of this kind.</summary>
    public async Task<IReadOnlySet<string>> StepsAsync(Run run, JournalKind kind, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(run.TenantId, cancellationToken);
        var steps = await db.Journal.Where(e => e.RunId == run.Id && e.Kind == kind).Select(e => e.Step).ToListAsync(cancellationToken);
        return steps.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The steps of which any run has begun an action and which were not taken back since.</summary>
    public static async Task<IReadOnlySet<string>> NotTakenBackAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var latest = await db.Journal
            .Where(e => e.Kind == JournalKind.ActionStarted || e.Kind == JournalKind.StepTakenBack)
            .GroupBy(e => new { e.Step, e.Kind })
            .Select(g => new { g.Key.Step, g.Key.Kind, At = g.Max(e => e.At) })
            .ToListAsync(cancellationToken);
        return latest.GroupBy(l => l.Step, StringComparer.Ordinal)
            .Where(lines => lines.MaxBy(l => l.At)!.Kind == JournalKind.ActionStarted)
            .Select(lines => lines.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The latest run that began an action to apply the step; null when none did.</summary>
    public static Task<Run?> LastMakerAsync(PortalDbContext db, string step, CancellationToken cancellationToken) =>
        (from entry in db.Journal
         where entry.Step == step && entry.Kind == JournalKind.ActionStarted
         join run in db.Runs on entry.RunId equals run.Id
         where run.Kind == RunKind.Apply
         orderby entry.At descending
         select run).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
}
