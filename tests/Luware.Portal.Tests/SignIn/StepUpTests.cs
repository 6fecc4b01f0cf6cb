using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Portal.Tests.SignIn;

public sealed class StepUpTests : IAsyncLifetime
{
    private const string Anna = "anna.keller@contoso.com";

    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Before_it_nothing_but_the_profile_is_granted()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;

        var scopes = await ScopesAsync(access);

        scopes.ShouldBe([
            new DelegatedScope("Microsoft Graph", "User.Read", Granted: true),
            new DelegatedScope("Microsoft Graph", "Directory.Read.All", Granted: false),
            new DelegatedScope("Skype and Teams Tenant Admin API", "user_impersonation", Granted: false),
        ]);
    }

    [Fact]
    public async Task One_consent_covers_both_resources_and_keeps_the_session()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;

        var page = await anna.GoAsync(_portal.At("/sign-in/more?returnUrl=/onboarding"));

        page.Address.ShouldBe(_portal.At("/onboarding"));
        (await ScopesAsync(access)).ShouldAllBe(s => s.Granted);
        _portal.Stores.Sessions.Keys.ShouldBe([access.SessionId]);
        var authorize = anna.Way.Last(u => u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal)
            && u.Query.Contains("login_hint", StringComparison.Ordinal));
        authorize.AbsolutePath.ShouldStartWith($"/{access.TenantId}/");
        QueryHelpers.ParseQuery(authorize.Query)["scope"].ToString()
            .ShouldBe("openid profile offline_access User.Read Directory.Read.All 48ac35b8-9aa8-4d74-927d-1f4a14a0b239/user_impersonation");
    }

    [Fact]
    public async Task It_does_not_lengthen_the_session_whose_cookie_somebody_may_have_stolen()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        await using var portal = await TestPortal.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Configuration.AddInMemoryCollection([new("Sessions:Idle", "01:00:00"), new("Sessions:Longest", "01:00:00")]);
        });
        var (anna, access) = await portal.SignInAsync(Anna);
        using var _ = anna;
        var end = portal.Stores.Sessions[access.SessionId].ExpiresAt;
        time.Advance(TimeSpan.FromMinutes(1));

        (await anna.GoAsync(portal.At("/sign-in/more?returnUrl=/onboarding"))).Address.AbsolutePath.ShouldBe("/onboarding");

        portal.Stores.Sessions.ShouldHaveSingleItem().Value.ExpiresAt.ShouldBe(end);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Azure_is_asked_for_unless_somebody_answers_for_the_storage(bool byHand, bool asked)
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        var region = new Region("MTCH", "Multi-Tenant Switzerland", []);
        var storage = new StorageChoice() with { ByHand = byHand };
        _portal.Engine.View = Views.Of(region, access.TenantId) with { Choices = StepChoices.None.With(StorageStep.StepName, storage) };

        await anna.GoAsync(_portal.At("/sign-in/more?returnUrl=/onboarding"));

        var scopes = await ScopesAsync(access, new DelegatedRoute(MakesGroups: false, ReadsAzure: true));
        scopes.Where(s => s.Resource.StartsWith("Azure", StringComparison.Ordinal)).ShouldBe([
            new DelegatedScope("Azure Resource Manager", "user_impersonation", asked),
            new DelegatedScope("Azure Storage", "user_impersonation", asked),
        ]);
        scopes.Where(s => !s.Resource.StartsWith("Azure", StringComparison.Ordinal)).ShouldAllBe(s => s.Granted);
    }

    [Fact]
    public async Task Writing_groups_is_asked_for_only_where_the_route_makes_them()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        var route = new DelegatedRoute(MakesGroups: true, ReadsAzure: false);
        var fresh = Views.Of(FakeRegions.Switzerland, access.TenantId);

        _portal.Engine.View = fresh with { Choices = fresh.Choices.With("security-groups", new SecurityGroupsChoice() with { ByHand = true }) };
        await anna.GoAsync(_portal.At("/sign-in/more?returnUrl=/onboarding"));
        var byHand = await ScopesAsync(access, route);
        _portal.Engine.View = fresh;
        await anna.GoAsync(_portal.At("/sign-in/more?returnUrl=/onboarding"));

        byHand.Where(s => !s.Granted).Select(s => s.Name).ShouldBe(["Group.ReadWrite.All"]);
        (await ScopesAsync(access, route)).ShouldAllBe(s => s.Granted);
    }

    [Fact]
    public async Task Another_account_is_refused_and_the_old_session_stays()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        var before = _portal.Stores.Caches[access.SessionId];
        anna.Person = _portal.World.Tenants.FindPerson("claudia.frei@contoso.com")!.Value.Person;
        anna.Meddler = address => WithoutHint(address, anna.Person.UserPrincipalName);

        var page = await anna.GoAsync(_portal.At("/sign-in/more"));

        page.Address.AbsolutePath.ShouldBe("/sign-in/refused");
        _portal.Stores.Sessions.Keys.ShouldBe([access.SessionId]);
        _portal.Stores.Caches[access.SessionId].ShouldBe(before);
        (await anna.GoAsync(_portal.At("/onboarding"))).Text.ShouldBe("Signed in: anna.keller@contoso.com");
    }

    [Fact]
    public async Task Declining_is_said_on_its_page_and_changes_nothing()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        anna.Decision = "cancel";

        var page = await anna.GoAsync(_portal.At("/sign-in/more"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=Declined");
        (await ScopesAsync(access)).Count(s => s.Granted).ShouldBe(1);
    }

    [Fact]
    public async Task A_person_who_may_not_consent_is_told_that_an_administrator_is_needed()
    {
        var (lea, _) = await _portal.SignInAsync("lea.widmer@contoso.com");
        using var __ = lea;

        var page = await lea.GoAsync(_portal.At("/sign-in/more"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=AdminConsent");
    }

    [Fact]
    public async Task Permissions_that_are_still_missing_afterwards_are_shown_and_not_asked_for_again()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        // Entra is asked for Graph only, so the sign-in succeeds although the Teams permission was not granted.
        anna.Meddler = address => address.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal)
            ? new Uri(address.AbsoluteUri.Replace("%2048ac35b8-9aa8-4d74-927d-1f4a14a0b239%2Fuser_impersonation", "", StringComparison.Ordinal))
            : address;

        var page = await anna.GoAsync(_portal.At("/sign-in/more?returnUrl=/onboarding"));

        page.Address.ShouldBe(_portal.At("/onboarding"));
        page.Status.ShouldBe(200);
        (await ScopesAsync(access)).Where(s => !s.Granted).Select(s => s.Name).ShouldBe(["user_impersonation"]);
        anna.Way.Count(u => u.AbsolutePath == "/sign-in/more").ShouldBe(1);
    }

    [Fact]
    public async Task A_code_that_brings_no_permissions_ends_on_a_page_and_never_in_a_circle()
    {
        var (anna, _) = await _portal.SignInAsync(Anna);
        using var __ = anna;
        anna.Meddler = address => address.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal)
            ? new Uri(address.AbsoluteUri.Replace("%20Directory.Read.All", "", StringComparison.Ordinal))
            : address;

        var page = await anna.GoAsync(_portal.At("/sign-in/more?returnUrl=/onboarding"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=NotConsented");
        anna.Way.Count(u => u.AbsolutePath == "/sign-in/callback").ShouldBe(2);
    }

    private Task<IReadOnlyList<DelegatedScope>> ScopesAsync(TenantAccess access, DelegatedRoute? route = null) =>
        _portal.Services.GetRequiredService<IDelegatedScopes>().ReadAsync(access, route ?? DelegatedRoute.ReadingOnly, TestContext.Current.CancellationToken);

    private static Uri WithoutHint(Uri address, string other)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        if (!query.ContainsKey("login_hint"))
            return address;
        query["login_hint"] = other;
        return new Uri(QueryHelpers.AddQueryString(address.GetLeftPart(UriPartial.Path), query));
    }
}
