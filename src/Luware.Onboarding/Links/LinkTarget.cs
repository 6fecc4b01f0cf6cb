namespace Luware.Onboarding.Links;

/// <param name="EntraTenantId">The tenant at whose own authority the holder signs in, because a guest's home tenant would be another.</param>
public sealed record LinkTarget(Guid LinkId, Guid EntraTenantId);

/// <summary>The person who came back from sign-in, according to the validated token.</summary>
public sealed record LinkHolder(Guid EntraTenantId, Guid PersonId)
{
    /// <summary>The active directory roles (template ids) that the token names.</summary>
    public IReadOnlyList<Guid> Roles { get; init; } = [];
}

public enum LinkAnswerKind
{
    /// <summary>The link was used up by this call.</summary>
    Accepted,

    /// <summary>The holder had accepted the link before.</summary>
    CameAgain,

    /// <summary>The holder created the link; it was not used up.</summary>
    Own,

    /// <summary>The invitation admits nobody any more, but the holder needs none: a directory role of theirs is enough.</summary>
    NotNeeded,

    /// <summary>The holder belongs to another tenant; the link was not used up.</summary>
    OtherTenant,

    /// <summary>Unknown, used by somebody else, expired or revoked.</summary>
    Refused,
}

/// <summary>The two kinds of links; each has its own address.</summary>
internal enum LinkKind
{
    Invitation,
    HandedStep,
}
