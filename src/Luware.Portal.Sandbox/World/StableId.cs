using System.Security.Cryptography;
using System.Text;

namespace Luware.Portal.Sandbox.World;

/// <summary>Derives ids from names, so that they are the same in every sandbox.</summary>
public static class StableId
{
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        // Version 8 (custom) and the RFC's variant, so that strict parsers accept it.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
