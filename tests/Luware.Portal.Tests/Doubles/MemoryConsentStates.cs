using System.Collections.Concurrent;
using Luware.Onboarding.Consent;
using Luware.Onboarding.Engine;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Consent states in memory, each single-use. Applications are those of the engine's view.</summary>
internal sealed class MemoryConsentStates(FakeEngine engine) : IConsentStates
{
    private readonly ConcurrentDictionary<string, (Guid Tenant, Guid Application, bool Used)> _states = new(StringComparer.Ordinal);

    /// <summary>Makes the next redemption find its state expired.</summary>
    public bool Expired { get; set; }

    /// <summary>Whether a run waits for the consents that come back.</summary>
    public bool IsAwaited { get; set; } = true;

    /// <summary>The returns, one line each: the outcome, the application's key, Microsoft's code, and who was signed in.</summary>
    public ConcurrentQueue<string> Returned { get; } = new();

    public Task<string> IssueAsync(Guid entraTenantId, Guid applicationId, Guid issuedBy, CancellationToken cancellationToken)
    {
        var state = $"state-{Guid.NewGuid():N}";
        _states[state] = (entraTenantId, applicationId, false);
        return Task.FromResult(state);
    }

    public Task<ConsentReturn> RedeemAsync(ConsentRedirect redirect, Actor? actor, CancellationToken cancellationToken)
    {
        var came = Redeem(redirect);
        Returned.Enqueue($"{came.Outcome} {came.Application?.Key} {redirect.Answer?.Code} {actor?.UserPrincipalName ?? "nobody"}");
        return Task.FromResult(came);
    }

    private ConsentReturn Redeem(ConsentRedirect redirect)
    {
        if (redirect.State is not { } state || !_states.TryGetValue(state, out var issued))
            return new ConsentReturn(ConsentReturnKind.Unknown, null, null);

        _states[state] = issued with { Used = true };
        var kind = issued.Used ? ConsentReturnKind.Used
            : Expired ? ConsentReturnKind.Expired
            : redirect.Tenant is { } tenant && tenant != issued.Tenant.ToString() ? ConsentReturnKind.OtherTenant
            : redirect.Answer is not null ? ConsentReturnKind.Refused
            : ConsentReturnKind.Accepted;
        return new ConsentReturn(kind, issued.Tenant, engine.View?.Region.ConsentApplications.FirstOrDefault(a => a.ApplicationId == issued.Application))
        {
            IsAwaited = IsAwaited,
        };
    }
}
