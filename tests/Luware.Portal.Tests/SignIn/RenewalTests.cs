using Luware.Portal.Sandbox.World;
using Luware.Portal.SignIn;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.SignIn;

/// <summary>
/// A specialist whose sign-in Entra renews no more: turned away, asked to sign in by the welcome page, and let in again at once. Whoever is signed in passes
/// that page.
/// </summary>
public sealed class RenewalTests : IAsyncLifetime
{
    private const string NotTheirs = "This account opens nothing here";

    private readonly ShiftedTime _time = new();
    private SandboxWorld _world = null!;
    private RunningPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = await RunningPortal.StartAsync(
            _world, services => services.AddSingleton<TimeProvider>(_time), [new("Teams:WarmWorkers", "0"), new("Logging:LogLevel:Default", "Error")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Whom_entra_renews_no_more_is_asked_to_sign_in_and_is_back_at_once()
    {
        using var marco = await ComeAsync();
        _world.Faults.RevokeSignIns(marco.Person.Id);
        _time.Ahead += TimeSpan.FromMinutes(1);

        var welcome = await marco.GoAsync(At("/tenants"));
        var back = await marco.GoAsync(At("/sign-in?returnUrl=%2Ftenants"));
        var again = await marco.GoAsync(At("/tenants"));

        welcome.Text.ShouldContain("href=\"sign-in?returnUrl=%2Ftenants\"");
        welcome.Text.ShouldNotContain(NotTheirs);
        (back.Address, back.Status).ShouldBe((At("/tenants"), 200));
        (again.Address, again.Status).ShouldBe((At("/tenants"), 200));
    }

    [Fact]
    public async Task Who_has_lost_the_role_reads_so_after_that_sign_in()
    {
        using var marco = await ComeAsync();
        _world.Tenants.Luware.SetAppRoles(marco.Person.Id);
        _time.Ahead += TimeSpan.FromMinutes(1);

        var welcome = await marco.GoAsync(At("/tenants"));
        var back = await marco.GoAsync(At("/sign-in?returnUrl=%2Ftenants"));

        welcome.Text.ShouldContain("href=\"sign-in?returnUrl=%2Ftenants\"");
        back.Address.AbsolutePath.ShouldBe(SignInPaths.NotYours);
    }

    [Fact]
    public async Task Who_is_signed_in_and_opens_the_portal_is_led_to_their_own_page()
    {
        using var marco = await ComeAsync();

        (await marco.GoAsync(At("/"))).Address.ShouldBe(At(SignInPaths.Home));
    }

    private async Task<Visitor> ComeAsync()
    {
        var marco = new Visitor(_world.Tenants.FindPerson("marco.frei@luware.example")!.Value.Person);
        (await marco.GoAsync(At("/sign-in?returnUrl=%2Ftenants"))).Address.ShouldBe(At("/tenants"));
        return marco;
    }

    private Uri At(string path) => new(_portal.Address, path);
}
