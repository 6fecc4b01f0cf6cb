using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Onboarding;

/// <summary>Which permissions the person's session holds, for what is said before any work.</summary>
public sealed class Permissions(IDelegatedScopes scopes, ISessions sessions)
{
    /// <returns>Null where they could not be read now.</returns>
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task<IReadOnlyList<DelegatedScope>?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        if (!await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");

        try
        {
            return await scopes.ReadAsync(access, cancellationToken);
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
