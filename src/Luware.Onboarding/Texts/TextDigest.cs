using System.Security.Cryptography;
using System.Text;

namespace Luware.Onboarding.Texts;

/// <summary>The digest by which a text is recognized again without being kept.</summary>
internal static class TextDigest
{
    /// <returns>SHA-256 in lower-case hexadecimal digits.</returns>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
