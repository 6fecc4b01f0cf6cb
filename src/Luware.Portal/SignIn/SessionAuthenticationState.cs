using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

/// <summary>Looks again and again whether the session of an open page still exists and its person still holds their roles; a circuit would otherwise keep its person for ever.</summary>
internal sealed class SessionAuthenticationState(ILoggerFactory loggers, ISessions sessions, RoleWatch roles, IOptions<SessionSettings> settings)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => settings.Value.Recheck;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Actor.From(authenticationState.User) is { Access: var access } actor
        && await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken)
        && !await roles.HasLostAsync(actor, cancellationToken);
}
