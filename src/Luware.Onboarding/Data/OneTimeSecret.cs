using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Luware.Onboarding.Data;

/// <summary>What a link or a redirect is good once by: random, told to one person, kept as a hash only.</summary>
internal static class OneTimeSecret
{
    private const int Bytes = 32;

    /// <returns>The secret, as it stands in an address, and what is stored of it.</returns>
    public static (string Secret, byte[] Hash) Create()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        return (secret, Hash(secret));
    }

    /// <returns>Null for what cannot be one: nothing is looked up for it.</returns>
    public static byte[]? HashOf(string? text) => string.IsNullOrEmpty(text) || text.Length > 2 * Bytes ? null : Hash(text);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
