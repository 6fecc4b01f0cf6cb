using System.Diagnostics.CodeAnalysis;

namespace Luware.Portal.Settings;

/// <summary>The rules that several sections share.</summary>
internal static class SettingsRules
{
    /// <summary>An absolute https address; plain http only on this machine, where nobody can listen.</summary>
    public static bool IsSafeAddress([NotNullWhen(true)] string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    public static bool IsHttpsAddress([NotNullWhen(true)] string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
}
