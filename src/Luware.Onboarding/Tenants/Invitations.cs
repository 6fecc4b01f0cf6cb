using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Links;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

internal sealed class Invitations(
    IDbContextFactory<PortalDbContext> contexts, Journal journal, LinkRevocation revocation, LinkOpenings openings, StepGraph graph, RunFeed feed,
    IOptions<InvitationOptions> options, TimeProvider time)
    : IInvitations
{
    public async Task<NewInvitation> CreateAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var expiresAt = now + options.Value.Lifetime;
        var (secret, hash) = OneTimeSecret.Create();
        var id = Guid.CreateVersion7();
        var isThere = await contexts.ChangeAsync(tenantId, async db =>
        {
            // The tenant's row is written too, so that only one invitation stays open if two people invite at the same moment.
            if (await db.Tenants.SingleOrDefaultAsync(t => t.Id == tenantId, cancellationToken) is not { ClosedAt: null } tenant)
                return false;

            db.Entry(tenant).State = EntityState.Modified;
            await revocation.RevokeOpenInvitationsAsync(db, actor, actor.Access.TenantId, cancellationToken);
            var invitation = new Invitation
            {
                Id = id, TenantId = tenantId, Hash = hash, CreatedBy = actor.Access.PersonId, CreatedAt = now, ExpiresAt = expiresAt,
            };
            db.Invitations.Add(invitation);
            journal.Add(db, Line(invitation, JournalKind.Invited, "Engine.Invited", actor.Access.PersonId) with { PersonTenant = actor.Access.TenantId });
            return true;
        }, cancellationToken);
        feed.Publish(tenantId);
        return new NewInvitation(id, isThere ? secret : null, expiresAt);
    }

    public async Task RevokeAsync(Actor actor, Guid tenantId, Guid invitationId, CancellationToken cancellationToken)
    {
        await contexts.ChangeAsync(tenantId, async db =>
        {
            if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == invitationId, cancellationToken) is { } invitation)
                revocation.Revoke(db, invitation, actor, actor.Access.TenantId);
        }, cancellationToken);
        feed.Publish(tenantId);
    }

    public async Task<LinkTarget?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var target = OneTimeSecret.HashOf(secret) is { } hash ? await TargetAsync(hash, cancellationToken) : null;
        return await openings.FoundAsync(LinkKind.Invitation, secret, target, cancellationToken);
    }

    public async Task<LinkAnswerKind> AcceptAsync(Guid invitationId, LinkHolder holder, CancellationToken cancellationToken)
    {
        var answer = await RedeemAsync(invitationId, holder, cancellationToken);
        await openings.AnsweredAsync(LinkKind.Invitation, invitationId, holder, answer, cancellationToken);
        return answer;
    }

    private async Task<LinkAnswerKind> RedeemAsync(Guid invitationId, LinkHolder holder, CancellationToken cancellationToken)
    {
        if (await TenantOfAsync(invitationId, cancellationToken) is not var (tenantId, entraTenantId))
            return LinkAnswerKind.Refused;
        if (entraTenantId != holder.EntraTenantId)
            return LinkAnswerKind.OtherTenant;

        // Two people who accept at the same moment write the same version of the row: the second is retried and finds the invitation used.
        var answer = await contexts.ChangeAsync(tenantId, async db =>
        {
            var now = time.GetUtcNow();
            var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Id == invitationId, cancellationToken);
            var judged = invitation switch
            {
                null => LinkAnswerKind.Refused,
                _ when invitation.AcceptedBy == holder.PersonId => LinkAnswerKind.CameAgain,
                { AcceptedBy: not null } => Spent(holder),
                _ when invitation.ExpiresAt <= now => Spent(holder),
                _ => LinkAnswerKind.Accepted,
            };
            if (judged != LinkAnswerKind.Accepted)
                return judged;

            invitation!.Accept(holder.PersonId, now);
            journal.Add(db, Line(invitation, JournalKind.InvitationAccepted, "Engine.InvitationAccepted", holder.PersonId));
            return judged;
        }, cancellationToken);
        feed.Publish(tenantId);
        return answer;
    }

    // The holder has signed in to the invited tenant: as after a sign-in without a link, a role that a step needs lets them in.
    private LinkAnswerKind Spent(LinkHolder holder) => graph.NeedsAnyOf(holder.Roles) ? LinkAnswerKind.NotNeeded : LinkAnswerKind.Refused;

    private async Task<LinkTarget?> TargetAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (from invitation in db.Invitations.AcrossTenants()
                      join customer in db.Tenants on invitation.TenantId equals customer.Id
                      where invitation.Hash == hash && (invitation.AcceptedBy != null || invitation.ExpiresAt > now)
                      select new LinkTarget(invitation.Id, customer.EntraTenantId)).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<(Guid TenantId, Guid EntraTenantId)?> TenantOfAsync(Guid invitationId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (from invitation in db.Invitations.AcrossTenants()
                           join customer in db.Tenants on invitation.TenantId equals customer.Id
                           where invitation.Id == invitationId
                           select new { customer.Id, customer.EntraTenantId }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Id, found.EntraTenantId);
    }

    private static JournalLine Line(Invitation invitation, JournalKind kind, string key, Guid person) =>
        new(invitation.TenantId, null, kind, new Sentence(key, Sentence.Mention(person)))
        {
            Person = person, Facts = new AuditData { ["invitation"] = invitation.Id },
        };
}
