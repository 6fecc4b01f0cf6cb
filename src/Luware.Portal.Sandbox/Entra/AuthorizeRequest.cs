using Luware.Portal.Sandbox.World;
using Microsoft.AspNetCore.WebUtilities;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>A validated authorization request.</summary>
public sealed class AuthorizeRequest
{
    private readonly IQueryCollection _query;

    /// <exception cref="EntraException">The application or its redirect address is wrong, so the error must not be redirected.</exception>
    public AuthorizeRequest(string tenant, IQueryCollection query, SandboxTenants tenants, Applications applications)
    {
        _query = query;
        Authority = Authority.Of(tenant, tenants);
        Application = applications.Find(this["client_id"]) ?? throw new EntraException(EntraError.ApplicationNotFound(this["client_id"]));
        RedirectUri = RequireRedirect(Application, this["redirect_uri"]);
        if (this["response_type"] != "code")
            throw new EntraException(EntraError.BadRequest(70005, "The app requested a response type that is not supported: only 'code' is."));
        if (this["code_challenge_method"] != "S256" || this["code_challenge"] is not { Length: > 0 } challenge)
            throw new EntraException(EntraError.BadRequest(9002325, "Proof Key for Code Exchange is required for authorization code redemption."));
        Challenge = challenge;
        Scopes = new Scopes(this["scope"]);
    }

    public Authority Authority { get; }
    public RegisteredApplication Application { get; }
    public string RedirectUri { get; }
    public string Challenge { get; }
    public Scopes Scopes { get; }
    public string? Claims => this["claims"];
    public string? Nonce => this["nonce"];
    public string? LoginHint => this["login_hint"];
    public string? Prompt => this["prompt"];

    private string? this[string name] => _query.TryGetValue(name, out var value) ? value.ToString() : null;

    public IResult AnswerWith(string code, Identity identity)
    {
        var answer = new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = code, ["session_state"] = identity.PersonId.ToString() };
        if (this["client_info"] == "1")
            answer["client_info"] = TokenEndpoint.ClientInfo(identity);
        return Answer(answer);
    }

    public IResult AnswerWith(EntraError error) => Answer(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["error"] = error.Error,
        ["error_subcode"] = error.SubError,
        ["error_description"] = error.Description,
        ["error_uri"] = error.ErrorUri,
    });

    private IResult Answer(Dictionary<string, string?> answer)
    {
        answer["state"] = this["state"];
        return this["response_mode"] == "form_post"
            ? EntraPage.FormPost(RedirectUri, answer)
            : Results.Redirect(QueryHelpers.AddQueryString(RedirectUri, answer.Where(a => a.Value is not null)));
    }

    internal static string RequireRedirect(RegisteredApplication application, string? redirectUri) =>
        application.RedirectUris.Exists(uri => uri.OriginalString == redirectUri || uri.AbsoluteUri == redirectUri)
            ? redirectUri!
            : throw new EntraException(EntraError.RedirectMismatch(redirectUri, application.ClientId));
}
