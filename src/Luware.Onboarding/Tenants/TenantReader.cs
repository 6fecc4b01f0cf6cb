using System.Runtime.CompilerServices;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

internal sealed class TenantReader(
    StaffAdmission admission, IDbContextFactory<PortalDbContext> contexts, ViewReader views, People people, RunFeed feed, IOptions<CockpitOptions> options,
    TimeProvider time) : ITenantReader
{
    private static readonly TimeSpan PulseInterval = TimeSpan.FromMilliseconds(250);

    public async Task<TenantFile?> ReadAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken)
    {
        await admission.AdmitAsync(actor, cancellationToken);
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        if (await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Id == tenantId, cancellationToken) is not { } tenant
            || await views.ReadAsync(tenant.EntraTenantId, cancellationToken) is not { } view)
            return null;

        var row = await CockpitQuery.Shown(db.Summaries, time.GetUtcNow().AddDays(-options.Value.IdleDays)).SingleAsync(cancellationToken);
        var names = await people.NamesAsync(db, tenantId, cancellationToken);
        var invitations = await db.Invitations.AsNoTracking().OrderByDescending(i => i.CreatedAt).ToListAsync(cancellationToken);
        return new TenantFile(row, TenantRules.Read(tenant), view)
        {
            Note = tenant.Note ?? "", ReadyBy = tenant.ReadyBy is { } by ? names.In(by) : null, ReadyAt = tenant.ReadyAt,
            ClosedAt = tenant.ClosedAt, ClosedBy = tenant.ClosedAt is null ? null : await CloserAsync(db, names, cancellationToken),
            Invitations = [.. invitations.Select(i => Invitation(i, names))],
        };
    }

    public async IAsyncEnumerable<TenantFile> FollowAsync(Actor actor, Guid tenantId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var _ in feed.FollowAsync(tenantId, cancellationToken))
        {
            if (await ReadAsync(actor, tenantId, cancellationToken) is not { } file)
                yield break;

            yield return file;
            await Task.Delay(PulseInterval, time, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<TimelineLine>> ReadTimelineAsync(Actor actor, Guid tenantId, int count, CancellationToken cancellationToken)
    {
        await admission.AdmitAsync(actor, cancellationToken);
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        var names = await people.NamesAsync(db, tenantId, cancellationToken);
        // What was begun, and what a later reading has verified as a whole, would hide the failures, waits and decisions among it.
        var told = db.Journal.Where(e => e.Kind != JournalKind.ActionStarted
            && !(e.Kind == JournalKind.ActionDone && db.Journal.Any(v => v.Step == e.Step && v.Kind == JournalKind.StepVerified && v.At > e.At)));
        var lines = await told.OrderByDescending(e => e.At).Take(count)
            .Select(e => new { e.Id, e.At, e.Kind, e.Step, e.TextJson }).ToListAsync(cancellationToken);
        return [.. lines.Select(l => new TimelineLine(l.Id, l.At, l.Kind, l.Step, names.In(EngineJson.Read<Sentence>(l.TextJson))))];
    }

    private static async Task<string?> CloserAsync(PortalDbContext db, PersonNames names, CancellationToken cancellationToken) =>
        await db.Journal.Where(e => e.Kind == JournalKind.TenantClosed).OrderByDescending(e => e.At)
            .Select(e => e.Person).FirstOrDefaultAsync(cancellationToken)
            is { } person ? names.Of(person) : null;

    private static InvitationView Invitation(Invitation row, PersonNames names) =>
        new(row.Id, names.Of(row.CreatedBy), row.CreatedAt, row.ExpiresAt, row.AcceptedBy is { } person ? names.Of(person) : null, row.AcceptedAt);
}
