using Luware.Portal.Sandbox.Teams;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Whole.Matrix;

/// <summary>A step of the matrix: what it still has to do in its tenant, and its own remote calls.</summary>
/// <param name="Step">Its name in the step catalogue.</param>
/// <param name="IsThere">Everything that the step wants exists in the tenant exactly once.</param>
internal sealed record Row(string Step, Undone Undone, Func<Scene, bool> IsThere)
{
    private const string Policy = "luwarerecordingfailclose1";

    /// <summary>In Germany, where the step has a second application.</summary>
    public bool Is2N { get; init; }

    /// <summary>A request to Graph that the step makes in a run; null if there is none.</summary>
    public string? Graph { get; init; }

    /// <summary>A request to Azure Resource Manager.</summary>
    public string? Azure { get; init; }

    /// <summary>The cmdlet that it uses for writing.</summary>
    public string? Cmdlet { get; init; }

    /// <summary>True if a person consents on Microsoft's page.</summary>
    public bool Consents { get; init; }

    /// <summary>True if it creates groups, which Graph and Teams must learn of.</summary>
    public bool MakesGroups { get; init; }

    /// <summary>True if lists contain what it creates only after a delay.</summary>
    public bool Shows { get; init; }

    /// <summary>True if its effect reaches people only after a delay.</summary>
    public bool TakesEffect { get; init; }

    public static readonly IReadOnlyList<Row> All =
    [
        new("security-groups", Undone.Groups, HasGroups) { Graph = "PATCH /groups", MakesGroups = true, Shows = true },
        new("consent", Undone.Consent, HasConsent) { Graph = "GET /servicePrincipals", Consents = true },
        new("whitelisting", Undone.Instances,
            s => s.Tenant.Instances is [_]) { Graph = "GET /organization", Cmdlet = "New-CsOnlineApplicationInstance", Shows = true },
        new("policies", Undone.Policies,
            s => s.Tenant.Policies is [{ Enabled: true, Applications: [_] }]) { Cmdlet = "New-CsTeamsComplianceRecordingPolicy", Shows = true },
        new("grants", Undone.Grants, IsGranted) { Graph = "/members", Cmdlet = "New-CsGroupPolicyAssignment", Shows = true, TakesEffect = true },
        new("chat-capture", Undone.ChatCapture, HasChat) { Graph = "GET /servicePrincipals", Consents = true },
        new("storage", Undone.Storage, s => s.Tenant.Azure is { Containers: [_], IsNetworkRegistered: true }) { Azure = "PUT " },
        new("consent", Undone.Consent, HasConsent) { Is2N = true, Consents = true },
        new("policies", Undone.Policies, IsPaired) { Is2N = true, Cmdlet = "Set-CsTeamsComplianceRecordingApplication", Shows = true },
    ];

    public override string ToString() => Is2N ? $"{Step} (2N)" : Step;

    /// <summary>
    /// The assignment alone is not enough: the test user must have the policy through the group. The trial that was taken back may be in force for a while
    /// beside it.
    /// </summary>
    private static bool IsGranted(Scene scene)
    {
        var inForce = EffectivePolicies.Of(scene.Tenant, scene.Faults, scene.Tester).ToList();
        return scene.Tenant.GroupAssignments is [_] && scene.Tenant.DirectAssignments is []
            && inForce.Exists(p => p.Group is not null) && inForce.TrueForAll(p => p.PolicyName == Policy);
    }

    private static bool IsPaired(Scene scene) =>
        scene.Tenant.Policies is [{ Enabled: true, Applications: [{ Paired: { } second } link] }]
        && scene.Tenant.Instances.Select(i => i.ObjectId).ToHashSet().SetEquals([link.ObjectId, second]);

    private static bool HasGroups(Scene scene) =>
        scene.Tenant.Groups.Count(g => g.DisplayName.StartsWith("LuwareRecording-", StringComparison.Ordinal) && g.Members.Contains(scene.Tester.Id)) == 3;

    private static bool HasConsent(Scene scene) =>
        scene.Recorders.All(id => scene.Tenant.FindServicePrincipal(id)?.AppRoles.Count == Apis.OfRecorders.Count);

    private static bool HasChat(Scene scene) => scene.Tenant.FindServicePrincipal(Applications.Chat)?.AppRoles.Count == Apis.OfChatCapture.Count;
}
