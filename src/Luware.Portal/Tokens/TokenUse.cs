using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tokens;

internal static class TokenUse
{
    /// <summary>
    /// Calls a service with the person's token. If the service rejects the token before it expires, nothing was carried out, so the call is repeated with a new
    /// token, which contains what the person has proven since. If that is rejected too, the next sign-in has to prove what the service requires.
    /// </summary>
    /// <exception cref="GatewayException">No token is available, or the service's own refusal.</exception>
    public static async Task<T> UseAsync<T>(
        this ITokens tokens, TenantAccess access, TokenPurpose purpose, Func<EntraToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(access, purpose, fresh: false, cancellationToken);
        try
        {
            return await send(token);
        }
        catch (SignInRequiredException e)
        {
            token = await tokens.ReplaceAsync(access, purpose, e.Claims, cancellationToken);
        }

        try
        {
            return await send(token);
        }
        catch (SignInRequiredException e)
        {
            throw await tokens.WantAsync(access, purpose, e, cancellationToken);
        }
    }
}
