using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

internal static class TeamsRoles
{
    public static readonly IReadOnlyList<DirectoryRole> Administrators = [Roles.GlobalAdministrator, Roles.TeamsAdministrator];
    public static readonly IReadOnlyList<DirectoryRole> Readers = [.. Administrators, Roles.TeamsReader, Roles.GlobalReader];
}
