using Luware.Portal.Sandbox.Entra.Pages;
using Luware.Portal.Sandbox.World;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>Entra's pages for people: plain forms that post back to their own address.</summary>
internal static class EntraPage
{
    /// <summary>Turns an error that must not be redirected into a page.</summary>
    public static IResult Guard(Func<IResult> answer)
    {
        try
        {
            return answer();
        }
        catch (EntraException refusal)
        {
            return Page<ErrorPage>(StatusCodes.Status400BadRequest, ("Error", refusal.Error));
        }
    }

    public static IResult PickPerson(AuthorizeRequest request, SandboxTenants tenants, HttpRequest http) =>
        PickPerson(request.Application, request.Authority, tenants, http, request.LoginHint);

    public static IResult PickPerson(
        RegisteredApplication application, Authority authority, SandboxTenants tenants, HttpRequest http, string? hint = null) => Page<SignInPage>(
            ("Application", application),
            ("Authority", authority),
            ("Tenants", tenants.All),
            ("Hint", hint),
            ("Action", Address(http)));

    public static IResult Consent(
        AuthorizeRequest request, Identity identity, IReadOnlyList<(ApiResource Resource, DelegatedPermission Permission)> missing, HttpRequest http) =>
            Page<ConsentPage>(
            ("Application", request.Application),
            ("Identity", identity),
            ("Permissions", missing.Select(m => (m.Permission.Description, m.Permission.Name)).ToList()),
            ("MayConsentForEverybody", AuthorizeEndpoint.IsAdministrator(identity)),
            ("Action", Address(http)),
            ("OtherAccount", OtherAccount(http)));

    public static IResult AdminConsent(RegisteredApplication application, Identity identity, HttpRequest http) => Page<ConsentPage>(
        ("Application", application),
        ("Identity", identity),
        ("ForOrganization", true),
        ("Permissions", application.AppRoles.Select(r => (r.Description, r.Name)).Append(("Sign in and read user profile", "User.Read")).ToList()),
        ("Action", Address(http)),
        ("OtherAccount", OtherAccount(http)));

    public static IResult AdminNeeded(RegisteredApplication application, Identity identity, HttpRequest http) => Page<AdminNeededPage>(
        ("Application", application),
        ("Identity", identity),
        ("Action", Address(http)),
        ("OtherAccount", OtherAccount(http)));

    public static IResult FormPost(string action, IReadOnlyDictionary<string, string?> fields) => Page<FormPostPage>(("Action", action), ("Fields", fields));

    public static IResult SignedOut() => Page<SignedOutPage>();

    /// <summary>Returns the request's own address without some of its parameters.</summary>
    public static string AddressWithout(HttpRequest request, params IReadOnlyCollection<string> names)
    {
        var query = new QueryBuilder(request.Query.Where(q => !names.Contains(q.Key, StringComparer.OrdinalIgnoreCase)));
        return request.Path + query.ToQueryString();
    }

    private static string Address(HttpRequest request) => request.Path + request.QueryString;

    private static string OtherAccount(HttpRequest request) => $"/sandbox/sign-out?then={Uri.EscapeDataString(Address(request))}";

    private static RazorComponentResult<T> Page<T>(params IEnumerable<(string Name, object? Value)> parameters) where T : IComponent =>
        Page<T>(StatusCodes.Status200OK, parameters);

    private static RazorComponentResult<T> Page<T>(int status, params IEnumerable<(string Name, object? Value)> parameters) where T : IComponent =>
        new(parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)) { StatusCode = status, PreventStreamingRendering = true };
}
