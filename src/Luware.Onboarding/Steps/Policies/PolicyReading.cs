using System.Text.Json;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>What is there of one policy, and how many people have it through groups.</summary>
/// <param name="Policy">Null where there is no policy of that name.</param>
internal sealed record PolicyReading(FoundPolicy? Policy, IReadOnlyList<FoundLink> Links, int People)
{
    public FoundLink? LinkOf(Guid? objectId) => Links.FirstOrDefault(l => l.ObjectId == objectId);

    public static async Task<PolicyReading> ReadAsync(ITeams teams, IDirectory directory, TenantAccess access, string name, CancellationToken cancellationToken)
    {
        var policies = await teams.InvokeAsync(access, PolicyCommands.ListPolicies, cancellationToken);
        if (policies.Objects.Select(FoundPolicy.From).FirstOrDefault(p => TeamsAnswers.IsSameName(p?.Name, name)) is not { } policy)
            return new PolicyReading(null, [], 0);

        var links = await FoundLink.ListAsync(teams, access, name, cancellationToken);
        return new PolicyReading(policy, links, await CountPeopleAsync(teams, directory, access, name, cancellationToken));
    }

    private static async Task<int> CountPeopleAsync(ITeams teams, IDirectory directory, TenantAccess access, string policy, CancellationToken cancellationToken)
    {
        var people = new HashSet<Guid>();
        foreach (var assignment in await GroupAssignments.ListAsync(teams, access, cancellationToken))
        {
            if (assignment.IsOf(policy) && await directory.FindGroupAsync(access, assignment.GroupId, cancellationToken) is not null)
                people.UnionWith((await directory.GetMembersAsync(access, assignment.GroupId, cancellationToken)).Where(m => m.Kind == MemberKind.User).Select(m => m.Id));
        }
        return people.Count;
    }
}

internal sealed record FoundPolicy(string Name, bool Enabled)
{
    public static FoundPolicy? From(JsonElement element) =>
        element.Text("Identity") is { } identity ? new(TeamsAnswers.WithoutTag(identity), element.Flag("Enabled")) : null;
}

/// <summary>An application instance that a policy invites.</summary>
internal sealed record FoundLink(string Policy, Guid ObjectId, RecordingRules Rules, int Invitations, IReadOnlyList<Guid> Paired)
{
    public static async Task<IReadOnlyList<FoundLink>> ListAsync(ITeams teams, TenantAccess access, string policy, CancellationToken cancellationToken)
    {
        var applications = await teams.InvokeAsync(access, PolicyCommands.ListApplications, cancellationToken);
        return [.. applications.Objects.Select(From).OfType<FoundLink>().Where(l => TeamsAnswers.IsSameName(l.Policy, policy))];
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
