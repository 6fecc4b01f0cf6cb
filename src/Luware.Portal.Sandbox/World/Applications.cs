using System.Collections.Immutable;
using Luware.Portal.Consent;
using Luware.Portal.SignIn;

namespace Luware.Portal.Sandbox.World;

/// <summary>An application registration in Luware's own tenant; customers consent to it.</summary>
/// <param name="AppRoles">The application permissions of Microsoft Graph that admin consent grants.</param>
public sealed record RegisteredApplication(
    Guid ClientId, string DisplayName, string? Secret, ImmutableList<Uri> RedirectUris, IReadOnlyList<ApplicationPermission> AppRoles);

/// <summary>The applications registered in this Entra. A portal that announces itself adds its redirect addresses.</summary>
public sealed class Applications
{
    public static readonly Guid PortalClientId = Guid.Parse("5d2a1c6e-0b3f-4f8e-9a57-6c1de8f0a410");
    public const string PortalSecret = "sandbox-portal-secret";

    /// <summary>App roles of the portal's registration.</summary>
    public const string SuccessSpecialist = "SuccessSpecialist", PortalAdministrator = "PortalAdministrator";

    public static readonly Guid Switzerland1 = Guid.Parse("0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101");
    public static readonly Guid Germany1 = Guid.Parse("0c6a9f1e-7d54-4b0b-8a39-5f2e61b7d201");
    public static readonly Guid Germany2 = Guid.Parse("0c6a9f1e-7d54-4b0b-8a39-5f2e61b7d202");

    public static readonly Guid Chat = Guid.Parse("0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c301");

    public static readonly Uri Website = new("https://luware.com");

    private readonly Lock _gate = new();

    public ImmutableList<RegisteredApplication> All { get; private set; } =
    [
        new(PortalClientId, "Luware Onboarding Portal", PortalSecret, [], []),
        Recorder(Switzerland1, "Luware Recording MTCH 1"),
        Recorder(Germany1, "Luware Recording MTDE 1"),
        Recorder(Germany2, "Luware Recording MTDE 2"),
        new(Chat, "Luware Recording Chat", null, [Website], Apis.OfChatCapture),
    ];

    /// <summary>The portal's address; null until one has announced itself.</summary>
    public Uri? PortalAddress { get; private set; }

    public RegisteredApplication? Find(string? clientId) =>
        Guid.TryParse(clientId, out var id) ? All.Find(a => a.ClientId == id) : null;

    /// <summary>Registers the redirect addresses of the portal that listens at <paramref name="address"/>.</summary>
    public void AnnouncePortal(Uri address)
    {
        lock (_gate)
        {
            PortalAddress = address;
            All = All.ConvertAll(application => application.ClientId == PortalClientId
                ? WithRedirects(application, new Uri(address, SignInPaths.Callback), new Uri(address, SignInPaths.SignedOut))
                : WithRedirects(application, new Uri(address, ConsentPaths.Landing)));
        }
    }

    private static RegisteredApplication WithRedirects(RegisteredApplication application, params IEnumerable<Uri> uris) =>
        application with { RedirectUris = [.. application.RedirectUris.Union(uris)] };

    private static RegisteredApplication Recorder(Guid clientId, string name) => new(clientId, name, null, [Website], Apis.OfRecorders);
}
