namespace Luware.Onboarding.Audit;

/// <summary>What a look at a tenant's whole chain found.</summary>
/// <param name="TenantId">The portal's id of the tenant.</param>
/// <param name="Entries">How many entries were good, from the first on.</param>
/// <param name="Fault">The first fault; null where there is none.</param>
public sealed record AuditFinding(Guid TenantId, long Entries, AuditAnchor? Head, AuditFault? Fault)
{
    /// <summary>Those of the given anchors of which the chain knows nothing, or something else.</summary>
    public IReadOnlyList<AuditAnchor> Misfits { get; init; } = [];

    public bool IsWhole => Fault is null;
}

/// <param name="Sequence">The first entry that is wrong or missing.</param>
public sealed record AuditFault(AuditFaultKind Kind, long Sequence)
{
    /// <summary>Where the entry had been before it was moved.</summary>
    public long? Was { get; init; }
}

public enum AuditFaultKind
{
    /// <summary>Its seal does not fit what it says.</summary>
    Changed,

    /// <summary>It is not there, and later ones are.</summary>
    Removed,

    /// <summary>It was sealed for another place.</summary>
    Moved,

    /// <summary>Its own seal is good, but it does not follow the entry before it.</summary>
    Detached,

    /// <summary>It was sealed with a key that the settings do not name.</summary>
    UnknownKey,

    /// <summary>It and all after it are gone: the head or an anchor knows of them.</summary>
    Cut,

    /// <summary>It comes after what the head calls the end.</summary>
    BehindHead,

    /// <summary>The head is missing or was changed.</summary>
    Head,

    /// <summary>It is not the entry that was anchored.</summary>
    NotAnchored,
}
