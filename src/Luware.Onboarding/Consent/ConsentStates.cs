using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Consent;

internal sealed class ConsentStates(
    IDbContextFactory<PortalDbContext> contexts, CustomerTenants customers, RunCommands runs, AuditTrail audit, IOptions<ConsentStateOptions> options,
    ConsentMetrics metrics, TimeProvider time) : IConsentStates
{
    /// <summary>
    /// Compiled, because anybody may ask it and translating it takes longer than running it; per instance, because it belongs to one model.
    /// </summary>
    private readonly Func<PortalDbContext, byte[], CancellationToken, Task<Issued?>> find = EF.CompileAsyncQuery(
        (PortalDbContext db, byte[] hash, CancellationToken cancellationToken) => (
            from state in db.ConsentStates
            where state.Hash == hash
            from customer in db.Tenants.Where(t => t.EntraTenantId == state.EntraTenantId).DefaultIfEmpty()
            select new Issued(state, customer)).SingleOrDefault());

    public async Task<string> IssueAsync(Guid entraTenantId, Guid applicationId, Guid issuedBy, CancellationToken cancellationToken)
    {
        var (state, hash) = OneTimeSecret.Create();
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ConsentStates.Add(new ConsentStateRow
        {
            Hash = hash, EntraTenantId = entraTenantId, ApplicationId = applicationId, IssuedBy = issuedBy,
            IssuedAt = now, ExpiresAt = now + options.Value.StateLifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
        return state;
    }

    public async Task<ConsentReturn> RedeemAsync(ConsentRedirect redirect, Actor? actor, CancellationToken cancellationToken)
    {
        var (result, woken) = OneTimeSecret.HashOf(redirect.State) is { } hash
            ? await contexts.ChangeAsync(db => RedeemAsync(db, hash, redirect, actor, cancellationToken), cancellationToken)
            : Redeemed.Unknown;
        metrics.Returned(result.Kind);
        await runs.WakeAsync(woken, cancellationToken);
        return result with { IsAwaited = woken is not null && result.Application is { } application && Awaits(woken, application) };
    }

    private async Task<Redeemed> RedeemAsync(PortalDbContext db, byte[] hash, ConsentRedirect redirect, Actor? actor, CancellationToken cancellationToken)
    {
        // Of two redirects at the same moment the second collides on the row's version, and finds the state used when it is read again.
        if (await find(db, hash, cancellationToken) is not var (state, customer))
            return Redeemed.Unknown;

        var result = new ConsentReturn(Judge(state, redirect), state.EntraTenantId, customer is null ? null : Find(customer, state.ApplicationId));
        // One audit entry per issued state: one that was never issued says nothing about anybody, and a used one could be sent any number of times.
        if (result.Kind == ConsentReturnKind.Used)
            return new Redeemed(result, null);

        state.UsedAt = time.GetUtcNow();
        return new Redeemed(result, customer is null ? null : await TellAsync(db, customer, state, result, redirect, actor, cancellationToken));
    }

    /// <returns>The run to wake; null for none.</returns>
    private async Task<Run?> TellAsync(
        PortalDbContext db, CustomerTenant customer, ConsentStateRow state, ConsentReturn result,
        ConsentRedirect redirect, Actor? actor, CancellationToken cancellationToken)
    {
        db.TenantId = customer.Id;
        // The redirect can be opened in any browser that has the link.
        var theirs = actor?.Access.TenantId == customer.EntraTenantId ? actor : null;
        audit.Add(db, new AuditLine(customer.Id, AuditKinds.ConsentReturned)
        {
            Subject = $"{state.ApplicationId}", Person = theirs?.Access.PersonId,
            Data = new AuditData { ["outcome"] = result.Outcome, ["answer"] = redirect.Answer?.Code },
        });
        return result.Kind switch
        {
            ConsentReturnKind.Accepted when result.Application is { } application =>
                await runs.ReturnAsync(db, ConsentActions.StepOf(application), ConsentActions.KeyOf(application), cancellationToken),
            ConsentReturnKind.Accepted or ConsentReturnKind.Refused => await runs.NudgeAsync(db, actor: null, cancellationToken),
            _ => null,
        };
    }

    private static bool Awaits(Run run, ConsentApplication application) =>
        run.Kind == RunKind.Apply && RunScope.Steps(run).Contains(ConsentActions.StepOf(application));

    private ConsentApplication? Find(CustomerTenant customer, Guid applicationId) =>
        customers.Show(customer).Region.ConsentApplications.FirstOrDefault(a => a.ApplicationId == applicationId);

    /// <summary>Judges a redirect. An error redirect names no tenant; a success redirect that names another tenant does not belong to this consent.</summary>
    private ConsentReturnKind Judge(ConsentStateRow row, ConsentRedirect redirect) =>
        row.UsedAt is not null ? ConsentReturnKind.Used
        : row.ExpiresAt <= time.GetUtcNow() ? ConsentReturnKind.Expired
        : !string.IsNullOrEmpty(redirect.Tenant) && (!Guid.TryParse(redirect.Tenant, out var tenant) || tenant != row.EntraTenantId)
            ? ConsentReturnKind.OtherTenant
        : redirect.Answer is not null ? ConsentReturnKind.Refused
        : ConsentReturnKind.Accepted;

    private sealed record Issued(ConsentStateRow State, CustomerTenant? Customer);

    /// <param name="Woken">The run to wake once the change is saved.</param>
    private sealed record Redeemed(ConsentReturn Return, Run? Woken)
    {
        public static readonly Redeemed Unknown = new(new ConsentReturn(ConsentReturnKind.Unknown, null, null), null);
    }
}
