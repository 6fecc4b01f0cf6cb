using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Microsoft.Net.Http.Headers;

namespace Luware.Portal.Gateways;

/// <summary>Reads the claims challenge of a service that requires more proof: the claims in WWW-Authenticate with error="insufficient_claims".</summary>
internal static class ClaimsChallenge
{
    // The claims become part of a sign-in address; the longest known ones have some hundred characters.
    private const int Longest = 2000;

    /// <param name="status">Services answer a token without the required second factor with 401 or 403.</param>
    /// <param name="headers">Every WWW-Authenticate header of the answer; each may hold several challenges.</param>
    /// <returns>Null if there is no challenge or it cannot be read; a sign-in then asks for nothing special.</returns>
    public static string? Of(int status, IEnumerable<string>? headers)
    {
        if (headers is null || status is not ((int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden))
            return null;
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation(HeaderNames.WWWAuthenticate, headers);
        return answer.Headers.WwwAuthenticate
            .Where(c => c.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            .Select(c => Claims(c.Parameter))
            .FirstOrDefault(c => c is not null);
    }

    /// <summary>Returns the exception for a challenge. The service's own code stays in the message.</summary>
    public static SignInRequiredException ToRefusal(string claims, RemoteAnswer answer, Exception? inner = null) =>
        new($"{answer.Service} wants the person to prove more.", answer with { Code = ProofCodes.Wanted, Message = $"{answer.Code}: {answer.Message}" },
            inner) { Claims = claims };

    private static string? Claims(string? parameters)
    {
        if (!NameValueHeaderValue.TryParseList([parameters ?? ""], out var pairs))
            return null;
        string? Value(string name) => pairs.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.GetUnescapedValue().Value;
        return Value("error") == ProofCodes.Wanted && Value("claims") is { Length: > 0 and <= Longest } encoded ? Decode(encoded) : null;
    }

    private static string? Decode(string encoded)
    {
        try
        {
            // Services use both base64 alphabets, with and without padding.
            var json = Base64Url.DecodeFromChars(encoded.TrimEnd('=').Replace('+', '-').Replace('/', '_'));
            return JsonSerializer.Deserialize<JsonElement>(json).ValueKind == JsonValueKind.Object ? Encoding.UTF8.GetString(json) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
