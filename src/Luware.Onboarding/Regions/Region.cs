namespace Luware.Onboarding.Regions;

/// <summary>A Luware Recording cluster: its recording applications, in the order of the preconditions article.</summary>
/// <param name="Key">MTCH or MTDE; also the key of its settings.</param>
/// <param name="Applications">One, or two in a 2N region, where the second is the paired application of the first.</param>
public sealed record Region(string Key, string Name, IReadOnlyList<RecordingApplication> Applications)
{
    /// <summary>Azure locations in which recordings may be stored; empty where Luware has named none.</summary>
    public IReadOnlyList<string> StorageLocations { get; init; } = [];

    /// <summary>The subscription from which Luware makes its private endpoints; null where it is not known.</summary>
    public Guid? EndpointSubscription { get; init; }

    public bool Is2N => Applications.Count == 2;
}

/// <param name="Number">1 or 2.</param>
/// <param name="DisplayName">For example Luware Recording MTCH 1.</param>
/// <param name="UserPrincipalNamePrefix">For example luwarerecording-mtch-1, before the @ and the tenant's domain.</param>
/// <param name="ConsentRedirect">The redirect address that is registered for the application; null where it is the portal's own landing.</param>
public sealed record RecordingApplication(int Number, Guid ApplicationId, string DisplayName, string UserPrincipalNamePrefix, Uri? ConsentRedirect);

/// <summary>A permission that a recording application must hold.</summary>
/// <param name="Id">The app role's or delegated scope's id in Microsoft Graph: the only thing that is compared for application permissions.</param>
public sealed record RequiredPermission(Guid Id, string Name, bool Delegated);
