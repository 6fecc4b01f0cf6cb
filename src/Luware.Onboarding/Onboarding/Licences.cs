using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Onboarding;

/// <summary>Which licences of the tenant let Microsoft record a person, for what is said before any work.</summary>
public sealed class Licences(IDirectory directory, ISessions sessions, IOptions<SecurityGroupsOptions> options)
{
    /// <returns>Null where they may not be read, or could not be now.</returns>
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task<IReadOnlyList<Licence>?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        if (!await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");

        try
        {
            var held = await directory.GetLicencesAsync(access, cancellationToken);
            return [.. held.Where(l => l.Held > 0 && options.Value.Records(l)).OrderBy(l => l.Product, StringComparer.Ordinal)];
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
