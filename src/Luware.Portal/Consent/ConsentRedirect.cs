using Luware.Portal.Tokens;

namespace Luware.Portal.Consent;

/// <summary>What Entra's admin consent page sent back. Nothing of it proves anything: it is only what a page may say.</summary>
/// <remarks>Errors come in several shapes: with and without a description, with the older error_subcode, with or without a tenant.</remarks>
internal sealed record ConsentRedirect(string? State, string? Tenant, string? Error, string? Description, string? Subcode, bool Granted)
{
    // Entra's own values are far shorter; longer ones are not looked at any further.
    private const int Longest = 2000;

    private const string UserDeclined = "AADSTS65004";
    private const string UserOfAnotherTenant = "AADSTS50020";

    public static ConsentRedirect From(IQueryCollection query)
    {
        string? Value(string key) => query.TryGetValue(key, out var values) && values is [{ Length: > 0 and <= Longest } only] ? only : null;
        return new ConsentRedirect(
            Value("state"), Value("tenant"), Value("error"), Value("error_description"), Value("error_subcode"),
            string.Equals(Value("admin_consent"), "True", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Null where the redirect speaks of success.</summary>
    public string? Problem =>
        Error is null && Description is null && Subcode is null ? Granted ? null : "error"
        : MsalFailures.Code(Description) switch
        {
            UserDeclined => "declined",
            UserOfAnotherTenant => "other-tenant",
            "" when Subcode == "cancel" || Error == "access_denied" => "declined",
            _ => "error",
        };
}
