using System.Net;
using Luware.Portal.Operations;
using Luware.Portal.Sandbox.World;
using Luware.Portal.SignIn;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Luware.Portal.Tests.Operations;

/// <summary>How many pages may be open, over the connections that a browser's script would open for them.</summary>
public sealed class OpenPagesTests : IAsyncLifetime
{
    private SandboxWorld _world = null!;
    private readonly LogBook _log = new();
    private RunningPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = await RunningPortal.StartAsync(
            _world, services => services.AddSingleton<ILoggerProvider>(_log),
            [new("Teams:WarmWorkers", "0"), new("Limits:OpenPages", "3"), new("Limits:PagesPerSession", "2"), new("Limits:LostPages", "3")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_has_no_more_open_pages_than_it_may_whatever_carries_them_and_its_person_reads_why(bool bySocket)
    {
        using var anna = await SignInAsync("anna.keller@contoso.com");
        using var first = await PageConnection.OpenAsync(anna, _portal.Address, bySocket);
        using (await PageConnection.OpenAsync(anna, _portal.Address, bySocket))
        {
            await UntilOpenAsync(2);

            using (var third = await PageConnection.OpenAsync(anna, _portal.Address, bySocket))
                await third.Ended.WaitAsync(PageConnection.Limit);
            Refusals.ShouldBe(1, "the log says so");
            using var answer = await anna.Client.GetAsync(new Uri(_portal.Address, SignInPaths.Home));

            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.OriginalString.ShouldBe(OpenPages.Address);
            Refusals.ShouldBe(2, "the page that the browser does not even begin counts as well");
            (await anna.Client.GetStringAsync(new Uri(_portal.Address, OpenPages.Address))).ShouldContain("Too many pages of the portal are open");
            (first.Ended.IsCompleted, Pages.Count).ShouldBe((false, 2));
        }

        await UntilOpenAsync(1);
        using var again = await PageConnection.OpenAsync(anna, _portal.Address, bySocket);
        await UntilOpenAsync(2);
        again.Ended.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_portal_has_no_more_open_pages_than_it_may()
    {
        using var anna = await SignInAsync("anna.keller@contoso.com");
        using var katrin = await SignInAsync("katrin.vogel@fabrikam.de");
        using var first = await PageConnection.OpenAsync(anna, _portal.Address, bySocket: true);
        using var second = await PageConnection.OpenAsync(anna, _portal.Address, bySocket: false);
        using var third = await PageConnection.OpenAsync(katrin, _portal.Address, bySocket: false);
        await UntilOpenAsync(3);

        using var fourth = await PageConnection.OpenAsync(katrin, _portal.Address, bySocket: false);

        await fourth.Ended.WaitAsync(PageConnection.Limit);
        Pages.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_page_of_another_origin_gets_no_connection_although_the_browser_sends_the_cookie_with_it()
    {
        using var anna = await SignInAsync("anna.keller@contoso.com");
        var own = _portal.Address.GetLeftPart(UriPartial.Authority);

        foreach (var foreign in (string[])["https://helpdesk.example", "null", $"{own}0", own.Replace("http:", "https:", StringComparison.Ordinal)])
        {
            (await PageConnection.KnockAsync(anna, _portal.Address, foreign)).ShouldBe(HttpStatusCode.Forbidden, foreign);
            using var asking = new HttpRequestMessage(HttpMethod.Post, new Uri(_portal.Address, "/_blazor/negotiate?negotiateVersion=1"));
            asking.Headers.Add("Origin", foreign);
            using var answer = await anna.Client.SendAsync(asking);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, foreign);
        }

        Pages.Count.ShouldBe(0);
        (await PageConnection.KnockAsync(anna, _portal.Address, own.ToUpperInvariant())).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await PageConnection.KnockAsync(anna, _portal.Address, origin: null)).ShouldBe(HttpStatusCode.SwitchingProtocols, "no browser");
    }

    [Fact]
    public async Task A_pages_goodbye_passes_although_it_names_no_origin()
    {
        using var anna = await SignInAsync("anna.keller@contoso.com");
        using var goodbye = new HttpRequestMessage(HttpMethod.Post, new Uri(_portal.Address, "/_blazor/disconnect"))
        {
            Headers = { { "Origin", "null" } }, Content = new MultipartFormDataContent { { new StringContent("none"), "circuitId" } },
        };

        using var answer = await anna.Client.SendAsync(goodbye);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "there is no such circuit");
    }

    private int Refusals => _log.Lines.Count(line => line.StartsWith("A page was refused", StringComparison.Ordinal));

    private OpenPages Pages => _portal.Services.GetRequiredService<OpenPages>();

    private async Task<Visitor> SignInAsync(string person)
    {
        var visitor = new Visitor(_world.Tenants.FindPerson(person)!.Value.Person);
        await visitor.GoAsync(new Uri(_portal.Address, "/sign-in"));
        return visitor;
    }

    private Task UntilOpenAsync(int count) => Until.TrueAsync(() => Pages.Count == count, $"{count} pages are open");
}
