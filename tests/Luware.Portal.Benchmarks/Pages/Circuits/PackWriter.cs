using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Luware.Portal.Benchmarks.Pages.Circuits;

/// <summary>Writes the part of MessagePack that a Blazor circuit's protocol needs: nil, bool, integers, strings, arrays.</summary>
internal sealed class PackWriter
{
    private const int ShortText = 32;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A call that wants no answer.</summary>
    public static PackWriter Call(string target, int arguments) => Invocation(null, target, arguments);

    public static PackWriter Invocation(string? id, string target, int arguments)
    {
        const int invocation = 1;
        return new PackWriter().Array(5).Integer(invocation).EmptyMap().Text(id).Text(target).Array(arguments);
    }

    public static PackWriter Ping()
    {
        const int ping = 6;
        return new PackWriter().Array(1).Integer(ping);
    }

    public PackWriter Text(string? text)
    {
        if (text is null)
            return Byte(0xc0);
        var length = Encoding.UTF8.GetByteCount(text);
        if (length < ShortText)
            Byte((byte)(0xa0 | length));
        else
            Byte(0xdb).BigEndian(length);
        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    public PackWriter Integer(long value)
    {
        if (value is >= 0 and < 128)
            return Byte((byte)value);
        Byte(0xd3);
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
        return this;
    }

    public PackWriter Bool(bool value) => Byte(value ? (byte)0xc3 : (byte)0xc2);

    /// <summary>The message with its length before it, lowest seven bits first, as SignalR frames it.</summary>
    public byte[] ToFrame()
    {
        List<byte> frame = [];
        var length = (uint)_bytes.WrittenCount;
        for (; length > 127; length >>= 7)
            frame.Add((byte)(length | 0x80));
        return [.. frame, (byte)length, .. _bytes.WrittenSpan];
    }

    private PackWriter Array(int length) => Byte((byte)(0x90 | length));

    private PackWriter EmptyMap() => Byte(0x80);

    private PackWriter Byte(byte value)
    {
        _bytes.Write([value]);
        return this;
    }

    private void BigEndian(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }
}
