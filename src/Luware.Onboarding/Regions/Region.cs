using System.Globalization;

namespace Luware.Onboarding.Regions;

/// <summary>A Luware Recording cluster: its recording applications, in the order of the preconditions article.</summary>
/// <param name="Key">MTCH or MTDE; also the key of its settings.</param>
/// <param name="Applications">One, or two in a 2N region, where the second is the paired application of the first.</param>
public sealed record Region(string Key, string Name, IReadOnlyList<RecordingApplication> Applications)
{
    /// <summary>Raised by Luware with every change of the region's data.</summary>
    public int Version { get; init; } = 1;

    /// <summary>False where a tenant names a region that the settings do not know any more: all that is left of it is its key.</summary>
    public bool IsConfigured { get; private init; } = true;

    /// <summary>What captures Teams chats; null where Luware offers it on request only.</summary>
    public ChatApplication? Chat { get; init; }

    /// <summary>Azure locations in which recordings may be stored; empty where Luware has named none.</summary>
    public IReadOnlyList<string> StorageLocations { get; init; } = [];

    /// <summary>The subscription from which Luware makes its private endpoints; null where it is not known.</summary>
    public Guid? EndpointSubscription { get; init; }

    public bool Is2N => Applications.Count == 2;

    /// <summary>All that a customer may be asked to consent to, in the order of the steps.</summary>
    public IReadOnlyList<ConsentApplication> ConsentApplications => Chat is null ? Applications : [.. Applications, Chat];

    public static Region Gone(string key) => new(key, key, []) { IsConfigured = false };
}

/// <summary>An application of Luware's own tenant to which an administrator of the customer consents.</summary>
/// <param name="Key">Names it within its region, in addresses and action keys.</param>
/// <param name="ConsentRedirect">The redirect address that is registered for the application; null where it is the portal's own landing.</param>
public abstract record ConsentApplication(string Key, Guid ApplicationId, string DisplayName, Uri? ConsentRedirect);

/// <param name="Number">1 or 2.</param>
/// <param name="DisplayName">For example Luware Recording MTCH 1.</param>
/// <param name="UserPrincipalNamePrefix">For example luwarerecording-mtch-1, before the @ and the tenant's domain.</param>
public sealed record RecordingApplication(int Number, Guid ApplicationId, string DisplayName, string UserPrincipalNamePrefix, Uri? ConsentRedirect)
    : ConsentApplication(Number.ToString(CultureInfo.InvariantCulture), ApplicationId, DisplayName, ConsentRedirect);

/// <summary>What captures Teams chats: an application of its own, which no policy invites.</summary>
public sealed record ChatApplication(Guid ApplicationId, string DisplayName, Uri? ConsentRedirect)
    : ConsentApplication("chat", ApplicationId, DisplayName, ConsentRedirect);

/// <summary>What an application must hold in Microsoft Graph.</summary>
/// <param name="Version">Raised with every change of the list, so that an approval says which list it covered.</param>
public sealed record PermissionSet(int Version, IReadOnlyList<RequiredPermission> All);

/// <summary>A permission that an application must hold.</summary>
/// <param name="Id">The app role's or delegated scope's id in Microsoft Graph: the only thing that is compared for application permissions.</param>
public sealed record RequiredPermission(Guid Id, string Name, bool Delegated);
