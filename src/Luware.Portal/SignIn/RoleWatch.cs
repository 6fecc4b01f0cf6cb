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
/// Asks Entra now and then which roles a signed-in person still holds, and writes what is left into their session. Once for all circuits
/// and requests of a session.
/// </summary>
internal sealed partial class RoleWatch(
    ITokens tokens, IStanding standing, Staff staff, SessionTickets tickets, IAudit audit, IOptions<SessionSettings> settings, TimeProvider time, ILogger<RoleWatch> logger) : IDisposable
{
    private readonly MemoryCache _answers = new(new MemoryCacheOptions { Clock = new Clock(time) });

    /// <returns>
    /// True where a role is gone by which the person came in. What cannot be asked now is not lost; but where Entra lets one of Luware's own
    /// people in no more, or not without signing in again (the account is gone, their sessions were revoked, the token is too old), everything is.
    /// </returns>
    public async Task<bool> HasLostAsync(Actor actor, CancellationToken cancellationToken)
    {
        var answer = _answers.GetOrCreate(actor.Access.SessionId, entry =>
        {
            // With the page's own interval it is never more than a minute; asked far more often, Entra takes it for a loop and ends it.
            entry.AbsoluteExpirationRelativeToNow = settings.Value.Recheck;
            // For whoever asks next, too: it does not end with this one.
            return AskAsync(actor.Access);
        })!;
        var (roles, refusal) = await answer.WaitAsync(cancellationToken);
        var now = refusal is not null && staff.IsStaff(actor) ? EntraRoles.None : roles;
        if (now is null || !standing.HasLost(actor, now.Directory, now.App))
            return false;

        // Before the session knows: whoever dies in between finds it gone once more, and says so once.
        await (refusal is null
            ? audit.RoleLostAsync(actor, now.Directory, now.App, cancellationToken)
            : audit.RenewalRefusedAsync(actor, refusal.Answer?.Code, cancellationToken));
        await tickets.SetRolesAsync(actor.Access.SessionId, now, cancellationToken);
        Log.Lost(logger);
        return true;
    }

    public void Dispose() => _answers.Dispose();

    private async Task<(EntraRoles? Roles, GatewayException? Refusal)> AskAsync(TenantAccess access)
    {
        try
        {
            return (await tokens.ReadRolesAsync(access, CancellationToken.None), null);
        }
        catch (GatewayException e)
        {
            // A secret of the portal's own that has expired, or a consent that is missing, is no word about the person either.
            return (null, e is SignInRequiredException || e.Answer?.Code == ProofCodes.NotAccepted ? e : null);
        }
        catch (Exception e)
        {
            // Not asked, as where Entra is busy: what a database or a time limit does is no word about a role, and would end pages.
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
        [LoggerMessage(3002, LogLevel.Information, "A signed-in person has lost a role by which they came in, or Entra lets them in no more; their pages end.")]
        public static partial void Lost(ILogger logger);

        [LoggerMessage(3003, LogLevel.Warning, "Which roles a signed-in person still holds could not be asked; it is asked again a while later.")]
        public static partial void NotAsked(ILogger logger, Exception exception);
    }
}
