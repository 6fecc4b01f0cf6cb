using System.Text.RegularExpressions;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>Removes tokens from text that the worker writes: modules are known to print failed requests.</summary>
internal static partial class Secrets
{
    public static string Hide(string text) => Token().Replace(text, "(token)");

    public static TeamsError Hide(TeamsError error) => new(
        Hide(error.Category), Hide(error.ErrorId), error.Target is null ? null : Hide(error.Target), Hide(error.Message),
        [.. error.Inner.Select(Hide)], error.CorrelationId is null ? null : Hide(error.CorrelationId));

    /// <summary>Matches a JSON web token, which begins with base64url of {", or a part of one: no ordinary word is that long.</summary>
    [GeneratedRegex(@"(eyJ[\w-]{10,}|[\w-]{60,})(\.[\w-]*)*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
