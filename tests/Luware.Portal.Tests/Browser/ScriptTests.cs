using System.Text;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>A person who prefers to run the script themselves downloads it and uploads its result.</summary>
public sealed class ScriptTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_script_is_downloaded_and_its_result_makes_the_portal_look_for_itself()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await browser.NewContextAsync(new() { AcceptDownloads = true });
        var page = await context.NewPageAsync();
        var customer = new Customer(page, portal.Address);
        await customer.SignInAsync("Anna Keller");
        await customer.AllowAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as a script" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("luware-onboarding.ps1");
        var script = await File.ReadAllTextAsync((await download.PathAsync()).ShouldNotBeNull(), TestContext.Current.CancellationToken);
        script.ShouldContain($"$tenant = '{world.Tenants.Contoso.Id}'");
        script.ShouldContain("New-CsOnlineApplicationInstance -UserPrincipalName 'luwarerecording-mtch-1@contoso.com'");
        script.ShouldNotContain("New-CsGroupPolicyAssignment");

        await BringAsync(page, Result(world.Tenants.Fabrikam.Id));
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This result is of the tenant" }).WaitForAsync();
        await BringAsync(page, Result(world.Tenants.Contoso.Id));
        await customer.SeesTextAsync("The result is read, and the portal has looked for itself.");

        // The result claims that the instance was created; the portal has read that it was not.
        (await customer.StatusOfAsync("Whitelisting")).ShouldNotContain("Verified");
    }

    private static Task BringAsync(IPage page, string result) => page.GetByLabel("I ran it: read the result").SetInputFilesAsync(
        new FilePayload { Name = "luware-onboarding.result.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(result) });

    private static string Result(Guid tenant) => $$"""
        {"format":"luware-portal-script","version":1,"tenant":"{{tenant}}","script":"onboarding","startedAt":"2026-11-23T09:00:00Z","endedAt":"2026-11-23T09:01:00Z","problem":null,
        "steps":[{"step":"whitelisting","objects":[{"id":"create-instance/1","state":"made","message":"Make the application instance"}]}]}
        """;
}
