namespace Luware.Portal.Sandbox.World;

/// <param name="NeedsAdmin">Whether only an administrator can consent to it.</param>
public sealed record DelegatedPermission(Guid Id, string Name, string Description, bool NeedsAdmin = true);

public sealed record ApplicationPermission(Guid Id, string Name, string Description);

/// <summary>An API that tokens are issued for.</summary>
/// <param name="Audience">The aud claim of its access tokens.</param>
/// <param name="Prefix">The prefix of a scope's full name.</param>
public sealed record ApiResource(
    Guid ApplicationId, string DisplayName, string Audience, string Prefix,
    IReadOnlyList<DelegatedPermission> Scopes, IReadOnlyList<ApplicationPermission> AppRoles)
{
    public DelegatedPermission? FindScope(string name) => Scopes.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));
}

public static class Apis
{
    public static readonly ApiResource Graph = new(
        Guid.Parse("00000003-0000-0000-c000-000000000000"), "Microsoft Graph", "https://graph.microsoft.com", "https://graph.microsoft.com/",
        [
            new(Guid.Parse("e1fe6dd8-ba31-4d61-89e7-88639da4683d"), "User.Read", "Sign you in and read your profile", NeedsAdmin: false),
            new(Guid.Parse("b340eb25-3456-403f-be2f-af7a0d370277"), "User.ReadBasic.All", "Read all users' basic profiles", NeedsAdmin: false),
            new(Guid.Parse("a154be20-db9c-4678-8ab7-66f6cc099a59"), "User.Read.All", "Read all users' full profiles"),
            new(Guid.Parse("c79f8feb-a9db-4090-85f9-90d820caa0eb"), "Application.Read.All", "Read applications"),
            new(Guid.Parse("06da0dbc-49e2-44d2-8312-53f166ab848a"), "Directory.Read.All", "Read directory data"),
            new(Guid.Parse("ba1917bc-a64b-4c71-b66d-229d4a520e66"), "Group.ReadBasic.All", "Read basic properties of all groups"),
            new(Guid.Parse("5f8c59db-677d-491f-a6b8-5f174b11ec1d"), "Group.Read.All", "Read all groups"),
            new(Guid.Parse("bc024368-1153-4739-b217-4326f2e966d0"), "GroupMember.Read.All", "Read group memberships"),
            new(Guid.Parse("4e46008b-f24c-477d-8fff-7bb4ec7aafe0"), "Group.ReadWrite.All", "Read and write all groups"),
            new(Guid.Parse("f81125ac-d3b7-4573-a3b2-7099cc39df9e"), "GroupMember.ReadWrite.All", "Read and write group memberships"),
            new(Guid.Parse("4908d5b9-3fb2-4b1e-9336-1888b7937185"), "Organization.Read.All", "Read organization information"),
            new(Guid.Parse("741c54c3-0c1e-44a1-818b-3f97ab4e8c83"), "RoleManagement.Read.Directory", "Read directory role-based access control settings"),
            new(Guid.Parse("a197cdc4-a8e8-4d49-9d35-4ca7c83887b4"), "DelegatedPermissionGrant.Read.All", "Read delegated permission grants"),
            new(Guid.Parse("f395577a-0960-456b-979f-7228de0c5996"), "LicenseAssignment.Read.All", "Read all license assignments"),
        ],
        [
            new(Guid.Parse("a7a681dc-756e-4909-b988-f160edc6655f"), "Calls.AccessMedia.All", "Access media streams in a call as an app"),
            new(Guid.Parse("f6b49018-60ab-4f81-83bd-22caeabfed2d"), "Calls.JoinGroupCall.All", "Join group calls and meetings as an app"),
            new(Guid.Parse("fd7ccf6b-3d28-418b-9701-cd10f5cd2fd4"), "Calls.JoinGroupCallAsGuest.All", "Join group calls and meetings as a guest"),
            new(Guid.Parse("c1684f21-1984-47fa-9d61-2dc8c296bb70"), "OnlineMeetings.Read.All", "Read online meeting details"),
            new(Guid.Parse("798ee544-9d2d-430c-a058-570e29e34338"), "Calendars.Read", "Read calendars in all mailboxes"),
            new(Guid.Parse("5b567255-7703-4780-807c-7be8301ae99b"), "Group.Read.All", "Read all groups"),
            new(Guid.Parse("98830695-27a2-44f7-8c18-0c3ebc9698f6"), "GroupMember.Read.All", "Read all group memberships"),
            new(Guid.Parse("df021288-bdef-4463-88db-98f22de89214"), "User.Read.All", "Read all users' full profiles"),
            new(Guid.Parse("6b7d71aa-70aa-4810-a8d9-5d9fb2830017"), "Chat.Read.All", "Read all chat messages"),
            new(Guid.Parse("7b2449af-6ccd-4f4d-9f78-e550c193f0d1"), "ChannelMessage.Read.All", "Read all channel messages"),
            new(Guid.Parse("01d4889c-1287-42c6-ac1f-5d1e02578ef6"), "Files.Read.All", "Read files in all site collections"),
        ]);

    public static readonly IReadOnlyList<ApplicationPermission> OfRecorders = Roles(
        "Calls.AccessMedia.All", "Calls.JoinGroupCall.All", "Calls.JoinGroupCallAsGuest.All", "OnlineMeetings.Read.All", "Calendars.Read",
        "Group.Read.All", "GroupMember.Read.All", "User.Read.All");

    public static readonly IReadOnlyList<ApplicationPermission> OfChatCapture = Roles(
        "Chat.Read.All", "ChannelMessage.Read.All", "User.Read.All", "Files.Read.All");

    public static readonly ApiResource Teams = new(
        Guid.Parse("48ac35b8-9aa8-4d74-927d-1f4a14a0b239"), "Skype and Teams Tenant Admin API",
        "48ac35b8-9aa8-4d74-927d-1f4a14a0b239", "48ac35b8-9aa8-4d74-927d-1f4a14a0b239/",
        [new(StableId.Of("Teams", "user_impersonation"), "user_impersonation", "Access Microsoft Teams and Skype for Business data as the signed in user")],
        []);

    public static readonly ApiResource Azure = new(
        Guid.Parse("797f4846-ba00-4fd7-ba43-dac1f8f63013"), "Azure Resource Manager", "https://management.azure.com", "https://management.azure.com/",
        [new(Guid.Parse("41094075-9dad-400e-a0bd-54e686782033"), "user_impersonation", "Access Azure Resource Manager as organization users",
            NeedsAdmin: false)],
        []);

    public static readonly ApiResource Storage = new(
        Guid.Parse("e406a681-f3d4-42a8-90b6-c2b029497af1"), "Azure Storage", "https://storage.azure.com", "https://storage.azure.com/",
        [new(Guid.Parse("03e0da56-190b-40ad-a80c-ea378c433f7f"), "user_impersonation", "Access Azure Storage", NeedsAdmin: false)],
        []);

    public static readonly IReadOnlyList<ApiResource> All = [Graph, Teams, Azure, Storage];

    private static IReadOnlyList<ApplicationPermission> Roles(params IEnumerable<string> names) =>
        [.. names.Select(name => Graph.AppRoles.Single(r => r.Name == name))];
}
