using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Reads the tenant's licences that allow recording a person, for the page before any work.</summary>
public sealed class Licences(IDirectory directory, ISessions sessions, IOptions<SecurityGroupsOptions> options)
{
    /// <returns>Null if they may not or cannot be read at the moment.</returns>
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task<IReadOnlyList<Licence>?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await sessions.RequireAsync(actor.Access, cancellationToken);
        try
        {
            var held = await directory.GetLicencesAsync(actor.Access, cancellationToken);
            return [.. held.Where(l => l.Held > 0 && options.Value.Records(l)).OrderBy(l => l.Product, StringComparer.Ordinal)];
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
