using Luware.Onboarding.Colleagues;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;

namespace Luware.Portal.SignIn;

/// <summary>Why a sign-in came to nothing; each has a page of its own words.</summary>
internal static class SignInRefusal
{
    public const string Declined = "declined";
    public const string OtherAccount = "other-account";
    public const string AdminNeeded = "admin-needed";
    public const string ConditionalAccess = "conditional-access";
    public const string NotAssigned = "not-assigned";
    public const string Expired = "expired";
    public const string Link = "link";
    public const string LinkOfOtherTenant = "link-other-tenant";
    public const string Unknown = "unknown";

    public static string Page(string reason) => $"{SignInPaths.Refused}?reason={reason}";

    public static string Of(LinkAnswerKind kind) => kind == LinkAnswerKind.OtherTenant ? LinkOfOtherTenant : Link;

    /// <summary>Reads Entra's answer in the address first: the handler's own exception does not keep all of it.</summary>
    public static string Reason(Exception? failure, IQueryCollection answer) =>
        failure is OtherAccountException ? OtherAccount
        : failure is LinkRefusedException { Kind: var kind } ? Of(kind)
        : ByCode(MsalFailures.Code(answer["error_description"])) ?? ByError(answer["error"])
        ?? ByCode(MsalFailures.Code(failure?.Message)) ?? ByCode(MsalFailures.Code(failure?.InnerException?.Message))
        ?? (IsLostState(failure) ? Expired : Unknown);

    private static string? ByCode(string code) => code switch
    {
        "AADSTS65001" or "AADSTS65004" => Declined,
        "AADSTS90093" or "AADSTS90094" or "AADSTS90095" => AdminNeeded,
        "AADSTS53000" or "AADSTS53001" or "AADSTS53003" or "AADSTS530035" => ConditionalAccess,
        "AADSTS50105" => NotAssigned,
        "AADSTS50020" => OtherAccount,
        "AADSTS54005" or "AADSTS70008" => Expired,
        _ => null,
    };

    private static string? ByError(string? error) => error is "access_denied" or "consent_required" ? Declined : null;

    // The correlation cookie lives for 15 minutes and in one browser; the handler has no exception type for its absence.
    private static bool IsLostState(Exception? failure) =>
        failure is AuthenticationFailureException && failure.Message.Contains("state", StringComparison.OrdinalIgnoreCase)
        || failure?.Message.StartsWith("Correlation failed", StringComparison.Ordinal) == true;
}

/// <summary>Somebody else came back from Entra than the one who is signed in or was asked for.</summary>
internal sealed class OtherAccountException() : Exception("Another account came back from sign-in.");

/// <summary>The sign-in was good, the link to a handed step was not, or not any more.</summary>
internal sealed class LinkRefusedException(LinkAnswerKind kind) : Exception("The link to a handed step let nobody in.")
{
    public LinkAnswerKind Kind => kind;
}
