using Luware.Onboarding.Settings;

namespace Luware.Portal.Settings;

/// <summary>Articles about recording outside the portal, for further reading.</summary>
internal sealed class ArticleSettings : ISettings
{
    public static string Section => "Articles";

    /// <summary>Microsoft's introduction to compliance recording.</summary>
    public string? Introduction { get; set; }

    /// <summary>Luware's article about the preconditions.</summary>
    public string? Preconditions { get; set; }

    /// <summary>The version of that article that this portal's steps follow.</summary>
    public string? PreconditionsVersion { get; set; }

    public IEnumerable<string> Faults()
    {
        if (!IsLink(Introduction))
            yield return $"Articles:Introduction is '{Introduction}'. Set an https: address, or leave it away.";
        if (!IsLink(Preconditions))
            yield return $"Articles:Preconditions is '{Preconditions}'. Set an https: address, or leave it away.";
    }

    private static bool IsLink(string? value) => value is null || (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps);
}
