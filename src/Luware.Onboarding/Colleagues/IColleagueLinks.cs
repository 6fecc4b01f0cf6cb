using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Colleagues;

/// <summary>Links with which a step is handed to a colleague of the same tenant: good once, expiring, revocable, stored as hashes.</summary>
public interface IColleagueLinks
{
    /// <summary>Makes the step's link; an older one of the same step is good no more, and its colleague is admitted no more.</summary>
    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person may not work on every step.</exception>
    Task<NewLink> HandAsync(Actor actor, string step, CancellationToken cancellationToken);

    /// <summary>Takes the step back: the link is good no more, and whoever accepted it is admitted no more.</summary>
    /// <inheritdoc cref="HandAsync"/>
    Task RevokeAsync(Actor actor, string step, CancellationToken cancellationToken);

    /// <summary>Where a link's holder must sign in. Nothing is used up.</summary>
    /// <returns>Null where the link leads nowhere, whatever the reason.</returns>
    Task<LinkDoor?> FindAsync(string secret, CancellationToken cancellationToken);

    /// <summary>Uses the link up for this person. Whoever accepted it before, and whoever made it, comes in again by it; nobody else does.</summary>
    Task<LinkAnswer> AcceptAsync(Guid linkId, LinkHolder holder, CancellationToken cancellationToken);
}

/// <param name="Id">The same as in <see cref="HandedView"/>; empty where there is none.</param>
/// <param name="Secret">What the link ends with: shown once, because only its hash is stored. Null where the person may not hand the step on.</param>
/// <param name="Problem">Why there is none.</param>
public sealed record NewLink(Guid Id, string? Secret, DateTimeOffset ExpiresAt, Sentence? Problem)
{
    /// <summary>The address of the door, to which every link leads. The secret is its query: a path would stand in the scope of every line that is logged meanwhile.</summary>
    public const string Door = "/colleague";

    public string? Path => Secret is null ? null : $"{Door}?link={Secret}";

    public override string ToString() => "NewLink (hidden)";
}

/// <param name="EntraTenantId">The tenant at whose own authority the holder signs in: a guest's home tenant would be another.</param>
public sealed record LinkDoor(Guid LinkId, Guid EntraTenantId);

/// <summary>Who came back from sign-in, as the validated token says.</summary>
public sealed record LinkHolder(Guid EntraTenantId, Guid PersonId);

/// <param name="Step">Where the holder goes on; null where the link let nobody in.</param>
public sealed record LinkAnswer(LinkAnswerKind Kind, string? Step = null)
{
    /// <summary>The step was handed to the holder, by this link.</summary>
    public bool IsColleague => Kind is LinkAnswerKind.Accepted or LinkAnswerKind.CameAgain;
}

public enum LinkAnswerKind
{
    /// <summary>Used up just now.</summary>
    Accepted,

    /// <summary>By whoever accepted it before.</summary>
    CameAgain,

    /// <summary>By whoever made it; nothing was used up.</summary>
    Own,

    /// <summary>The holder belongs to another tenant; nothing was used up.</summary>
    OtherTenant,

    /// <summary>Unknown, used by somebody else, expired or revoked.</summary>
    Refused,
}
