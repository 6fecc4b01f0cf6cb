namespace Luware.Onboarding.Data.Entities;

/// <summary>One link of a tenant's chain: what somebody did, sealed with a key that the database does not hold. Written once, never changed.</summary>
public sealed class AuditEntry : TenantEntity
{
    /// <summary>1, 2, 3 … within its tenant, without a gap.</summary>
    public long Sequence { get; private set; }

    /// <summary>To the microsecond, so that every database gives back what it was given.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    /// <summary>Object id of whoever did it; null where the portal did by itself.</summary>
    public Guid? Person { get; init; }

    /// <summary>The Entra tenant of the person where that is not the customer's: one of Luware's.</summary>
    public Guid? PersonTenant { get; init; }

    /// <summary>What it is about: a step, a step's action, a file.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What belongs to it as JSON, its names in order. Holds object ids of people, never their names.</summary>
    public required string DataJson { get; init; }

    /// <summary>Name of the key that sealed it.</summary>
    public string KeyName { get; private set; } = "";

    public byte[] PreviousMac { get; private set; } = [];

    public byte[] Mac { get; private set; } = [];

    /// <summary>Gives it its place; its own seal comes last, because it covers all the rest.</summary>
    public void Join(long sequence, string keyName, byte[] previousMac) => (Sequence, KeyName, PreviousMac) = (sequence, keyName, previousMac);

    public void Close(byte[] mac) => Mac = mac;
}
