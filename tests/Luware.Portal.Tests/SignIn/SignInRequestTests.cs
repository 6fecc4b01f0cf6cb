using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Portal.SignIn;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.SignIn;

public sealed class SignInRequestTests
{
    private static readonly Guid Contoso = Guid.NewGuid();

    private static readonly Actor Zoe = new(new TenantAccess(Contoso, Guid.NewGuid(), "account", "session"), "Zoë", "zoë@contoso.com", []);

    public static TheoryData<string> Kinds => [.. Requests.Keys];

    private static Dictionary<string, SignInRequest> Requests { get; } = new(StringComparer.Ordinal)
    {
        ["of nobody yet"] = SignInRequest.For(null, more: false),
        ["of a person who goes on"] = SignInRequest.For(Zoe, more: true) with
        {
            Proof = new Proof(TokenPurpose.Directory, """{"access_token":{"acrs":{"value":"c1"}}}"""),
        },
        ["for a route"] = SignInRequest.For(null, more: true, new DelegatedRoute(true, true) { ReadsDirectory = false, UsesTeams = false }),
        ["by a link"] = SignInRequest.For(null, more: false) with { HandedStep = new LinkTarget(Guid.NewGuid(), Contoso) },
        ["by an invitation"] = SignInRequest.For(null, more: false) with { Invitation = new LinkTarget(Guid.NewGuid(), Contoso) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_sign_in_comes_back_as_it_began(string kind)
    {
        var properties = Requests[kind].ToProperties("/onboarding");

        SignInRequest.From(new AuthenticationProperties(properties.Items)).ShouldBe(Requests[kind]);
        properties.RedirectUri.ShouldBe("/onboarding");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"More":false}""")]
    [InlineData("""{"More":false,"Route":null,"Expected":null,"LoginHint":null}""")]
    [InlineData("more")]
    public void What_another_version_has_begun_is_no_sign_in_of_just_anybody(string? stored)
    {
        var properties = new AuthenticationProperties();
        properties.SetString("sign-in", stored);

        Should.Throw<AuthenticationFailureException>(() => SignInRequest.From(properties));
    }

    [Fact]
    public async Task A_sign_in_that_another_version_has_begun_is_refused_as_expired()
    {
        await using var portal = await TestPortal.StartAsync();
        using var anna = portal.Visit("anna.keller@contoso.com");
        var handlers = portal.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>();
        var format = handlers.Get(OpenIdConnectDefaults.AuthenticationScheme).StateDataFormat;
        anna.Meddler = address =>
        {
            var query = QueryHelpers.ParseQuery(address.Query);
            if (!address.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal)
                || format.Unprotect(query["state"]) is not { } properties || !properties.Items.Remove("sign-in"))
                return address;
            query["state"] = format.Protect(properties);
            return new Uri(QueryHelpers.AddQueryString(address.GetLeftPart(UriPartial.Path), query));
        };

        var page = await anna.GoAsync(portal.At("/sign-in"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=SignInExpired");
        portal.Stores.Sessions.ShouldBeEmpty();
    }
}
