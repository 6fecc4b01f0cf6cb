using System.Net;
using Luware.Onboarding.Data;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Operations;

/// <summary>The page that a person sees when a request of theirs fails.</summary>
public sealed class ErrorPageTests : IAsyncLifetime
{
    private SandboxWorld _world = null!;
    private RunningPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = await RunningPortal.StartAsync(_world, new KeyValuePair<string, string?>("Teams:WarmWorkers", "0"));
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData("/onboarding")]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    public async Task Whose_session_the_database_cannot_look_up_reads_what_happened_instead_of_nothing(string path)
    {
        using var anna = new Visitor(_world.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person);
        await anna.GoAsync(new Uri(_portal.Address, "/sign-in"));
        await using (var db = await _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            await db.Database.ExecuteSqlAsync($"ALTER TABLE Sessions RENAME TO OutOfReach");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_portal.Address, path));
        request.Headers.Accept.ParseAdd("text/html");

        using var answer = await anna.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("That did not work, and it was our fault");
        page.ShouldNotContain("Anna Keller", customMessage: "nobody is signed in on it");
        page.ShouldNotContain("blazor.web", customMessage: "it opens no circuit");
    }
}
