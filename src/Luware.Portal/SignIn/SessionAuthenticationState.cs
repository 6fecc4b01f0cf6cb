using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

/// <summary>
/// Checks at intervals whether the session of an open page still exists and its person still has their roles; otherwise a circuit would keep its person for
/// ever.
/// </summary>
internal sealed partial class SessionAuthenticationState(
    ILoggerFactory loggers, ISessions sessions, RoleWatch roles, IHostApplicationLifetime lifetime, IOptions<SessionSettings> settings)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<SessionAuthenticationState>();

    protected override TimeSpan RevalidationInterval => settings.Value.Recheck;

    /// <summary>A database outage signs nobody out: the page checks again, and meanwhile the engine refuses it as well.</summary>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return Actor.From(authenticationState.User) is { } actor
                && await sessions.IsAliveAsync(actor.Access, cancellationToken)
                && !await roles.HasLostAsync(actor, cancellationToken);
        }
        catch (Exception e) when (StoreFaults.IsPassing(e))
        {
            Log.StoreOutOfReach(_logger, e);
            return true;
        }
        catch (ObjectDisposedException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The portal is stopping, and pages outlive its services for a moment. They can do nothing any more; the next portal checks again.
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3004, LogLevel.Warning,
            "Could not check the session of an open page because the portal's database is unavailable; it is checked again.")]
        public static partial void StoreOutOfReach(ILogger logger, Exception exception);
    }
}
