using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.SignIn;

public sealed class SignInTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_person_signs_in_and_comes_back_to_where_they_wanted_to_go()
    {
        using var anna = Anna();

        var page = await anna.GoAsync(_portal.At("/sign-in?returnUrl=/onboarding"));

        page.Text.ShouldBe("Signed in: anna.keller@contoso.com");
        page.Address.ShouldBe(_portal.At("/onboarding"));
        _portal.Stores.Sessions.Count.ShouldBe(1);
        _portal.Engine.Resumed.ShouldHaveSingleItem().Access.SessionId.ShouldBe(_portal.Stores.Sessions.Keys.Single());
    }

    private Visitor Anna() => new(_portal.World.Tenants.Contoso.FindPerson("anna.keller@contoso.com")!);
}
