using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

/// <summary>Looks again and again whether the session of an open page still exists and its person still holds their roles; a circuit would otherwise keep its person for ever.</summary>
internal sealed partial class SessionAuthenticationState(
    ILoggerFactory loggers, ISessions sessions, RoleWatch roles, IHostApplicationLifetime lifetime, IOptions<SessionSettings> settings)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<SessionAuthenticationState>();

    protected override TimeSpan RevalidationInterval => settings.Value.Recheck;

    /// <summary>A database that is out of reach for a moment signs nobody out: the page asks again, and until then gets nothing from the engine either.</summary>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return Actor.From(authenticationState.User) is { Access: var access } actor
                && await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken)
                && !await roles.HasLostAsync(actor, cancellationToken);
        }
        catch (Exception e) when (StoreFaults.IsPassing(e))
        {
            Log.StoreOutOfReach(_logger, e);
            return true;
        }
        catch (ObjectDisposedException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The portal stops, and pages outlive its services by a moment: they get nothing any more, and the next portal asks.
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3004, LogLevel.Warning, "Whether the session of an open page still exists could not be asked: the portal's database is out of reach. It is asked again.")]
        public static partial void StoreOutOfReach(ILogger logger, Exception exception);
    }
}
