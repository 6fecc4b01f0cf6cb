using System.Net;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;

namespace Luware.Portal.Tests.Downloads;

/// <summary>How many files one person gets.</summary>
public sealed class FileLimitsTests : IAsyncLifetime
{
    private const string Anna = "anna.keller@contoso.com";

    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() =>
        _portal = await TestPortal.StartWithAsync(("RateLimits:FilesPerMinute", "3"));

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Who_has_had_as_many_files_as_a_person_may_in_a_minute_waits_and_adds_nothing_to_the_audit()
    {
        using var anna = await SignInAsync(Anna);
        using var again = await SignInAsync(Anna);
        using var katrin = await SignInAsync("katrin.vogel@fabrikam.de");
        for (var i = 0; i < 3; i++)
            (await StatusAsync(anna)).ShouldBe(HttpStatusCode.OK);

        using var fourth = await again.Client.GetAsync(_portal.At("/downloads/script.ps1"));

        fourth.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "another session is the same person");
        fourth.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        _portal.Audit.Lines.Count(l => l.StartsWith("file", StringComparison.Ordinal)).ShouldBe(3);
        (await StatusAsync(katrin)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_person_gets_more_than_two_files_at_once()
    {
        using var anna = await SignInAsync(Anna);
        using var katrin = await SignInAsync("katrin.vogel@fabrikam.de");
        var held = new TaskCompletionSource();
        _portal.Engine.Held = held.Task;
        Task<HttpStatusCode>[] asked = [StatusAsync(anna), StatusAsync(anna), StatusAsync(anna)];

        var refused = await Task.WhenAny(asked);
        var another = StatusAsync(katrin);
        held.SetResult();

        (await refused).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Task.WhenAll(asked)).ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], ignoreOrder: true);
        (await another).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(anna)).ShouldBe(HttpStatusCode.OK, "their answers are complete, and the refused one counts for nothing");
    }

    [Fact]
    public async Task The_script_that_takes_a_grant_back_is_not_kept_away_by_other_files_or_by_the_minutes_limit_of_them()
    {
        using var anna = await SignInAsync(Anna);
        var held = new TaskCompletionSource();
        _portal.Engine.Held = held.Task;
        Task<HttpStatusCode>[] asked = [StatusAsync(anna), StatusAsync(anna), StatusAsync(anna)];
        await Task.WhenAny(asked);

        (await StatusAsync(anna, "/downloads/undo/grants.ps1")).ShouldBe(HttpStatusCode.OK);

        held.SetResult();
        await Task.WhenAll(asked);
        await StatusAsync(anna);
        (await StatusAsync(anna)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await StatusAsync(anna, "/downloads/undo/grants.ps1")).ShouldBe(HttpStatusCode.OK);
        await StatusAsync(anna, "/downloads/undo/grants.ps1");
        (await StatusAsync(anna, "/downloads/undo/grants.ps1")).ShouldBe(HttpStatusCode.TooManyRequests, "it has a limit of its own");
    }

    [Fact]
    public async Task Who_may_have_no_more_files_can_still_give_a_consent()
    {
        using var anna = await SignInAsync(Anna);
        _portal.Engine.View = Views.Of(FakeRegions.Switzerland, _portal.World.Tenants.Contoso.Id);
        for (var i = 0; i < 4; i++)
            await StatusAsync(anna);

        (await StatusAsync(anna, "/consent/go/1")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("en", "Too many requests came from you or from your network.")]
    [InlineData("de", "Von Ihnen oder aus Ihrem Netzwerk kamen zu viele Anfragen.")]
    public async Task Whoever_is_held_back_reads_why_in_their_language(string language, string text)
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, [new("Teams:WarmWorkers", "0"), new("RateLimits:FilesPerMinute", "1")]);
        using var anna = new Visitor(world.Tenants.FindPerson(Anna)!.Value.Person);
        await anna.GoAsync(new Uri(portal.Address, "/sign-in"));
        var file = new Uri(portal.Address, "/downloads/audit.jsonl");
        (await anna.Client.GetAsync(file)).EnsureSuccessStatusCode().Dispose();
        using var asking = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { { "Accept", "text/html" }, { "Accept-Language", language } } };

        using var answer = await anna.Client.SendAsync(asking);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(text);
    }

    private async Task<Visitor> SignInAsync(string person) => (await _portal.SignInAsync(person)).Visitor;

    private async Task<HttpStatusCode> StatusAsync(Visitor visitor, string path = "/downloads/script.ps1")
    {
        using var answer = await visitor.Client.GetAsync(_portal.At(path));
        return answer.StatusCode;
    }
}
