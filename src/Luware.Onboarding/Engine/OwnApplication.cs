using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

/// <summary>Reads what access the portal's own application has in a customer's tenant.</summary>
internal sealed class OwnApplication(RemoteCalls calls, IServiceScopeFactory scopes, IOptions<OwnApplicationOptions> own)
{
    /// <exception cref="UnauthorizedAccessException">The answer came from another tenant or person than the one signed in.</exception>
    public async Task<OwnAccess> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        var answer = await calls.AskForPersonAsync(
            token => directory.FindServicePrincipalAsync(actor.Access, own.Value.ClientId, token), said: null, explain: null, cancellationToken);
        return new OwnAccess(own.Value.ClientId, answer.Value?.Id);
    }
}
