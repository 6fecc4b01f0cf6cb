using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.SignIn;

/// <summary>Who may come back from Entra, and with which rights.</summary>
public sealed class SignInEventsTests : IAsyncLifetime
{
    private const string Anna = "anna.keller@contoso.com", Reto = "reto.baumann@contoso.com";
    private const string Claudia = "claudia.frei@contoso.com", Lea = "lea.widmer@contoso.com";
    private const string OtherAccount = "/sign-in/refused?reason=OtherAccount";

    private TestPortal _portal = null!;

    private Actor Latest => _portal.Engine.Resumed.Last();

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Who_began_signed_in_cannot_come_back_as_somebody_else_even_if_the_session_has_ended_meanwhile()
    {
        var (anna, _) = await _portal.SignInAsync(Anna);
        using var _1 = anna;
        ComesBackAsReto(anna, before: "/sign-in/callback", _portal.Stores.Sessions.Clear);

        (await anna.GoAsync(_portal.At("/sign-in"))).WithoutAnswer.ShouldBe(OtherAccount);

        _portal.Stores.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_began_as_nobody_cannot_come_back_as_another_than_the_one_who_signed_in_meanwhile()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        _portal.Stores.Sessions.TryRemove(access.SessionId, out var session).ShouldBeTrue();
        ComesBackAsReto(anna, before: "/authorize", () => _portal.Stores.Sessions[access.SessionId] = session!);

        (await anna.GoAsync(_portal.At("/sign-in"))).WithoutAnswer.ShouldBe(OtherAccount);

        (await anna.GoAsync(_portal.At("/onboarding"))).Text.ShouldBe($"Signed in: {Anna}");
    }

    [Fact]
    public async Task Who_came_by_a_link_keeps_no_more_than_the_link_gave_when_they_sign_in_again()
    {
        using var lea = _portal.Visit(Lea);
        await lea.GoAsync(await HandAsync());

        await lea.GoAsync(_portal.At("/sign-in"));

        (Latest.UserPrincipalName, Latest.IsByLink, _portal.Stores.Sessions.Count).ShouldBe((Lea, true, 2));
    }

    [Fact]
    public async Task Who_comes_again_by_the_same_link_is_there_by_the_link()
    {
        var link = await HandAsync();
        using var lea = _portal.Visit(Lea);
        using var elsewhere = _portal.Visit(Lea);
        await lea.GoAsync(link);

        (await elsewhere.GoAsync(link)).Text.ShouldBe($"Signed in: {Lea}");

        (Latest.UserPrincipalName, Latest.IsByLink).ShouldBe((Lea, true));
    }

    [Fact]
    public async Task Who_is_signed_in_loses_nothing_by_a_link()
    {
        var link = await HandAsync();
        var (claudia, access) = await _portal.SignInAsync(Claudia);
        using var _ = claudia;

        await claudia.GoAsync(link);

        (Latest.Access, Latest.IsByLink).ShouldBe((access, false));
    }

    [Fact]
    public async Task Who_opens_the_link_that_they_made_is_signed_in_fully()
    {
        var link = await HandAsync();
        using var anna = _portal.Visit(Anna);

        (await anna.GoAsync(link)).Address.ShouldBe(_portal.At("/onboarding/storage"));

        (Latest.UserPrincipalName, Latest.IsByLink).ShouldBe((Anna, false));
    }

    /// <summary>Picks another account on the way to Entra, and does something before an address is opened.</summary>
    private void ComesBackAsReto(Visitor visitor, string before, Action act)
    {
        visitor.Person = _portal.World.Tenants.FindPerson(Reto)!.Value.Person;
        visitor.Meddler = address =>
        {
            if (address.AbsolutePath.EndsWith(before, StringComparison.Ordinal))
                act();
            var query = QueryHelpers.ParseQuery(address.Query);
            if (!query.Remove("login_hint"))
                return address;
            query["login_hint"] = Reto;
            return new Uri(QueryHelpers.AddQueryString(address.GetLeftPart(UriPartial.Path), query));
        };
    }

    /// <returns>The link by which Anna, who has signed in elsewhere, hands the storage on.</returns>
    private async Task<Uri> HandAsync()
    {
        var (anna, _) = await _portal.SignInAsync(Anna);
        anna.Dispose();
        var link = await _portal.Services.GetRequiredService<IColleagueLinks>().HandAsync(Latest, "storage", TestContext.Current.CancellationToken);
        return _portal.At(link.Path!);
    }
}
