using System.Reflection;

namespace Luware.Portal.Operations;

/// <summary>The version of this portal, which its build names (<c>PORTAL_VERSION</c> in the Dockerfile).</summary>
internal static class PortalVersion
{
    public static string Text { get; } = typeof(PortalVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
