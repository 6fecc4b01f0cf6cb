using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tokens;

/// <summary>
/// What Entra wants a person to prove before it gives out further tokens. A sign-in that does not ask for it comes back by single sign-on with
/// what was not enough before.
/// </summary>
internal sealed class WantedProof(ITokens tokens, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TokenPurpose[] Purposes = [TokenPurpose.Directory, TokenPurpose.Teams, TokenPurpose.Azure, TokenPurpose.Blobs];

    /// <returns>Null where nothing is wanted, or it could not be asked in time: the sign-in is then a plain one.</returns>
    public async Task<Proof?> FindAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            foreach (var purpose in Purposes)
            {
                if (await ClaimsAsync(access, purpose, either.Token) is { } claims)
                    return new Proof(purpose, claims);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Entra is slow; the page that it shows for the sign-in is the better place to wait.
        }

        return null;
    }

    private async Task<string?> ClaimsAsync(TenantAccess access, TokenPurpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            await tokens.GetAsync(access, purpose, fresh: true, cancellationToken);
            return null;
        }
        catch (GatewayException e)
        {
            return (e as SignInRequiredException)?.Claims;
        }
    }
}

/// <param name="Purpose">The tokens for which it is wanted.</param>
/// <param name="Claims">Entra's own words, which a sign-in repeats.</param>
internal sealed record Proof(TokenPurpose Purpose, string Claims);
