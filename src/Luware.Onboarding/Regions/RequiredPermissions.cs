namespace Luware.Onboarding.Regions;

/// <summary>
/// The permissions that every recording application needs in Microsoft Graph. Application permissions are compared by id, because the spelling of their names
/// differs between Luware's article, Microsoft's pages, and over time.
/// </summary>
public static class RequiredPermissions
{
    public static readonly PermissionSet Recording = new(Version: 1,
    [
        Application("a7a681dc-756e-4909-b988-f160edc6655f", "Calls.AccessMedia.All"),
        Application("f6b49018-60ab-4f81-83bd-22caeabfed2d", "Calls.JoinGroupCall.All"),
        Application("fd7ccf6b-3d28-418b-9701-cd10f5cd2fd4", "Calls.JoinGroupCallAsGuest.All"),
        Application("c1684f21-1984-47fa-9d61-2dc8c296bb70", "OnlineMeetings.Read.All"),
        Application("798ee544-9d2d-430c-a058-570e29e34338", "Calendars.Read"),
        Application("5b567255-7703-4780-807c-7be8301ae99b", "Group.Read.All"),
        Application("98830695-27a2-44f7-8c18-0c3ebc9698f6", "GroupMember.Read.All"),
        Application("df021288-bdef-4463-88db-98f22de89214", "User.Read.All"),
        new(new Guid("e1fe6dd8-ba31-4d61-89e7-88639da4683d"), "User.Read", Delegated: true),
    ]);

    private static RequiredPermission Application(string id, string name) => new(new Guid(id), name, Delegated: false);
}
