namespace Luware.Onboarding.Audit;

/// <summary>The result of checking a tenant's whole chain.</summary>
/// <param name="TenantId">The portal's id of the tenant.</param>
/// <param name="Entries">The number of valid entries, counted from the first.</param>
/// <param name="Fault">The first fault; null if there is none.</param>
public sealed record AuditFinding(Guid TenantId, long Entries, AuditAnchor? Head, AuditFault? Fault)
{
    /// <summary>The given anchors that do not match the chain.</summary>
    public IReadOnlyList<AuditAnchor> Misfits { get; init; } = [];

    public bool IsWhole => Fault is null;
}

/// <param name="Sequence">The first entry that is wrong or missing.</param>
public sealed record AuditFault(AuditFaultKind Kind, long Sequence)
{
    /// <summary>The original number of an entry that was moved.</summary>
    public long? Was { get; init; }
}

public enum AuditFaultKind
{
    /// <summary>The seal does not match the content.</summary>
    Changed,

    /// <summary>The entry is missing, and later ones exist.</summary>
    Removed,

    /// <summary>The entry was sealed for another number.</summary>
    Moved,

    /// <summary>The entry's own seal is valid, but it does not follow the previous entry.</summary>
    Detached,

    /// <summary>The entry was sealed with a key that the settings do not name.</summary>
    UnknownKey,

    /// <summary>The entry and all after it are gone, although the head or an anchor refers to them.</summary>
    Cut,

    /// <summary>The entry comes after the end that the head names.</summary>
    BehindHead,

    /// <summary>The head is missing or was changed.</summary>
    Head,

    /// <summary>The entry differs from the one that was anchored.</summary>
    NotAnchored,
}
