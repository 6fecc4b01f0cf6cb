namespace Luware.Onboarding.Data.Entities;

/// <summary>The end of a tenant's chain. It is written with every entry, so that an end that was cut off is missed, and two who add at once collide here.</summary>
public sealed class AuditHead : ITenantRow
{
    public required Guid TenantId { get; init; }

    /// <summary>Of the last entry.</summary>
    public long Sequence { get; private set; }

    /// <summary>Of the last entry.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Of the last entry.</summary>
    public byte[] Mac { get; private set; } = [];

    public string KeyName { get; private set; } = "";

    /// <summary>Over all of it: whoever cuts the chain cannot make the head that would fit.</summary>
    public byte[] Seal { get; private set; } = [];

    public void MoveTo(AuditEntry last) => (Sequence, At, Mac, KeyName) = (last.Sequence, last.At, last.Mac, last.KeyName);

    public void Close(byte[] seal) => Seal = seal;
}
