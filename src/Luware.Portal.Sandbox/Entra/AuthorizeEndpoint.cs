using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>Asks who the person is, then whether they consent, and then issues a code. Every form posts back to the same address.</summary>
public sealed class AuthorizeEndpoint(
    SandboxTenants tenants, Applications applications, SignIns signIns, Consents consents, SandboxFaults faults, TimeProvider time)
{
    public IResult Get(string tenant, HttpContext context) => EntraPage.Guard(() =>
    {
        var request = Read(tenant, context);
        var identity = SignedIn(request, context);
        if (identity is null)
            return request.Prompt == "none" ? request.AnswerWith(EntraError.SignInNeeded) : EntraPage.PickPerson(request, tenants, context.Request);

        var missing = Consents.Missing(identity.Tenant, request.Application.ClientId, identity.PersonId, request.Scopes);
        if (missing.Count == 0 && request.Prompt != "consent")
            return Code(request, identity);
        if (request.Prompt == "none")
            return request.AnswerWith(EntraError.InteractionNeeded);

        return MayConsent(identity, missing)
            ? EntraPage.Consent(request, identity, missing, context.Request)
            : EntraPage.AdminNeeded(request.Application, identity, context.Request);
    });

    public async Task<IResult> PostAsync(string tenant, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        return EntraPage.Guard(() =>
        {
            var request = Read(tenant, context);
            return form["person"].ToString() is { Length: > 0 } person
                ? Pick(request, person, context)
                : Decide(request, form["decision"].ToString(), form["everybody"] == "on", context);
        });
    }

    private AuthorizeRequest Read(string tenant, HttpContext context) => new(tenant, context.Request.Query, tenants, applications);

    private Identity? SignedIn(AuthorizeRequest request, HttpContext context)
    {
        if (request.Prompt is "login" or "select_account" || signIns.Current(context, request.Authority) is not { } identity)
            return null;

        var hint = request.LoginHint;
        return hint is null || string.Equals(hint, identity.Home.UserPrincipalName, StringComparison.OrdinalIgnoreCase) ? identity : null;
    }

    private IResult Pick(AuthorizeRequest request, string person, HttpContext context)
    {
        if (tenants.FindPerson(person) is not var (tenant, picked))
            throw new EntraException(EntraError.BadRequest(50034, "The user account does not exist in the directory."));

        if (request.Authority.Find(new Identity(tenant, picked.Id)) is not { } identity)
            throw new EntraException(EntraError.OtherDirectory(picked.UserPrincipalName, request.Authority.Name));

        signIns.SignIn(context, identity);
        return Results.Redirect(EntraPage.AddressWithout(context.Request, "prompt", "login_hint"));
    }

    private IResult Decide(AuthorizeRequest request, string decision, bool forEverybody, HttpContext context)
    {
        var identity = signIns.Current(context, request.Authority) ?? throw new EntraException(EntraError.SignInNeeded);
        if (decision == "cancel")
            return request.AnswerWith(EntraError.Declined);

        var missing = Consents.Missing(identity.Tenant, request.Application.ClientId, identity.PersonId, request.Scopes);
        if (decision != "accept" || !MayConsent(identity, missing))
            return request.AnswerWith(EntraError.AdminConsentRequired);

        if (missing.Count > 0)
            consents.Grant(identity.Tenant, request.Application, identity.Person, missing, forEverybody && IsAdministrator(identity));
        return Code(request, identity);
    }

    private IResult Code(AuthorizeRequest request, Identity identity) => request.AnswerWith(
        signIns.IssueCode(new CodeGrant(
            identity, request.Application.ClientId, request.RedirectUri, request.Challenge, request.Nonce, request.Scopes, request.Claims is not null,
            time.GetUtcNow())),
        identity);

    private bool MayConsent(Identity identity, IReadOnlyList<(ApiResource, DelegatedPermission Permission)> missing) =>
        IsAdministrator(identity) || missing.All(m => !m.Permission.NeedsAdmin && !faults.Of(identity.Tenant).UserConsentOff);

    internal static bool IsAdministrator(Identity identity) => identity.Person.HasAny(Roles.DelegatedPermissionConsenters);
}
