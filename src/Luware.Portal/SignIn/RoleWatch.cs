using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

/// <summary>
/// Asks Entra at intervals which roles a signed-in person still holds, and updates their session. One request serves all circuits and requests of a session.
/// </summary>
internal sealed partial class RoleWatch(
    ITokens tokens, IRoleLoss roleLoss, Staff staff, SessionTickets tickets, IAudit audit, IOptions<SessionSettings> settings, TimeProvider time,
    ILogger<RoleWatch> logger) : IDisposable
{
    private readonly MemoryCache _answers = new(new MemoryCacheOptions { Clock = new Clock(time) });

    /// <returns>
    /// True if a role that admitted the person is gone. A failed request does not count as a loss, except when Entra refuses one of Luware's own people, or
    /// requires a new sign-in (account gone, sessions revoked, token too old): then all roles are gone.
    /// </returns>
    public async Task<bool> HasLostAsync(Actor actor, CancellationToken cancellationToken)
    {
        var answer = _answers.GetOrCreate(actor.Access.SessionId, entry =>
        {
            // Together with the page's own interval this never exceeds a minute. Asked far more often, Entra would detect a loop and block the requests.
            entry.AbsoluteExpirationRelativeToNow = settings.Value.Recheck;
            // Without the caller's cancellation, because other callers share this request.
            return AskAsync(actor.Access);
        })!;
        var (roles, refusal) = await answer.WaitAsync(cancellationToken);
        var now = refusal is not null && staff.IsStaff(actor) ? EntraRoles.None : roles;
        if (now is null || !roleLoss.HasLost(actor, now.Directory, now.App))
            return false;

        // Written before the session: if the process dies in between, the loss is found again and recorded once.
        await (refusal is null
            ? audit.RoleLostAsync(actor, now.Directory, now.App, cancellationToken)
            : audit.RenewalRefusedAsync(actor, refusal.Answer?.Code, cancellationToken));
        await tickets.SetRolesAsync(actor.Access.SessionId, now, cancellationToken);
        Log.Lost(logger);
        return true;
    }

    /// <summary>Forgets what Entra said of an earlier sign-in: a session keeps its id when the person signs in again.</summary>
    public void Forget(string sessionId) => _answers.Remove(sessionId);

    public void Dispose() => _answers.Dispose();

    private async Task<(EntraRoles? Roles, GatewayException? Refusal)> AskAsync(TenantAccess access)
    {
        try
        {
            return (await tokens.ReadRolesAsync(access, CancellationToken.None), null);
        }
        catch (GatewayException e)
        {
            // An expired secret of the portal or a missing consent says nothing about the person's roles either.
            return (null, e is SignInRequiredException || e.Answer?.Code == ProofCodes.NotAccepted ? e : null);
        }
        catch (Exception e)
        {
            // As when Entra is busy: a failing database or a time limit says nothing about roles and must not end pages.
            Log.NotAsked(logger, e);
            return (null, null);
        }
    }

    private sealed class Clock(TimeProvider time) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }

    private static partial class Log
    {
        [LoggerMessage(3002, LogLevel.Information,
            "A signed-in person lost a role that admitted them, or Entra no longer accepts their sign-in; their pages end.")]
        public static partial void Lost(ILogger logger);

        [LoggerMessage(3003, LogLevel.Warning, "Could not ask Entra which roles a signed-in person still holds; it is asked again later.")]
        public static partial void NotAsked(ILogger logger, Exception exception);
    }
}
