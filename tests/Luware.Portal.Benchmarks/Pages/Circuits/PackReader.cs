using System.Buffers.Binary;
using System.Text;

namespace Luware.Portal.Benchmarks.Pages.Circuits;

/// <summary>Reads what <see cref="PackWriter"/> and a server write; skips binaries and maps.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    public int Array() => Take() switch
    {
        var b and >= 0x90 and < 0xa0 => b & 15,
        0xdc => (int)Number(2),
        var b => throw Unexpected(b, "an array"),
    };

    public long Integer() => Take() switch
    {
        var b and < 0x80 => b,
        var b and >= 0xe0 => (sbyte)b,
        0xcc => Number(1),
        0xcd => Number(2),
        0xce => Number(4),
        0xcf or 0xd3 => Number(8),
        0xd0 => (sbyte)Number(1),
        0xd1 => (short)Number(2),
        0xd2 => (int)Number(4),
        var b => throw Unexpected(b, "an integer"),
    };

    public bool Bool() => Take() switch
    {
        0xc3 => true,
        0xc2 => false,
        var b => throw Unexpected(b, "a truth"),
    };

    public string? Text() => TryBlock(out var block) ? Encoding.UTF8.GetString(block) : null;

    public ReadOnlySpan<byte> Binary() => TryBlock(out var block) ? block : default;

    /// <summary>Skips one value, such as headers and unused ids.</summary>
    public void Skip()
    {
        switch (_data[_at])
        {
            case 0x80:
                _at++;
                break;
            case < 0x80 or >= 0xe0 or (>= 0xcc and <= 0xd3):
                Integer();
                break;
            default:
                TryBlock(out _);
                break;
        }
    }

    /// <returns>False for nil.</returns>
    private bool TryBlock(out ReadOnlySpan<byte> block)
    {
        var first = Take();
        block = default;
        if (first == 0xc0)
            return false;
        var length = first switch
        {
            >= 0xa0 and < 0xc0 => first & 31,
            0xd9 or 0xc4 => (int)Number(1),
            0xda or 0xc5 => (int)Number(2),
            0xdb or 0xc6 => (int)Number(4),
            _ => throw Unexpected(first, "a text"),
        };
        block = _data.Slice(_at, length);
        _at += length;
        return true;
    }

    private byte Take() => _data[_at++];

    private long Number(int bytes)
    {
        var part = _data.Slice(_at, bytes);
        _at += bytes;
        return bytes switch
        {
            1 => part[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(part),
            4 => BinaryPrimitives.ReadUInt32BigEndian(part),
            _ => BinaryPrimitives.ReadInt64BigEndian(part),
        };
    }

    private static InvalidDataException Unexpected(byte first, string wanted) => new($"{wanted} was expected and 0x{first:x2} came.");
}
