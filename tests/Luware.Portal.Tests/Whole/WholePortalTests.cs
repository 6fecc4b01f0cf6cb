using System.Text;
using System.Text.RegularExpressions;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Whole;

/// <summary>The portal composed as for production, with a world on loopback; no browser and no worker.</summary>
public sealed partial class WholePortalTests : IAsyncLifetime
{
    private SandboxWorld _world = null!;
    private RunningPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = await RunningPortal.StartAsync(_world, [new("Teams:WarmWorkers", "0"), new("Logging:LogLevel:Default", "Error")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task It_is_ready_and_shows_its_welcome_and_its_files_to_everybody()
    {
        using var client = new HttpClient();

        (await client.GetStringAsync(new Uri(_portal.Address, "/health/ready"))).ShouldBe("Healthy");
        (await client.GetStringAsync(_portal.Address)).ShouldContain("sign-in?returnUrl=");
        (await client.GetStringAsync(new Uri(_portal.Address, "/tokens.css"))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_link_into_the_portal_survives_the_sign_in()
    {
        using var anna = Visit("anna.keller@contoso.com");

        var welcome = await anna.GoAsync(new Uri(_portal.Address, "/onboarding/grants"));
        var page = await anna.GoAsync(new Uri(_portal.Address, "/sign-in?returnUrl=%2Fonboarding%2Fgrants"));

        welcome.Text.ShouldContain("href=\"sign-in?returnUrl=%2Fonboarding%2Fgrants\"");
        page.Address.ShouldBe(new Uri(_portal.Address, "/onboarding/grants"));
    }

    [Fact]
    public async Task No_circuit_opens_without_a_sign_in()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var answer = await client.PostAsync(new Uri(_portal.Address, "/_blazor/negotiate?negotiateVersion=1"), content: null);

        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Theory]
    [InlineData("anna.keller@contoso.com")]
    [InlineData("olivia.bennett@tailspin.co.uk")]
    public async Task Customers_and_others_can_sign_in_and_get_a_page(string userPrincipalName)
    {
        using var visitor = Visit(userPrincipalName);

        var page = await visitor.GoAsync(new Uri(_portal.Address, "/sign-in"));

        page.Address.ShouldBe(new Uri(_portal.Address, "/onboarding"));
        page.Status.ShouldBe(200);
    }

    [Fact]
    public async Task Where_people_may_not_consent_the_page_leads_an_administrator_to_allow_the_sign_in_of_all()
    {
        using var lea = Visit("lea.widmer@contoso.com");
        using var anna = Visit("anna.keller@contoso.com");
        _world.Faults.UserConsentOff = true;

        var refused = await lea.GoAsync(new Uri(_portal.Address, "/sign-in"));
        refused.WithoutAnswer.ShouldBe("/sign-in/refused?reason=AdminConsent");
        var allowed = await anna.GoAsync(new Uri(ConsentLink().Match(refused.Text).Groups["link"].Value.Replace("&amp;", "&", StringComparison.Ordinal)));

        allowed.Address.AbsolutePath.ShouldBe("/signed-out");
        (await lea.GoAsync(new Uri(_portal.Address, "/sign-in"))).Address.ShouldBe(new Uri(_portal.Address, "/onboarding"));
    }

    [Fact]
    public async Task A_command_reaches_the_persons_own_tenant_through_a_real_worker_and_graph_through_the_real_sdk()
    {
        using var anna = Visit("anna.keller@contoso.com");
        await anna.GoAsync(new Uri(_portal.Address, "/sign-in"));
        await anna.GoAsync(new Uri(_portal.Address, "/sign-in/more"));
        var access = (await _portal.ActorAsync(anna.Person)).Access;
        var command = new TeamsCommand("Get-CsTenant", [], ["TenantId", "DisplayName"]);
        await using var work = _portal.Services.CreateAsyncScope();

        var answer = await work.ServiceProvider.GetRequiredService<ITeams>().InvokeAsync(access, command, TestContext.Current.CancellationToken);
        var roles = await work.ServiceProvider.GetRequiredService<IDirectory>().GetActiveRolesAsync(access, TestContext.Current.CancellationToken);

        answer.Objects.ShouldHaveSingleItem().GetProperty("TenantId").GetString().ShouldBe(access.TenantId.ToString());
        roles.ShouldContain(Roles.GlobalAdministrator.TemplateId);
    }

    [Fact]
    public async Task The_database_holds_no_token_state_or_cookie_in_clear()
    {
        using var katrin = Visit("katrin.vogel@fabrikam.de");
        await katrin.GoAsync(new Uri(_portal.Address, "/sign-in"));
        await katrin.GoAsync(new Uri(_portal.Address, "/sign-in/more"));
        await katrin.GoAsync(new Uri(_portal.Address, "/consent/go/1"));
        var actor = await _portal.ActorAsync(katrin.Person);
        var link = await _portal.Services.GetRequiredService<IColleagueLinks>().HandAsync(actor, "storage", TestContext.Current.CancellationToken);
        var states = katrin.Way.Select(u => QueryHelpers.ParseQuery(u.Query)).Where(q => q.ContainsKey("state")).Select(q => q["state"].ToString()).ToList();
        var cookies = katrin.CookiesAt(_portal.Address).Select(c => c.Value);

        var database = string.Concat((await FolderAsync()).EnumerateFiles().Select(f => Encoding.Latin1.GetString(ReadShared(f))));

        database.ShouldContain("Fabrikam");
        states.Count.ShouldBeGreaterThan(4);
        states.Concat(cookies).Append(link.Secret!).Append(Applications.PortalSecret).Append("eyJ0eXAi").Append("eyJhbGci")
            .Where(s => database.Contains(s, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_does_not_exist_is_a_page_with_its_status()
    {
        using var anna = Visit("anna.keller@contoso.com");
        await anna.GoAsync(new Uri(_portal.Address, "/sign-in"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_portal.Address, "/consent/go/9"));
        request.Headers.Accept.ParseAdd("text/html");

        using var answer = await anna.Client.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(404);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1");
    }

    private async Task<DirectoryInfo> FolderAsync()
    {
        await using var db = await _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return new FileInfo(db.Database.GetDbConnection().DataSource).Directory!;
    }

    private Visitor Visit(string userPrincipalName) => new(_world.Tenants.FindPerson(userPrincipalName)!.Value.Person);

    private static byte[] ReadShared(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    [GeneratedRegex("href=\"(?<link>[^\"]*/adminconsent[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConsentLink();
}
