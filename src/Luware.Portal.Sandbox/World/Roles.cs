namespace Luware.Portal.Sandbox.World;

/// <summary>A directory role; its template id is the same in every tenant.</summary>
public sealed record DirectoryRole(Guid TemplateId, string DisplayName);

public static class Roles
{
    public static readonly DirectoryRole GlobalAdministrator = new(Guid.Parse("62e90394-69f5-4237-9190-012177145e10"), "Global Administrator");
    public static readonly DirectoryRole PrivilegedRoleAdministrator = new(Guid.Parse("e8611ab8-c189-46e8-94e1-60213ab1f814"), "Privileged Role Administrator");
    public static readonly DirectoryRole ApplicationAdministrator = new(Guid.Parse("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"), "Application Administrator");
    public static readonly DirectoryRole CloudApplicationAdministrator = new(
        Guid.Parse("158c047a-c907-4556-b7ef-446551a6b5f7"), "Cloud Application Administrator");
    public static readonly DirectoryRole UserAdministrator = new(Guid.Parse("fe930be7-5e62-47db-91af-98c3a49a38b1"), "User Administrator");
    public static readonly DirectoryRole GroupsAdministrator = new(Guid.Parse("fdd7a751-b60b-444a-984c-02652fe8fa1c"), "Groups Administrator");
    public static readonly DirectoryRole TeamsAdministrator = new(Guid.Parse("69091246-20e8-4a56-aa4d-066075b2a7a8"), "Teams Administrator");
    public static readonly DirectoryRole GlobalReader = new(Guid.Parse("f2ef992c-3afb-46b9-b7cf-a126ee74c451"), "Global Reader");
    public static readonly DirectoryRole TeamsReader = new(Guid.Parse("1076ac91-f3d9-41a7-a339-dcdf5f480acc"), "Teams Reader");

    /// <summary>A role that the wids claim contains for every member of a tenant; it has no meaning.</summary>
    public static readonly Guid DefaultUser = Guid.Parse("b79fbf4d-3ef9-4689-8143-76b194e85509");

    /// <summary>Roles that may create groups and change all of them except role-assignable ones.</summary>
    public static readonly IReadOnlyList<DirectoryRole> GroupWriters = [GlobalAdministrator, UserAdministrator, GroupsAdministrator];

    /// <summary>Roles that may consent to application permissions of Microsoft Graph for the whole tenant.</summary>
    public static readonly IReadOnlyList<DirectoryRole> ApplicationPermissionConsenters = [GlobalAdministrator, PrivilegedRoleAdministrator];

    /// <summary>Roles that may consent to delegated permissions which need an administrator.</summary>
    public static readonly IReadOnlyList<DirectoryRole> DelegatedPermissionConsenters =
        [GlobalAdministrator, PrivilegedRoleAdministrator, ApplicationAdministrator, CloudApplicationAdministrator];
}
