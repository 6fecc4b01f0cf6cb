using System.Collections.Concurrent;
using Luware.Onboarding.Data;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Consent states in memory, each used once.</summary>
internal sealed class MemoryConsentStates : IConsentStates
{
    private readonly ConcurrentDictionary<string, (Guid Tenant, Guid Application, bool Used)> _states = new(StringComparer.Ordinal);

    /// <summary>Set to let the next redemption find its state too old.</summary>
    public bool Expired { get; set; }

    public Task<string> IssueAsync(Guid entraTenantId, Guid applicationId, Guid issuedBy, CancellationToken cancellationToken)
    {
        var state = $"state-{Guid.NewGuid():N}";
        _states[state] = (entraTenantId, applicationId, false);
        return Task.FromResult(state);
    }

    public Task<ConsentReturn> RedeemAsync(string? state, string? returnedTenant, CancellationToken cancellationToken)
    {
        if (state is null || !_states.TryGetValue(state, out var issued))
            return Task.FromResult(new ConsentReturn(ConsentReturnKind.Unknown, null, null));

        _states[state] = issued with { Used = true };
        var kind = issued.Used ? ConsentReturnKind.Used
            : Expired ? ConsentReturnKind.Expired
            : returnedTenant is not null && returnedTenant != issued.Tenant.ToString() ? ConsentReturnKind.OtherTenant
            : ConsentReturnKind.Accepted;
        return Task.FromResult(new ConsentReturn(kind, issued.Tenant, issued.Application));
    }
}
