using System.Collections.Concurrent;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Issues numbered tokens and records the requests.</summary>
internal sealed class FakeTokens : ITokens
{
    public ConcurrentQueue<(TenantAccess Access, TokenPurpose Purpose, bool Fresh)> Asked { get; } = new();

    /// <summary>Thrown instead of a token.</summary>
    public Exception? Refuses { get; set; }

    /// <summary>The person's current roles according to Entra.</summary>
    public EntraRoles Roles { get; set; } = new([], []);

    /// <summary>The proofs that services required, in the tokens requested as replacements.</summary>
    public ConcurrentQueue<string?> Claims { get; } = new();

    /// <summary>The proofs recorded for the next sign-in.</summary>
    public ConcurrentQueue<(TokenPurpose Purpose, string? Claims)> Wanted { get; } = new();

    public Task<EntraToken> ReplaceAsync(TenantAccess access, TokenPurpose purpose, string? claims, CancellationToken cancellationToken)
    {
        Claims.Enqueue(claims);
        return GetAsync(access, purpose, fresh: true, cancellationToken);
    }

    public Task<GatewayException> WantAsync(TenantAccess access, TokenPurpose purpose, SignInRequiredException wanted, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Wanted.Enqueue((purpose, wanted.Claims));
        return Task.FromResult<GatewayException>(wanted);
    }

    public Task<EntraRoles> ReadRolesAsync(TenantAccess access, CancellationToken cancellationToken) =>
        Refuses is null ? Task.FromResult(Roles) : Task.FromException<EntraRoles>(Refuses);

    public Task<EntraToken> GetAsync(TenantAccess access, TokenPurpose purpose, bool fresh, CancellationToken cancellationToken)
    {
        Asked.Enqueue((access, purpose, fresh));
        return Refuses is null ? Task.FromResult(new EntraToken($"{purpose}-{Asked.Count}", [])) : Task.FromException<EntraToken>(Refuses);
    }
}
