using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Every tenant as Luware's own people see them. Every call checks the actor's session, tenant and app role again, and crosses tenants.</summary>
/// <remarks>Throws <see cref="UnauthorizedAccessException"/> where the session has ended or the role is missing.</remarks>
public interface ICockpit
{
    /// <summary>One page of what the view asks for.</summary>
    Task<CockpitPage> ReadAsync(Actor actor, CockpitView view, CancellationToken cancellationToken);

    /// <summary>How many are stuck or stand still, and whose tenants there are: what the filters offer.</summary>
    Task<CockpitFilters> ReadFiltersAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>All that the view asks for, in its order, each tenant once whatever changes meanwhile.</summary>
    IAsyncEnumerable<CockpitRow> ExportAsync(Actor actor, CockpitView view, CancellationToken cancellationToken);

    /// <summary>A pulse at once, then whenever something of any tenant has changed; changes in quick succession come as one.</summary>
    IAsyncEnumerable<DateTimeOffset> FollowAsync(Actor actor, CancellationToken cancellationToken);
}

/// <param name="Total">How many fit; where <paramref name="IsMore"/> is set, at least so many.</param>
/// <param name="IsMore">What was searched for fits so many that they are not counted.</param>
public sealed record CockpitPage(IReadOnlyList<CockpitRow> Rows, int Total, bool IsMore);

/// <param name="IdleDays">After how many days without progress a tenant stands still.</param>
public sealed record CockpitFilters(int Tenants, int Stuck, int Idle, int IdleDays, IReadOnlyList<string> Owners);

/// <summary>A tenant in one line.</summary>
public sealed record CockpitRow(Guid Id, Guid EntraTenantId, string Name, string? Domain, string Region, string Language, string? OwnerName, bool Ready)
{
    public required StepStatus Status { get; init; }

    public required WaitsFor? Waits { get; init; }

    /// <summary>The name of the person who is waited for, where one is known.</summary>
    public required string? Who { get; init; }

    public required Sentence? Why { get; init; }

    /// <summary>Who can mend it, where somebody said no.</summary>
    public required Sentence? Next { get; init; }

    public required bool IsStuck { get; init; }

    public required string? AtStep { get; init; }

    public required int Verified { get; init; }

    public required int Steps { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset LastActivityAt { get; init; }

    /// <summary>When it last came on; null once everything is verified.</summary>
    public required DateTimeOffset? IdleSince { get; init; }

    /// <summary>It has not come on for as long as the settings say.</summary>
    public required bool IsIdle { get; init; }
}
