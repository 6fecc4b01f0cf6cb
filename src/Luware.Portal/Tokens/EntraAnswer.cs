using System.Text.RegularExpressions;
using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tokens;

/// <summary>Reads Entra's errors, from the address with which it returns a person or from an exception's text.</summary>
internal static partial class EntraAnswer
{
    public const string Service = "Microsoft Entra";

    // Entra's own values are far shorter; longer ones are ignored.
    private const int Longest = 2000;

    /// <summary>
    /// Reads an error from an address. Errors have several shapes: with and without a description, with the older error_subcode, with or without a tenant.
    /// Null if the address contains no error.
    /// </summary>
    public static RemoteAnswer? From(IQueryCollection query)
    {
        var (error, description, subcode) = (Value(query, "error"), Value(query, "error_description"), Value(query, "error_subcode"));
        if ((error ?? description ?? subcode) is null)
            return null;
        var code = Code(description);
        return new RemoteAnswer(
            Service, code.Length > 0 ? code : Word(subcode) ?? Word(error) ?? "", error ?? "", description ?? "", CorrelationId(description));
    }

    /// <summary>Returns null for a value that is missing, repeated or too long.</summary>
    public static string? Value(IQueryCollection query, string key) =>
        query.TryGetValue(key, out var values) && values is [{ Length: > 0 and <= Longest } only] ? only : null;

    /// <summary>The AADSTS code, as people quote it; empty if the text contains none.</summary>
    public static string Code(string? text) => text is null ? "" : AadstsCode().Match(text).Value;

    /// <summary>Accepts the protocol's own words only: a code appears in logs and in the audit, and an address can contain arbitrary text.</summary>
    private static string? Word(string? value) => value is not null && ProtocolWord().IsMatch(value) ? value : null;

    private static string? CorrelationId(string? text) =>
        text is not null && Correlation().Match(text) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex(@"\A[a-z_]{1,40}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProtocolWord();

    [GeneratedRegex(@"AADSTS\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AadstsCode();

    [GeneratedRegex(@"Correlation ID: (?<id>[0-9a-fA-F-]{36})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Correlation();
}
