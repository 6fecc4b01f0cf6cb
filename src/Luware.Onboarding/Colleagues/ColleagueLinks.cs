using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Links;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Colleagues;

internal sealed class ColleagueLinks(
    IDbContextFactory<PortalDbContext> contexts, Admission admission, StepGraph graph, Journal journal, RunCommands runs, LinkRevocation revocation,
    LinkOpenings openings, RunFeed feed, IOptions<ColleagueOptions> options, TimeProvider time) : IColleagueLinks
{
    public async Task<NewLink> HandAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        var admitted = await admission.AdmitDeciderAsync(actor, step: null, cancellationToken);
        var now = time.GetUtcNow();
        var expiresAt = now + options.Value.LinkLifetime;
        if (!graph.Has(step))
            throw new ArgumentException($"There is no step {step}.", nameof(step));
        if (admitted.Authorization is not { Customer: var customer })
            return new NewLink(Guid.Empty, null, expiresAt, admitted.Obstacle);

        var (secret, hash) = OneTimeSecret.Create();
        var id = Guid.CreateVersion7();
        await runs.ChangeAsync(customer.Id, async db =>
        {
            await admission.CheckSessionAsync(db, actor, cancellationToken);
            await RevokeAsync(db, actor, step, cancellationToken);
            db.ColleagueLinks.Add(new ColleagueLink
            {
                Id = id, TenantId = customer.Id, Step = step, Hash = hash, SentBy = actor.Access.PersonId, SentAt = now, ExpiresAt = expiresAt,
            });
            await WriteAsync(db, customer.Id, JournalKind.StepHanded, "Engine.StepHanded", step, actor.Access.PersonId, cancellationToken);
            return await runs.NudgeAsync(db, actor: null, cancellationToken);
        }, cancellationToken);
        return new NewLink(id, secret, expiresAt, null);
    }

    public async Task RevokeAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        await runs.ChangeAsync(customer.Id, async db =>
        {
            await RevokeAsync(db, actor, step, cancellationToken);
            return await runs.NudgeAsync(db, actor: null, cancellationToken);
        }, cancellationToken);
    }

    public async Task<LinkTarget?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var target = OneTimeSecret.HashOf(secret) is { } hash ? await TargetAsync(hash, cancellationToken) : null;
        return await openings.FoundAsync(LinkKind.HandedStep, secret, target, cancellationToken);
    }

    public async Task<LinkAnswer> AcceptAsync(Guid linkId, LinkHolder holder, CancellationToken cancellationToken)
    {
        var answer = await RedeemAsync(linkId, holder, cancellationToken);
        await openings.AnsweredAsync(LinkKind.HandedStep, linkId, holder, answer.Kind, cancellationToken);
        return answer;
    }

    private async Task<LinkAnswer> RedeemAsync(Guid linkId, LinkHolder holder, CancellationToken cancellationToken)
    {
        if (await CustomerOfAsync(linkId, cancellationToken) is not { } customer)
            return new LinkAnswer(LinkAnswerKind.Refused);
        if (customer.EntraTenantId != holder.EntraTenantId)
            return new LinkAnswer(LinkAnswerKind.OtherTenant);

        // Two people who accept at the same moment write the same version of the row: the second is retried and finds the link used.
        var answer = await contexts.ChangeAsync(customer.Id, async db =>
        {
            var now = time.GetUtcNow();
            var link = await db.ColleagueLinks.SingleOrDefaultAsync(l => l.Id == linkId, cancellationToken);
            var judged = Judge(link, holder, now);
            if (judged.Kind != LinkAnswerKind.Accepted)
                return judged;

            link!.Accept(holder.PersonId, now);
            link.ExpiresAt = now + options.Value.AdmissionLifetime;
            await WriteAsync(db, customer.Id, JournalKind.LinkAccepted, "Engine.LinkAccepted", link.Step, holder.PersonId, cancellationToken);
            return judged;
        }, cancellationToken);
        feed.Publish(customer.Id);
        return answer;
    }

    private static LinkAnswer Judge(ColleagueLink? link, LinkHolder holder, DateTimeOffset now) => link switch
    {
        null => new LinkAnswer(LinkAnswerKind.Refused),
        _ when link.ExpiresAt <= now => new LinkAnswer(LinkAnswerKind.Refused),
        _ when link.SentBy == holder.PersonId => new LinkAnswer(LinkAnswerKind.Own, link.Step),
        _ when link.AcceptedBy == holder.PersonId => new LinkAnswer(LinkAnswerKind.CameAgain, link.Step),
        { AcceptedBy: not null } => new LinkAnswer(LinkAnswerKind.Refused),
        _ => new LinkAnswer(LinkAnswerKind.Accepted, link.Step),
    };

    private async Task<LinkTarget?> TargetAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (from link in db.ColleagueLinks.AcrossTenants()
                      join customer in db.Tenants on link.TenantId equals customer.Id
                      where link.Hash == hash && link.ExpiresAt > now
                      select new LinkTarget(link.Id, customer.EntraTenantId)).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<CustomerTenant?> CustomerOfAsync(Guid linkId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (from link in db.ColleagueLinks.AcrossTenants()
                      join customer in db.Tenants on link.TenantId equals customer.Id
                      where link.Id == linkId
                      select customer).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Revokes the step's link; its colleague carries out nothing from then on.</summary>
    private async Task RevokeAsync(PortalDbContext db, Actor actor, string step, CancellationToken cancellationToken)
    {
        if (await db.ColleagueLinks.SingleOrDefaultAsync(l => l.Step == step, cancellationToken) is not { } link)
            return;

        if (link.AcceptedBy is { } colleague)
            await runs.TakeOverAsync(db, colleague, actor, cancellationToken);
        revocation.Revoke(db, link, await CurrentRunAsync(db, link.TenantId, cancellationToken), actor, staffTenant: null);
    }

    private async Task WriteAsync(
        PortalDbContext db, Guid tenantId, JournalKind kind, string key, string step, Guid person, CancellationToken cancellationToken)
    {
        var run = await CurrentRunAsync(db, tenantId, cancellationToken);
        journal.Add(db, new JournalLine(tenantId, run, kind, new Sentence(key, Sentence.Mention(person))) { Step = step, Person = person });
    }

    /// <summary>The tenant's current run, to which a line of the journal about a link belongs.</summary>
    private static Task<Guid?> CurrentRunAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken) =>
        db.Tenants.Where(t => t.Id == tenantId).Select(t => t.CurrentRunId).SingleAsync(cancellationToken);
}
