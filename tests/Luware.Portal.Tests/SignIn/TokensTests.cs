using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Luware.Portal.Tests.SignIn;

public sealed class TokensTests : IAsyncLifetime
{
    private const string Anna = "anna.keller@contoso.com";

    private const string Claims = """{"access_token":{"acrs":{"essential":true,"value":"p1"}}}""";

    private readonly ShiftedTime _time = new();
    private TestPortal _portal = null!;
    private Action<HttpRequestMessage, string> _onToken = (_, _) => { };

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.Services.AddHttpClient("entra").AddHttpMessageHandler(() => new TokenWatch((request, form) => _onToken(request, form)));
        });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_second_resource_comes_silently_and_both_tokens_expire_together()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;

        var graph = new JsonWebToken((await GetAsync(access, TokenPurpose.Directory, fresh: true)).Value);
        var teams = new JsonWebToken((await GetAsync(access, TokenPurpose.Teams, fresh: true)).Value);

        graph.Audiences.ShouldBe(["https://graph.microsoft.com"]);
        teams.Audiences.ShouldBe(["48ac35b8-9aa8-4d74-927d-1f4a14a0b239"]);
        (teams.ValidTo - graph.ValidTo).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(5400));
    }

    [Fact]
    public async Task Within_a_run_entra_hears_the_runs_id()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        var (run, heard) = (Guid.CreateVersion7(), new List<string>());
        _onToken = (request, _) => heard.AddRange(request.Headers.GetValues("client-request-id"));

        Correlation.Begin(run);
        await GetAsync(access, TokenPurpose.Profile, fresh: true);

        heard.ShouldBe([$"{run}"]);
    }

    [Fact]
    public async Task A_permission_that_nobody_gave_is_missing_and_named()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;

        var missing = await Should.ThrowAsync<ScopesMissingException>(() => GetAsync(access, TokenPurpose.Teams));

        missing.Scopes.ShouldBe(["48ac35b8-9aa8-4d74-927d-1f4a14a0b239/user_impersonation"]);
        missing.Answer!.Code.ShouldBe("AADSTS65001");
        missing.Answer.CorrelationId.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_revoked_sign_in_asks_for_a_new_one_and_goes_on_with_it()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;
        _portal.World.Faults.RevokeSignIns(anna.Person.Id);

        var refusal = await Should.ThrowAsync<SignInRequiredException>(() => GetAsync(access, TokenPurpose.Directory, fresh: true));
        await anna.GoAsync(_portal.At("/sign-in"));

        refusal.Answer!.Code.ShouldBe("AADSTS50173");
        (await GetAsync(access, TokenPurpose.Directory, fresh: true)).Scopes.ShouldContain("Directory.Read.All");
    }

    [Fact]
    public async Task What_conditional_access_wants_is_asked_for_by_the_next_sign_in()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;
        _portal.World.Faults.SecondFactor = true;

        var refusal = await Should.ThrowAsync<SignInRequiredException>(() => GetAsync(access, TokenPurpose.Teams, fresh: true));
        await anna.GoAsync(_portal.At("/sign-in"));

        refusal.Answer!.Code.ShouldBe("AADSTS50076");
        var asked = QueryHelpers.ParseQuery(anna.Way.Last(u => u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal)).Query);
        (asked["claims"].ToString(), asked["scope"].ToString().Contains("48ac35b8-9aa8-4d74-927d-1f4a14a0b239/user_impersonation", StringComparison.Ordinal))
            .ShouldBe((refusal.Claims, true));
        (await GetAsync(access, TokenPurpose.Teams, fresh: true)).Scopes.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_a_service_wants_is_asked_for_by_the_next_sign_in_and_is_then_in_a_new_token()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;
        var before = await GetAsync(access, TokenPurpose.Directory);

        var refusal = await Should.ThrowAsync<SignInRequiredException>(() => ReplaceAsync(access, Claims));
        await anna.GoAsync(_portal.At("/sign-in"));

        refusal.Claims.ShouldBe(Claims);
        QueryHelpers.ParseQuery(anna.Way.Last(u => u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal)).Query)["claims"].ToString()
            .ShouldBe(Claims);
        var token = new JsonWebToken((await ReplaceAsync(access, Claims)).Value);
        token.EncodedToken.ShouldNotBe(before.Value);
        token.GetClaim("acrs").Value.ShouldBe("p1");
        (await GetAsync(access, TokenPurpose.Directory)).Value.ShouldBe(token.EncodedToken, "nobody is given the old one any more");
    }

    [Fact]
    public async Task What_was_proven_and_is_wanted_still_sends_nobody_in_a_circle()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;
        var tokens = _portal.Services.GetRequiredService<ITokens>();
        var wanted = new SignInRequiredException("no", new RemoteAnswer("Azure Resource Manager", ProofCodes.Wanted, "401", "No.", null)) { Claims = Claims };
        Task<GatewayException> WantAsync(TokenPurpose purpose) => tokens.WantAsync(access, purpose, wanted, TestContext.Current.CancellationToken);
        (await WantAsync(TokenPurpose.Azure)).ShouldBe(wanted);
        await anna.GoAsync(_portal.At("/sign-in"));

        (await WantAsync(TokenPurpose.Azure)).ShouldBeOfType<RefusedException>().Answer!.Code.ShouldBe(ProofCodes.NotAccepted);
        (await WantAsync(TokenPurpose.Directory)).ShouldBe(wanted, "that is another service's question");
        await anna.GoAsync(_portal.At("/sign-in"));
        (await WantAsync(TokenPurpose.Azure)).ShouldBeOfType<RefusedException>("the answer to another question forgets nothing");
        await anna.GoAsync(_portal.At("/sign-in"));
        (await WantAsync(TokenPurpose.Azure)).ShouldBe(wanted, "a sign-in of which nothing was wanted begins anew: something may have been mended");
    }

    [Fact]
    public async Task What_was_proven_before_its_tokens_were_there_is_a_matter_of_time_and_later_was_not_enough()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;
        await Should.ThrowAsync<SignInRequiredException>(() => ReplaceAsync(access, Claims));
        var before = _portal.Stores.Caches[access.SessionId];
        await anna.GoAsync(_portal.At("/sign-in"));
        var after = _portal.Stores.Caches[access.SessionId];

        // What another portal sees between the two saves of a sign-in.
        _portal.Stores.Caches[access.SessionId] = before;
        await Should.ThrowAsync<TransientException>(() => ReplaceAsync(access, Claims));
        _time.Ahead = TimeSpan.FromMinutes(1);
        (await Should.ThrowAsync<RefusedException>(() => ReplaceAsync(access, Claims))).Answer!.Code.ShouldBe(ProofCodes.NotAccepted);

        _portal.Stores.Caches[access.SessionId] = after;
        new JsonWebToken((await ReplaceAsync(access, Claims)).Value).GetClaim("acrs").Value.ShouldBe("p1");
    }

    [Fact]
    public async Task Where_nothing_is_wanted_a_new_sign_in_asks_for_nothing()
    {
        var (anna, _) = await _portal.SignInAsync(Anna, more: true);
        using var __ = anna;

        await anna.GoAsync(_portal.At("/sign-in"));

        var asked = QueryHelpers.ParseQuery(anna.Way.Last(u => u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal)).Query);
        (asked.ContainsKey("claims"), asked["scope"].ToString().Contains("user_impersonation", StringComparison.Ordinal)).ShouldBe((false, false));
    }

    [Fact]
    public async Task A_new_sign_in_keeps_others_from_the_sessions_tokens_until_its_own_are_written()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;
        Task<IDisposable>? entering = null;
        var wasFree = true;
        _onToken = (_, form) =>
        {
            if (!form.Contains("grant_type=authorization_code", StringComparison.Ordinal))
                return;
            entering ??= _portal.Services.GetRequiredService<SessionLocks>().EnterAsync(access.SessionId, default);
            wasFree = entering.IsCompleted;
        };

        await anna.GoAsync(_portal.At("/sign-in"));

        wasFree.ShouldBeFalse();
        var next = await entering!;
        next.Dispose();
        next.Dispose();
        _onToken = (_, _) => { };
        (await GetAsync(access, TokenPurpose.Directory, fresh: true)).Scopes.ShouldContain("Directory.Read.All");
    }

    [Fact]
    public async Task What_another_portal_writes_while_entra_is_asked_stays_and_the_token_is_good_all_the_same()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;
        byte[] theirs = [1, 2, 3];
        _onToken = (_, _) => _portal.Stores.Caches[access.SessionId] = theirs;

        (await GetAsync(access, TokenPurpose.Directory, fresh: true)).Scopes.ShouldContain("Directory.Read.All");

        _portal.Stores.Caches[access.SessionId].ShouldBe(theirs);
    }

    [Fact]
    public async Task A_token_of_another_person_is_never_handed_out()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        var other = access with { PersonId = Guid.NewGuid() };

        await Should.ThrowAsync<WrongIdentityException>(() => GetAsync(other, TokenPurpose.Profile));
    }

    [Fact]
    public async Task A_session_gives_no_token_for_another_tenant()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        var other = access with { TenantId = _portal.World.Tenants.Fabrikam.Id };

        await Should.ThrowAsync<GatewayException>(() => GetAsync(other, TokenPurpose.Profile, fresh: true));
    }

    [Fact]
    public async Task Another_sessions_row_cannot_be_read()
    {
        var (anna, mine) = await _portal.SignInAsync(Anna);
        var (katrin, theirs) = await _portal.SignInAsync("katrin.vogel@fabrikam.de");
        using var _ = anna;
        using var __ = katrin;
        _portal.Stores.Caches[mine.SessionId] = _portal.Stores.Caches[theirs.SessionId];

        await Should.ThrowAsync<SignInRequiredException>(() => GetAsync(mine, TokenPurpose.Profile));
    }

    [Fact]
    public void A_cookie_of_entras_goes_along_with_nobody_elses_request()
    {
        var handler = _portal.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(BackChannels.Entra);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;

        handler.ShouldBeOfType<SocketsHttpHandler>().UseCookies.ShouldBeFalse();
    }

    [Fact]
    public async Task An_entra_that_cannot_be_reached_is_worth_another_try()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        await _portal.World.DisposeAsync();

        await Should.ThrowAsync<TransientException>(() => GetAsync(access, TokenPurpose.Profile, fresh: true));
    }

    [Fact]
    public async Task An_entra_that_accepts_the_request_and_stays_silent_is_too()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        _onToken = (_, _) => throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.", new TimeoutException());

        await Should.ThrowAsync<TransientException>(() => GetAsync(access, TokenPurpose.Profile, fresh: true));
    }

    private Task<EntraToken> ReplaceAsync(TenantAccess access, string claims) =>
        _portal.Services.GetRequiredService<ITokens>().ReplaceAsync(access, TokenPurpose.Directory, claims, TestContext.Current.CancellationToken);

    private Task<EntraToken> GetAsync(TenantAccess access, TokenPurpose purpose, bool fresh = false) =>
        _portal.Services.GetRequiredService<ITokens>().GetAsync(access, purpose, fresh, TestContext.Current.CancellationToken);

    /// <summary>Intercepts token requests to Entra.</summary>
    private sealed class TokenWatch(Action<HttpRequestMessage, string> seen) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
                seen(request, await request.Content!.ReadAsStringAsync(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
