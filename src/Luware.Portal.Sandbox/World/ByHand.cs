namespace Luware.Portal.Sandbox.World;

/// <summary>Changes that somebody makes in a tenant without the portal: in admin centers, in scripts, by mistake.</summary>
public static class ByHand
{
    private static readonly DateTimeOffset Yesterday = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    /// <returns>The object id of the new application instance.</returns>
    public static Guid MakeInstance(this SandboxTenant tenant, string userPrincipalName, Guid applicationId)
    {
        var made = new ApplicationInstance(Guid.NewGuid(), userPrincipalName, userPrincipalName, applicationId, Yesterday);
        tenant.Change(() => tenant.Instances = tenant.Instances.Add(made));
        return made.ObjectId;
    }

    public static void MakePolicy(this SandboxTenant tenant, string name, string description, params IEnumerable<RecordingLink> links) =>
        tenant.Change(() => tenant.Policies = tenant.Policies.Add(new RecordingPolicy(name, Enabled: true, description, [.. links], Yesterday)));

    /// <summary>Changes the link of the policy's only application.</summary>
    public static void ChangeLink(this SandboxTenant tenant, string policyName, Func<RecordingLink, RecordingLink> change) => tenant.Change(() =>
    {
        var policy = tenant.FindPolicy(policyName)!;
        return tenant.Policies = tenant.Policies.Replace(policy, policy with { Applications = [.. policy.Applications.Select(change)] });
    });
}
