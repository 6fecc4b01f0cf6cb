using Luware.Onboarding.Engine.Offboarding;

namespace Luware.Onboarding.Engine;

/// <summary>
/// What comes after recording is set up: test calls, its end, and the end of the portal's own access. Checked and refused like <see cref="IEngine"/>.
/// </summary>
public interface IAftercare
{
    /// <summary>Stores a person's report about a test call.</summary>
    /// <param name="policy">The policy of the person who called.</param>
    Task<Decision> RecordTestCallAsync(Actor actor, TestCallKind kind, string policy, bool worked, CancellationToken cancellationToken);

    /// <summary>Reads the customer's tenant: what would be taken back in which order, and what would stay. Nothing is stored.</summary>
    /// <exception cref="Gateways.GatewayException">A sign-in or a permission is missing. Anything else that cannot be read is reported in the plan.</exception>
    Task<OffboardingPlan> PlanOffboardingAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Approves exactly this plan and starts it in place of any active run. Links that were handed out before stop working.</summary>
    Task<Decision> OffboardAsync(Actor actor, OffboardingPlan plan, CancellationToken cancellationToken);

    /// <summary>
    /// The portal's own enterprise application, for the page where it is removed. Its object id is read now, and null if the portal may not read it.
    /// </summary>
    Task<OwnAccess> ReadOwnAccessAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>
    /// Ends every session of the tenant, the actor's own included, deletes their tokens and revokes its links. Refused while a run is active.
    /// </summary>
    Task<Decision> EndAccessAsync(Actor actor, CancellationToken cancellationToken);
}

/// <summary>The portal as an application of the customer's tenant.</summary>
/// <param name="ObjectId">The object id of the enterprise application; null if it could not be read.</param>
public sealed record OwnAccess(Guid ApplicationId, Guid? ObjectId)
{
    public string Command => ObjectId is { } id
        ? $"Remove-MgServicePrincipal -ServicePrincipalId '{id}'"
        : $"Get-MgServicePrincipal -Filter \"appId eq '{ApplicationId}'\" | ForEach-Object {{ Remove-MgServicePrincipal -ServicePrincipalId $_.Id }}";

    public Uri EntraPage => ObjectId is { } id
        ? new($"https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Properties/objectId/{id}/appId/{ApplicationId}")
        : new("https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview");
}

/// <summary>The calls that together show that recording works, in the order in which they are made.</summary>
public enum TestCallKind
{
    Inside,
    Outside,
    Meeting,
}

/// <summary>The latest outcome of one kind of call with one policy, as a person reported it.</summary>
public sealed record TestCallView(TestCallKind Kind, string Policy, bool Worked, string By, DateTimeOffset At)
{
    public bool IsOf(string policy) => string.Equals(Policy, policy, StringComparison.OrdinalIgnoreCase);
}
