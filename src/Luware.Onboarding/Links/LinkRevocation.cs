using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Links;

/// <summary>Revokes links as part of a change that is about to be saved, and records each.</summary>
internal sealed class LinkRevocation(Journal journal)
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
        {
            db.ColleagueLinks.Remove(link);
            journal.Add(db, new JournalLine(link.TenantId, null, JournalKind.LinkRevoked, new Sentence("Engine.LinkRevoked", actor.Mention))
            {
                Step = link.Step, Person = actor.Access.PersonId, PersonTenant = staffTenant,
            });
        }
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
        journal.Add(db, new JournalLine(invitation.TenantId, null, JournalKind.InvitationRevoked, new Sentence("Engine.InvitationRevoked", actor.Mention))
        {
            Person = actor.Access.PersonId, PersonTenant = staffTenant, Facts = new AuditData { ["invitation"] = invitation.Id },
        });
    }
}
