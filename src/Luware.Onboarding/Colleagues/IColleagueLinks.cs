using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Colleagues;

/// <summary>Links with which a step is handed to a colleague of the same tenant: single-use, expiring, revocable, stored as hashes.</summary>
public interface IColleagueLinks
{
    /// <summary>Creates the step's link. An older link of the same step becomes invalid, and its colleague is no longer admitted.</summary>
    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person may not work on every step.</exception>
    Task<NewLink> HandAsync(Actor actor, string step, CancellationToken cancellationToken);

    /// <summary>Takes the step back: the link becomes invalid, and the colleague who accepted it is no longer admitted.</summary>
    /// <inheritdoc cref="HandAsync"/>
    Task RevokeAsync(Actor actor, string step, CancellationToken cancellationToken);

    /// <summary>Returns the tenant at which a link's holder must sign in. Does not use the link up.</summary>
    /// <returns>Null if the link is not valid, whatever the reason.</returns>
    Task<LinkTarget?> FindAsync(string secret, CancellationToken cancellationToken);

    /// <summary>Uses the link up for this person. The person who accepted it before and the one who created it are admitted again; nobody else is.</summary>
    Task<LinkAnswer> AcceptAsync(Guid linkId, LinkHolder holder, CancellationToken cancellationToken);
}

/// <param name="Id">The same as in <see cref="HandedView"/>; empty if there is no link.</param>
/// <param name="Secret">The last part of the link, shown once because only its hash is stored. Null if the person may not hand the step on.</param>
/// <param name="Problem">Why there is no link.</param>
public sealed record NewLink(Guid Id, string? Secret, DateTimeOffset ExpiresAt, Sentence? Problem)
{
    /// <summary>The address that every link opens. The secret is in its query, because a path would appear in the log scope of the request.</summary>
    public const string Address = "/colleague";

    public string? Path => Secret is null ? null : $"{Address}?link={Secret}";

    public override string ToString() => "NewLink (hidden)";
}

/// <param name="Step">The step where the holder continues; null if the link was refused.</param>
public sealed record LinkAnswer(LinkAnswerKind Kind, string? Step = null)
{
    /// <summary>The step was handed to the holder, by this link.</summary>
    public bool IsColleague => Kind is LinkAnswerKind.Accepted or LinkAnswerKind.CameAgain;
}
