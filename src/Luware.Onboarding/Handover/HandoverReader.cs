using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Handover;

/// <summary>Reads stored readings, the journal and the audit for a hand-over.</summary>
internal sealed class HandoverReader(
    IDbContextFactory<PortalDbContext> contexts, ViewReader views, AuditVerifier verifier, People people, Say say, TimeProvider time)
{
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
        return new HandoverBuilder(view, entries, told, names, say).Build(finding, time.GetUtcNow());
    }
}
