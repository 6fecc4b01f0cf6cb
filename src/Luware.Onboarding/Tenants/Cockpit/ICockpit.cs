using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>All tenants, for Luware's own people. Every call checks the actor's session, tenant and app role again, and reads across tenants.</summary>
/// <remarks>Throws <see cref="UnauthorizedAccessException"/> if the session has ended or the role is missing.</remarks>
public interface ICockpit
{
    /// <summary>Reads one page of a view.</summary>
    Task<CockpitPage> ReadAsync(Actor actor, CockpitView view, CancellationToken cancellationToken);

    /// <summary>Reads what the filters offer: how many tenants are stuck, idle or closed, and who owns tenants.</summary>
    Task<CockpitFilters> ReadFiltersAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Reads all rows of a view in its order, each tenant once, whatever changes meanwhile.</summary>
    IAsyncEnumerable<CockpitRow> ExportAsync(Actor actor, CockpitView view, CancellationToken cancellationToken);

    /// <summary>Yields a pulse at once, then whenever any tenant has changed; changes in quick succession yield one pulse.</summary>
    IAsyncEnumerable<DateTimeOffset> FollowAsync(Actor actor, CancellationToken cancellationToken);
}

/// <param name="Total">The number of matches; a lower bound if <paramref name="IsMore"/> is set.</param>
/// <param name="IsMore">True if a search has too many matches to count.</param>
public sealed record CockpitPage(IReadOnlyList<CockpitRow> Rows, int Total, bool IsMore);

/// <param name="Tenants">The number of open ones, as are those that are stuck or idle.</param>
/// <param name="IdleDays">Days without progress after which a tenant counts as idle.</param>
public sealed record CockpitFilters(int Tenants, int Stuck, int Idle, int Closed, int IdleDays, IReadOnlyList<string> Owners);

/// <summary>A tenant in one line.</summary>
public sealed record CockpitRow(Guid Id, Guid EntraTenantId, string Name, string? Domain, string Region, string Language, string? OwnerName, bool Ready)
{
    public required StepStatus Status { get; init; }

    public required WaitsFor? Waits { get; init; }

    /// <summary>The name of the person who is waited for, if known.</summary>
    public required string? Who { get; init; }

    public required Sentence? Why { get; init; }

    /// <summary>Who can fix a refusal, if there is one.</summary>
    public required Sentence? Next { get; init; }

    public required bool IsStuck { get; init; }

    public required string? AtStep { get; init; }

    public required int Verified { get; init; }

    public required int Steps { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset LastActivityAt { get; init; }

    /// <summary>When it last made progress; null once everything is verified.</summary>
    public required DateTimeOffset? IdleSince { get; init; }

    /// <summary>True if it has made no progress for as long as the settings say.</summary>
    public required bool IsIdle { get; init; }
}
