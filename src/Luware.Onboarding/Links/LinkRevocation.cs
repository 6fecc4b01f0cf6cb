using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Links;

/// <summary>
/// Revokes links as part of a change that is about to be saved, records each and remembers it for a while. A link past its time is swept instead.
/// </summary>
internal sealed class LinkRevocation(Journal journal, TimeProvider time)
{
    /// <summary>
    /// Revokes every link when recording, the portal's access or the whole onboarding ends: invitations that nobody has accepted, and all steps handed to
    /// colleagues.
    /// </summary>
    /// <inheritdoc cref="RevokeOpenInvitationsAsync"/>
    public async Task RevokeAllAsync(PortalDbContext db, Actor actor, Guid? staffTenant, CancellationToken cancellationToken)
    {
        await RevokeOpenInvitationsAsync(db, actor, staffTenant, cancellationToken);
        foreach (var link in await db.ColleagueLinks.ToListAsync(cancellationToken))
            Revoke(db, link, run: null, actor, staffTenant);
    }

    /// <param name="staffTenant">Set if the person is one of Luware's.</param>
    public async Task RevokeOpenInvitationsAsync(PortalDbContext db, Actor actor, Guid? staffTenant, CancellationToken cancellationToken)
    {
        foreach (var invitation in await db.Invitations.Where(i => i.AcceptedBy == null).ToListAsync(cancellationToken))
            Revoke(db, invitation, actor, staffTenant);
    }

    /// <inheritdoc cref="RevokeOpenInvitationsAsync"/>
    public void Revoke(PortalDbContext db, Invitation invitation, Actor actor, Guid? staffTenant)
    {
        db.Invitations.Remove(invitation);
        db.RevokedLinks.Add(new RevokedLink
        {
            Id = invitation.Id, TenantId = invitation.TenantId, Hash = invitation.Hash, RevokedAt = time.GetUtcNow(),
        });
        journal.Add(db, new JournalLine(invitation.TenantId, null, JournalKind.InvitationRevoked, new Sentence("Engine.InvitationRevoked", actor.Mention))
        {
            Person = actor.Access.PersonId, PersonTenant = staffTenant, Facts = new AuditData { ["invitation"] = invitation.Id },
        });
    }

    /// <param name="run">The run that the line belongs to; null for none.</param>
    /// <inheritdoc cref="RevokeOpenInvitationsAsync"/>
    public void Revoke(PortalDbContext db, ColleagueLink link, Guid? run, Actor actor, Guid? staffTenant)
    {
        db.ColleagueLinks.Remove(link);
        db.RevokedLinks.Add(new RevokedLink { Id = link.Id, TenantId = link.TenantId, Hash = link.Hash, Step = link.Step, RevokedAt = time.GetUtcNow() });
        journal.Add(db, new JournalLine(link.TenantId, run, JournalKind.LinkRevoked, new Sentence("Engine.LinkRevoked", actor.Mention))
        {
            Step = link.Step, Person = actor.Access.PersonId, PersonTenant = staffTenant,
        });
    }
}
