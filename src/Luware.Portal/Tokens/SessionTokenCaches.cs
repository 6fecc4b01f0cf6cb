using System.Security.Cryptography;
using Luware.Onboarding.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Luware.Portal.Tokens;

/// <summary>The token caches of sessions, encrypted so that one session's row opens for that session only.</summary>
internal sealed partial class SessionTokenCaches(ITokenCaches rows, IDataProtectionProvider protection, ILogger<SessionTokenCaches> logger)
{
    private const string Purpose = "Luware.Portal.TokenCache";

    /// <summary>Null where there is none, or none that can be read any more.</summary>
    public async Task<byte[]?> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (await rows.ReadAsync(sessionId, cancellationToken) is not { } encrypted)
            return null;
        try
        {
            return Protector(sessionId).Unprotect(encrypted);
        }
        catch (CryptographicException e)
        {
            Log.Unreadable(logger, e);
            return null;
        }
    }

    public Task WriteAsync(string sessionId, byte[] content, CancellationToken cancellationToken) =>
        rows.WriteAsync(sessionId, Protector(sessionId).Protect(content), cancellationToken);

    private IDataProtector Protector(string sessionId) => protection.CreateProtector(Purpose, sessionId);

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "A token cache cannot be decrypted with the present keys. Its session has to sign in again.")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}
