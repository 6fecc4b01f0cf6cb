namespace Luware.Onboarding.Data.Entities;

/// <summary>The end of a tenant's audit chain. It is written with every entry, so that a truncated chain is detected and concurrent writers collide.</summary>
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

    /// <summary>Seal over the whole head, so that nobody without the key can truncate the chain and write a matching head.</summary>
    public byte[] Seal { get; private set; } = [];

    public void MoveTo(AuditEntry last) => (Sequence, At, Mac, KeyName) = (last.Sequence, last.At, last.Mac, last.KeyName);

    public void Close(byte[] seal) => Seal = seal;
}
