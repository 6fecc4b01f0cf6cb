using System.Globalization;

namespace Luware.Onboarding.Regions;

/// <summary>A Luware Recording cluster: its recording applications, in the order of the preconditions article.</summary>
/// <param name="Key">MTCH or MTDE; also the key of its settings.</param>
/// <param name="Applications">One, or two in a 2N region, where the second is the paired application of the first.</param>
public sealed record Region(string Key, string Name, IReadOnlyList<RecordingApplication> Applications)
{
    /// <summary>Raised by Luware with every change of the region's data.</summary>
    public int Version { get; init; } = 1;

    /// <summary>False if a tenant names a region that is no longer configured; then only the key is known.</summary>
    public bool IsConfigured { get; private init; } = true;

    /// <summary>The application that captures Teams chats; null if Luware offers it on request only.</summary>
    public ChatApplication? Chat { get; init; }

    /// <summary>Azure locations that may store recordings; empty if Luware names none.</summary>
    public IReadOnlyList<string> StorageLocations { get; init; } = [];

    /// <summary>The subscription from which Luware creates its private endpoints; null if it is not known.</summary>
    public Guid? EndpointSubscription { get; init; }

    public bool Is2N => Applications.Count == 2;

    /// <summary>All applications that a customer may be asked to consent to, in the order of the steps.</summary>
    public IReadOnlyList<ConsentApplication> ConsentApplications => Chat is null ? Applications : [.. Applications, Chat];

    public static Region Gone(string key) => new(key, key, []) { IsConfigured = false };
}

/// <summary>An application in Luware's own tenant to which a customer's administrator consents.</summary>
/// <param name="Key">Identifies it within its region, in addresses and action keys.</param>
/// <param name="ConsentRedirect">The application's registered redirect address; null if it is the portal's own landing page.</param>
public abstract record ConsentApplication(string Key, Guid ApplicationId, string DisplayName, Uri? ConsentRedirect)
{
    /// <summary>A specialist entered the id for this tenant alone; it is not the region's.</summary>
    public bool IsTenantsOwn { get; init; }
}

/// <param name="Number">1 or 2.</param>
/// <param name="DisplayName">For example Luware Recording MTCH 1.</param>
/// <param name="UserPrincipalNamePrefix">For example luwarerecording-mtch-1, before the @ and the tenant's domain.</param>
public sealed record RecordingApplication(int Number, Guid ApplicationId, string DisplayName, string UserPrincipalNamePrefix, Uri? ConsentRedirect)
    : ConsentApplication(Number.ToString(CultureInfo.InvariantCulture), ApplicationId, DisplayName, ConsentRedirect);

/// <summary>The application that captures Teams chats; no policy invites it.</summary>
public sealed record ChatApplication(Guid ApplicationId, string DisplayName, Uri? ConsentRedirect)
    : ConsentApplication("chat", ApplicationId, DisplayName, ConsentRedirect);

/// <summary>The permissions that an application needs in Microsoft Graph.</summary>
/// <param name="Version">Raised with every change of the list, so that an approval says which list it covered.</param>
public sealed record PermissionSet(int Version, IReadOnlyList<RequiredPermission> All);

/// <summary>A permission that an application needs.</summary>
/// <param name="Id">The app role's or delegated scope's id in Microsoft Graph. Application permissions are compared by id only.</param>
public sealed record RequiredPermission(Guid Id, string Name, bool Delegated);
