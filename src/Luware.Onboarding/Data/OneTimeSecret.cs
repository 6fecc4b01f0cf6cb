using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Luware.Onboarding.Data;

/// <summary>The random secret of a link or a redirect that is valid once. It is told to one person and stored only as a hash.</summary>
internal static class OneTimeSecret
{
    private const int Bytes = 32;

    /// <returns>The secret as it appears in an address, and its hash, which is stored.</returns>
    public static (string Secret, byte[] Hash) Create()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        return (secret, Hash(secret));
    }

    /// <returns>Null if the text cannot be a secret, so that nothing is looked up.</returns>
    public static byte[]? HashOf(string? text) => string.IsNullOrEmpty(text) || text.Length > 2 * Bytes ? null : Hash(text);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
