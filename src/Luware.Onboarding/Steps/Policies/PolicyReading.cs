using System.Text.Json;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>What exists of one policy.</summary>
/// <param name="Policy">Null if no policy has that name.</param>
/// <param name="Assignments">The groups that have it.</param>
internal sealed record PolicyReading(FoundPolicy? Policy, IReadOnlyList<FoundLink> Links, IReadOnlyList<GroupAssignment> Assignments)
{
    public static readonly PolicyReading Absent = new(null, [], []);

    /// <summary>Who has the policy. Counting them takes calls for each policy, so it is done only for one that is to be changed.</summary>
    public PolicyReach Reach { get; init; } = PolicyReach.Uncounted;

    public FoundLink? LinkOf(Guid? objectId) => Links.FirstOrDefault(l => l.ObjectId == objectId);
}

internal sealed record FoundPolicy(string Name, bool Enabled, string? Description)
{
    public static FoundPolicy? From(JsonElement element) =>
        element.Text("Identity") is { } identity ? new(TeamsAnswers.WithoutTag(identity), element.Flag("Enabled"), element.Text("Description")) : null;

    /// <summary>Lists all policies of the tenant.</summary>
    public static async Task<IReadOnlyList<FoundPolicy>> ListAsync(ITeams teams, TenantAccess access, CancellationToken cancellationToken)
    {
        var policies = await teams.InvokeAsync(access, PolicyCommands.ListPolicies, cancellationToken);
        return [.. policies.Objects.Select(From).OfType<FoundPolicy>()];
    }

    /// <summary>True if somebody has described it in words of their own.</summary>
    public bool HasOwnDescription => Description?.Trim() is { Length: > 0 } text && !PolicyChoice.IsRecommendedDescription(text);

    /// <summary>Treats a missing and an empty description as equal, and ignores surrounding spaces, which may get lost.</summary>
    public bool IsDescribedAs(string description) => (Description ?? string.Empty).Trim() == description.Trim();
}

/// <summary>An application instance that a policy invites.</summary>
internal sealed record FoundLink(string Policy, Guid ObjectId, RecordingRules Rules, int Invitations, IReadOnlyList<Guid> Paired)
{
    public bool IsOf(string policy) => TeamsAnswers.IsSameName(Policy, policy);

    /// <summary>Lists the links of all policies.</summary>
    public static async Task<IReadOnlyList<FoundLink>> ListAsync(ITeams teams, TenantAccess access, CancellationToken cancellationToken)
    {
        var applications = await teams.InvokeAsync(access, PolicyCommands.ListApplications, cancellationToken);
        return [.. applications.Objects.Select(From).OfType<FoundLink>()];
    }

    public static FoundLink? From(JsonElement element)
    {
        var identity = TeamsAnswers.WithoutTag(element.Text("Identity") ?? string.Empty).Split('/');
        return identity is [var policy, var id] && Guid.TryParse(id, out var objectId)
            ? new(policy, objectId, RecordingRules.From(element), element.Number("ConcurrentInvitationCount", otherwise: 1), [.. PairedIds(element)])
            : null;
    }

    private static IEnumerable<Guid> PairedIds(JsonElement element) => element.Items("ComplianceRecordingPairedApplications")
        .Select(p => p.ValueKind == JsonValueKind.String ? p.GetString() : p.Text("Id"))
        .Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)
        .Where(id => id != Guid.Empty);
}
