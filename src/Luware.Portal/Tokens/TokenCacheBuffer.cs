using Microsoft.Identity.Client;

namespace Luware.Portal.Tokens;

/// <summary>MSAL's cache as bytes in memory: read from the session's row before a request, written back after it.</summary>
internal sealed class TokenCacheBuffer(byte[]? content)
{
    public byte[]? Content { get; private set; } = content;

    public bool Changed { get; private set; }

    public void AttachTo(ITokenCache cache)
    {
        cache.SetBeforeAccess(access => access.TokenCache.DeserializeMsalV3(Content, shouldClearExistingCache: true));
        cache.SetAfterAccess(access =>
        {
            if (!access.HasStateChanged)
                return;
            Content = access.TokenCache.SerializeMsalV3();
            Changed = true;
        });
    }
}
