using System.Collections.Frozen;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Engine;

/// <summary>
/// What a Microsoft error means for a person, wherever it occurs: in a step of the engine, at sign-in, or on return from consent. A step's own explanation
/// comes first.
/// </summary>
public static class ErrorCatalogue
{
    /// <summary>The entry for an error that is not in the table; it claims no more than is known.</summary>
    public const string Unknown = "Refused";

    /// <summary>The sign-in returned with another account than it began with, which Microsoft allows.</summary>
    public const string OtherAccount = "OtherAccount";
    public const string Busy = "Busy";
    public const string SignInExpired = "SignInExpired";
    public const string SignInFailed = "SignInFailed";

    private const string Declined = "Declined";
    private const string SignInDeclined = "SignInDeclined";
    private const string ScopesDeclined = "ScopesDeclined";
    private const string SignInBusy = "SignInBusy";
    private const string WritesForbidden = "WritesForbidden";
    private const string CmdletNotOffered = "CmdletNotOffered";
    private const string NotKnownYet = "NotKnownYet";
    private const string AccessDenied = "AccessDenied";
    private const string ConditionalAccess = "ConditionalAccess";

    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["AADSTS65001"] = "NotConsented",
        ["consent_required"] = "NotConsented",
        ["AADSTS65004"] = Declined,
        ["access_denied"] = Declined,
        ["cancel"] = Declined,
        ["AADSTS90093"] = "AdminConsent",
        ["AADSTS90094"] = "AdminConsent",
        ["AADSTS90095"] = "AdminAsked",
        ["AADSTS50011"] = "RedirectNotRegistered",
        ["AADSTS900971"] = "RedirectNotRegistered",
        ["AADSTS700016"] = "ApplicationNotFound",
        ["AADSTS65005"] = "Misconfigured",
        ["AADSTS7000215"] = "Misconfigured",
        ["AADSTS7000222"] = "Misconfigured",
        ["AADSTS650056"] = "Misconfigured",
        ["AADSTS650057"] = "Misconfigured",
        ["AADSTS50194"] = "Misconfigured",
        ["invalid_client"] = "Misconfigured",
        ["unauthorized_client"] = "Misconfigured",
        ["AADSTS650052"] = "ServiceNotEnabled",
        ["AADSTS500011"] = "ServiceNotEnabled",
        ["AADSTS90002"] = "TenantNotFound",
        ["AADSTS50020"] = "OtherDirectory",
        ["AADSTS90072"] = "OtherDirectory",
        ["AADSTS50105"] = "NotAssigned",
        ["AADSTS50076"] = "SecondFactor",
        ["AADSTS50079"] = "SecondFactor",
        [ProofCodes.Wanted] = "ProofWanted",
        [ProofCodes.NotAccepted] = "ProofNotAccepted",
        ["AADSTS53000"] = ConditionalAccess,
        ["AADSTS53001"] = ConditionalAccess,
        ["AADSTS53003"] = ConditionalAccess,
        ["AADSTS530035"] = ConditionalAccess,
        ["AADSTS50173"] = "SignInEnded",
        ["AADSTS70043"] = "SignInEnded",
        ["AADSTS54005"] = SignInExpired,
        ["AADSTS70008"] = SignInExpired,
        ["server_error"] = Busy,
        ["temporarily_unavailable"] = Busy,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every entry, for the test that each has its texts.</summary>
    public static IEnumerable<string> Names =>
        Codes.Values
            .Concat(
            [
                SignInDeclined, ScopesDeclined, SignInBusy, WritesForbidden, CmdletNotOffered, Busy,
                NotKnownYet, AccessDenied, OtherAccount, SignInFailed, Unknown,
            ])
            .Distinct(StringComparer.Ordinal);

    /// <summary>The best explanation that does not depend on the step.</summary>
    public static GeneralRefusal Of(RemoteAnswer answer) => Find(answer) ?? Named(Unknown, answer.Service);

    /// <summary>Returns null for an unknown error.</summary>
    public static GeneralRefusal? Find(RemoteAnswer answer) =>
        (Codes.GetValueOrDefault(answer.Code) ?? NameByShape(answer)) is { } name ? Named(name, answer.Service) : null;

    /// <param name="name">An entry's name as an address carries it; any other name gives the unknown entry.</param>
    public static GeneralRefusal Named(string? name, string service) => name is not null && Names.Contains(name, StringComparer.Ordinal)
        ? new GeneralRefusal(name, service)
        : new GeneralRefusal(Unknown, service);

    /// <summary>The entry for a person who is not signed in, whose text must not promise that anything of theirs continues or is tried again.</summary>
    public static string BeforeSignIn(string name) => name switch
    {
        Declined => SignInDeclined,
        Busy => SignInBusy,
        _ => name,
    };

    /// <summary>The entry for a person who was asked for more permissions before anything can be read, so that nothing of theirs goes on.</summary>
    public static string AtStepUp(string name) => name == Declined ? ScopesDeclined : name;

    /// <summary>True if the sign-in is still valid but does not prove enough for the request.</summary>
    public static bool WantsMore(RemoteAnswer? answer) => answer is not null && Of(answer).Name is "SecondFactor" or "ProofWanted";

    /// <summary>True if the tenant's Conditional Access forbids this sign-in.</summary>
    public static bool IsConditionalAccess(RemoteAnswer answer) => Of(answer).Name == ConditionalAccess;

    internal static WaitsFor WaitsOn(string name) => name switch
    {
        "RedirectNotRegistered" or "ApplicationNotFound" or "Misconfigured" or "TenantNotFound" => WaitsFor.Luware,
        Busy or SignInBusy or NotKnownYet => WaitsFor.Microsoft,
        _ => WaitsFor.Customer,
    };

    // For errors that have no code of their own in Graph or the Teams cmdlets.
    private static string? NameByShape(RemoteAnswer answer) => answer switch
    {
        _ when answer.MeansWritesForbidden() => WritesForbidden,
        _ when answer.MeansCmdletNotOffered() => CmdletNotOffered,
        _ when answer.MeansBusy() => Busy,
        _ when answer.MeansAccessDenied() => AccessDenied,
        _ when answer.MeansNotFound() => NotKnownYet,
        _ => null,
    };
}
