using System.Security.Cryptography;
using Luware.Onboarding.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Luware.Portal.Tokens;

/// <summary>The token caches of sessions, encrypted so that one session's row opens for that session only.</summary>
internal sealed partial class SessionTokenCaches(ITokenCaches rows, IDataProtectionProvider protection, ILogger<SessionTokenCaches> logger)
{
    private const string Purpose = "Luware.Portal.TokenCache";

    /// <summary>Returns null if there is no cache, or it cannot be decrypted any more.</summary>
    public async Task<StoredCache?> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (await rows.ReadAsync(sessionId, cancellationToken) is not { } encrypted)
            return null;
        try
        {
            return new StoredCache(Protector(sessionId).Unprotect(encrypted), encrypted);
        }
        catch (CryptographicException e)
        {
            Log.Unreadable(logger, e);
            return null;
        }
    }

    public Task WriteAsync(string sessionId, byte[] content, CancellationToken cancellationToken) =>
        rows.WriteAsync(sessionId, Protector(sessionId).Protect(content), cancellationToken);

    /// <summary>
    /// Stores what a token request has changed, unless another portal's sign-in, which has proven more, has replaced the cache meanwhile. Entra still accepts
    /// the older refresh tokens.
    /// </summary>
    public Task ReplaceAsync(string sessionId, StoredCache read, byte[] content, CancellationToken cancellationToken) =>
        rows.ReplaceAsync(sessionId, read.Encrypted, Protector(sessionId).Protect(content), cancellationToken);

    private IDataProtector Protector(string sessionId) => protection.CreateProtector(Purpose, sessionId);

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "A token cache cannot be decrypted with the present keys. Its session has to sign in again.")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}

/// <param name="Content">MSAL's cache.</param>
/// <param name="Encrypted">The bytes in the row, by which a change is detected.</param>
internal sealed record StoredCache(byte[] Content, byte[] Encrypted)
{
    public override string ToString() => "StoredCache (hidden)";
}
