using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants;

/// <summary>Finds the tenant in Entra that a specialist names by its id or by one of its domains.</summary>
internal sealed class EntraTenants(ITenantNames names, RemoteCalls calls)
{
    /// <returns>The id, with the domain if one was given; otherwise what is wrong with what was given.</returns>
    public async Task<(Guid? Id, string? Domain, Sentence? Problem)> FindAsync(string tenantOrDomain, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(tenantOrDomain, out var given))
            return given == Guid.Empty ? (null, null, new Sentence("Tenants.Fault.Tenant")) : (given, null, null);

        var answer = await calls.AskAsync(token => names.FindAsync(tenantOrDomain, token), said: null, explain: null, cancellationToken);
        return answer.Trouble is { } trouble ? (null, null, trouble.Words)
            : answer.Value is { } found ? (found, tenantOrDomain, null)
            : (null, null, new Sentence("Tenants.Fault.Tenant"));
    }
}
