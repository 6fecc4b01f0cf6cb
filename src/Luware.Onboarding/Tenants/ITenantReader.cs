using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants;

/// <summary>
/// One tenant for Luware's own people: stored plans and readings, without reading the tenant itself. Every call checks the actor's session, tenant and app role
/// again.
/// </summary>
/// <remarks>Throws <see cref="UnauthorizedAccessException"/> if the session has ended or the role is missing.</remarks>
public interface ITenantReader
{
    /// <returns>Null if there is no such tenant.</returns>
    Task<TenantFile?> ReadAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Yields the tenant at once, then again whenever it has changed; ends if there is no such tenant.</summary>
    IAsyncEnumerable<TenantFile> FollowAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Reads the tenant's timeline, the latest line first.</summary>
    /// <param name="count">The maximum number of lines.</param>
    Task<IReadOnlyList<TimelineLine>> ReadTimelineAsync(Actor actor, Guid tenantId, int count, CancellationToken cancellationToken);
}

/// <param name="Row">Its row in the cockpit.</param>
/// <param name="Details">What Luware decides about it.</param>
/// <param name="View">What its people saw last.</param>
public sealed record TenantFile(CockpitRow Row, TenantDetails Details, OnboardingView View)
{
    public required string Note { get; init; }

    /// <summary>Who last set or withdrew the ready flag.</summary>
    public required string? ReadyBy { get; init; }

    public required DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Since when it is closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it; null while it is open, or if that is unknown.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<InvitationView> Invitations { get; init; }
}

/// <param name="AcceptedBy">Null while nobody has accepted it.</param>
public sealed record InvitationView(
    Guid Id, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? AcceptedBy, DateTimeOffset? AcceptedAt);

/// <param name="Step">Empty if the line concerns the tenant or the whole run.</param>
public sealed record TimelineLine(Guid Id, DateTimeOffset At, JournalKind Kind, string Step, Sentence Text);
