using System.Diagnostics.CodeAnalysis;

namespace Luware.Portal.Settings;

/// <summary>Rules that several sections share.</summary>
internal static class SettingsRules
{
    /// <summary>True for an absolute https address, or plain http on this machine, where nobody can intercept it.</summary>
    public static bool IsSafeAddress([NotNullWhen(true)] string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    public static bool IsHttpsAddress([NotNullWhen(true)] string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
}
