namespace Luware.Onboarding.Data.Entities;

/// <summary>One entry of a tenant's chain: what somebody did, sealed with a key that is not in the database. Written once, never changed.</summary>
public sealed class AuditEntry : TenantEntity
{
    /// <summary>1, 2, 3 … within its tenant, without a gap.</summary>
    public long Sequence { get; private set; }

    /// <summary>The time to the microsecond, which every database stores exactly.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    /// <summary>Object id of the person who did it; null for the portal itself.</summary>
    public Guid? Person { get; init; }

    /// <summary>The person's Entra tenant when it is not the customer's, as for Luware's own people.</summary>
    public Guid? PersonTenant { get; init; }

    /// <summary>The subject: a step, a step's action, a file.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The details as JSON with sorted names. It holds object ids of people, never their names.</summary>
    public required string DataJson { get; init; }

    /// <summary>The name of the key that sealed it.</summary>
    public string KeyName { get; private set; } = "";

    public byte[] PreviousMac { get; private set; } = [];

    public byte[] Mac { get; private set; } = [];

    /// <summary>Sets the entry's place in the chain; its own seal comes last, because it covers all the rest.</summary>
    public void Join(long sequence, string keyName, byte[] previousMac) => (Sequence, KeyName, PreviousMac) = (sequence, keyName, previousMac);

    public void Close(byte[] mac) => Mac = mac;
}
