using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Whole.Matrix;

/// <summary>A step of the matrix: what it still has to do in its tenant, and the calls that are its own.</summary>
/// <param name="Step">Its name in the catalogue of steps.</param>
/// <param name="IsThere">Everything that the step wants is in the tenant, and once.</param>
internal sealed record Row(string Step, Undone Undone, Func<SandboxTenant, bool> IsThere)
{
    /// <summary>A request to Graph that the step makes when it runs; null where it makes none of its own.</summary>
    public string? Graph { get; init; }

    /// <summary>A request to Azure Resource Manager.</summary>
    public string? Azure { get; init; }

    /// <summary>The cmdlet with which it writes.</summary>
    public string? Cmdlet { get; init; }

    /// <summary>A person consents on Microsoft's page.</summary>
    public bool Consents { get; init; }

    /// <summary>Makes groups that Graph and Teams must get to know.</summary>
    public bool MakesGroups { get; init; }

    /// <summary>What it makes is listed only after a while.</summary>
    public bool Shows { get; init; }

    /// <summary>What it makes is in effect for people only after a while.</summary>
    public bool TakesEffect { get; init; }

    public static readonly IReadOnlyList<Row> All =
    [
        new("security-groups", Undone.Groups, HasGroups) { Graph = "PATCH /groups", MakesGroups = true, Shows = true },
        new("consent", Undone.Consent, HasConsent) { Graph = "GET /servicePrincipals", Consents = true },
        new("whitelisting", Undone.Instances, t => t.Instances is [_]) { Graph = "GET /organization", Cmdlet = "New-CsOnlineApplicationInstance", Shows = true },
        new("policies", Undone.Policies, t => t.Policies is [{ Enabled: true, Applications: [_] }]) { Cmdlet = "New-CsTeamsComplianceRecordingPolicy", Shows = true },
        new("grants", Undone.Grants, t => t.GroupAssignments is [_] && t.DirectAssignments is []) { Graph = "/members", Cmdlet = "New-CsGroupPolicyAssignment", Shows = true, TakesEffect = true },
        new("chat-capture", Undone.ChatCapture, HasChat) { Graph = "GET /servicePrincipals", Consents = true },
        new("storage", Undone.Storage, t => t.Azure is { Containers: [_], IsNetworkRegistered: true }) { Azure = "PUT " },
    ];

    private static bool HasGroups(SandboxTenant tenant) =>
        tenant.Groups.Count(g => g.DisplayName.StartsWith("LuwareRecording-", StringComparison.Ordinal) && g.Members.Contains(tenant.People[1].Id)) == 3;

    private static bool HasConsent(SandboxTenant tenant) => tenant.FindServicePrincipal(Applications.Switzerland1)?.AppRoles.Count == Apis.OfRecorders.Count;

    private static bool HasChat(SandboxTenant tenant) => tenant.FindServicePrincipal(Applications.Chat)?.AppRoles.Count == Apis.OfChatCapture.Count;
}
