using System.Text.RegularExpressions;
using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tokens;

/// <summary>What Entra says where it sends a person back with an error, in an address or in an exception's text.</summary>
internal static partial class EntraAnswer
{
    public const string Service = "Microsoft Entra";

    // Entra's own values are far shorter; longer ones are not looked at any further.
    private const int Longest = 2000;

    /// <summary>
    /// Errors come in several shapes: with and without a description, with the older error_subcode, with or without a tenant. Null where
    /// the address names no error.
    /// </summary>
    public static RemoteAnswer? From(IQueryCollection query)
    {
        var (error, description, subcode) = (Value(query, "error"), Value(query, "error_description"), Value(query, "error_subcode"));
        if ((error ?? description ?? subcode) is null)
            return null;
        var code = Code(description);
        return new RemoteAnswer(Service, code.Length > 0 ? code : Word(subcode) ?? Word(error) ?? "", error ?? "", description ?? "", CorrelationId(description));
    }

    /// <summary>Null for one that is missing, comes twice or is huge.</summary>
    public static string? Value(IQueryCollection query, string key) =>
        query.TryGetValue(key, out var values) && values is [{ Length: > 0 and <= Longest } only] ? only : null;

    /// <summary>AADSTS and its number, as people quote it; empty where the text names none.</summary>
    public static string Code(string? text) => text is null ? "" : AadstsCode().Match(text).Value;

    /// <summary>The protocol's own words: a code stands in logs and in the audit, and what anybody may write into an address does not.</summary>
    private static string? Word(string? value) => value is not null && ProtocolWord().IsMatch(value) ? value : null;

    private static string? CorrelationId(string? text) => text is not null && Correlation().Match(text) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex(@"\A[a-z_]{1,40}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProtocolWord();

    [GeneratedRegex(@"AADSTS\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AadstsCode();

    [GeneratedRegex(@"Correlation ID: (?<id>[0-9a-fA-F-]{36})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Correlation();
}
