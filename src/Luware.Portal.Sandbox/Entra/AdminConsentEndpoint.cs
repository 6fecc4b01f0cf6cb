using Luware.Portal.Sandbox.World;
using Microsoft.AspNetCore.WebUtilities;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>The page on which an administrator consents to an application for the whole tenant.</summary>
public sealed class AdminConsentEndpoint(
    SandboxTenants tenants, Applications applications, SignIns signIns, Consents consents, SandboxFaults faults)
{
    public IResult Get(string tenant, HttpContext context) => EntraPage.Guard(() =>
    {
        var request = new ConsentRequest(tenant, context.Request, tenants, applications);
        if (signIns.Current(context, request.Authority) is not { } identity)
            return EntraPage.PickPerson(request.Application, request.Authority, tenants, context.Request);

        return MayConsent(identity)
            ? EntraPage.AdminConsent(request.Application, identity, context.Request)
            : EntraPage.AdminNeeded(request.Application, identity, context.Request);
    });

    public async Task<IResult> PostAsync(string tenant, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        return EntraPage.Guard(() =>
        {
            var request = new ConsentRequest(tenant, context.Request, tenants, applications);
            return form["person"].ToString() is { Length: > 0 } person
                ? Pick(request, person, context)
                : Decide(request, form["decision"].ToString(), context);
        });
    }

    private IResult Pick(ConsentRequest request, string person, HttpContext context)
    {
        if (tenants.FindPerson(person) is not var (tenant, picked))
            throw new EntraException(EntraError.BadRequest(50034, "The user account does not exist in the directory."));

        if (request.Authority.Find(new Identity(tenant, picked.Id)) is not { } identity)
            return request.Refuse(EntraError.OtherDirectory(picked.UserPrincipalName, request.Authority.Name));

        signIns.SignIn(context, identity);
        return Results.Redirect(EntraPage.AddressWithout(context.Request));
    }

    private IResult Decide(ConsentRequest request, string decision, HttpContext context)
    {
        var identity = signIns.Current(context, request.Authority) ?? throw new EntraException(EntraError.SignInNeeded);
        if (decision == "cancel")
            return request.Refuse(EntraError.Declined);
        if (decision != "accept" || !MayConsent(identity))
            return request.Refuse(EntraError.AdminConsentRequired);
        var here = faults.Of(identity.Tenant);
        if (here.ConsentDenied)
            return request.Refuse(EntraError.ConsentForbidden);

        consents.GrantToTenant(identity.Tenant, request.Application, identity.Person, here.ConsentPartial);
        return request.Accept(identity.Tenant);
    }

    private static bool MayConsent(Identity identity) => identity.Person.HasAny(Roles.ApplicationPermissionConsenters);

    private sealed class ConsentRequest
    {
        private readonly string _redirectUri;
        private readonly string? _state;

        public ConsentRequest(string tenant, HttpRequest request, SandboxTenants tenants, Applications applications)
        {
            // The real Entra takes such a request for one to authorize, which lacks a parameter.
            if (tenant == "common")
                throw new EntraException(EntraError.BadRequest(900144, "The request body must contain the following parameter: 'response_type'."));
            Authority = Authority.Of(tenant, tenants);
            var clientId = request.Query["client_id"].ToString();
            Application = applications.Find(clientId) ?? throw new EntraException(EntraError.ApplicationNotFound(clientId));
            // Without a redirect address Entra uses the first registered one.
            _redirectUri = request.Query.TryGetValue("redirect_uri", out var redirect)
                ? AuthorizeRequest.RequireRedirect(Application, redirect)
                : Application.RedirectUris[0].AbsoluteUri;
            _state = request.Query.TryGetValue("state", out var state) ? state.ToString() : null;
        }

        public Authority Authority { get; }
        public RegisteredApplication Application { get; }

        public IResult Accept(SandboxTenant tenant) => Redirect(("admin_consent", "True"), ("tenant", tenant.Id.ToString()), ("state", _state));

        public IResult Refuse(EntraError error) => Redirect(
            ("error", error.Error), ("error_description", error.Description), ("error_uri", error.ErrorUri), ("admin_consent", "True"), ("state", _state));

        private IResult Redirect(params IEnumerable<(string Key, string? Value)> answer) => Results.Redirect(QueryHelpers.AddQueryString(
            _redirectUri, answer.Where(a => a.Value is not null).Select(a => KeyValuePair.Create(a.Key, a.Value))));
    }
}
