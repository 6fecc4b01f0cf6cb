using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>Keyboard and screen reader behaviour that only a browser shows.</summary>
public sealed class KeyboardTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_focus_follows_the_heading_skips_to_the_contents_and_finds_what_is_wrong_and_a_copy_is_announced()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var home = await browser.NewContextAsync();
        await using var desk = await browser.NewContextAsync();
        await desk.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var anna = new Customer(await home.NewPageAsync(), portal.Address);
        var nina = new Specialist(await desk.NewPageAsync(), portal.Address);

        await anna.SignInAsync("Anna Keller");
        await anna.AllowAsync();
        await FocusIsAtAsync(anna.Page, "h1");
        await SkipAsync(anna.Page);

        await nina.SignInAsync("Nina Keller");
        await OpenByKeysAsync(nina.Page, world.Tenants.Contoso.Name);
        await nina.SeesAsync(world.Tenants.Contoso.Name);
        await FocusIsAtAsync(nina.Page, "h1");
        await SkipAsync(nina.Page);
        await nina.Page.Locator("[data-copy]").Last.ClickAsync();
        await nina.Page.Locator("#said").GetByText("Copied").WaitForAsync();
        (await nina.Page.Locator("#said").GetAttributeAsync("role")).ShouldBe("status");

        await nina.Page.EvaluateAsync("void (navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')))");
        var copied = await nina.Page.Locator("[data-copy]").Last.GetAttributeAsync("data-copy");
        await nina.Page.Locator("[data-copy]").Last.ClickAsync();
        var uncopied = nina.Page.GetByRole(AriaRole.Dialog, new() { Name = "Your browser does not allow copying" });
        (await uncopied.GetByRole(AriaRole.Textbox).InputValueAsync()).ShouldBe(copied);
        await FocusIsAtAsync(nina.Page, "#uncopied-text");
        (await nina.Page.EvaluateAsync<string>("getSelection().toString()")).ShouldBe(copied, "one key press copies it");
        await nina.Page.Keyboard.PressAsync("Escape");
        await FocusIsAtAsync(nina.Page, "[data-copy]");

        await nina.Page.GotoAsync($"{nina.Page.Url}/edit");
        await nina.Page.Locator("#tenant-OwnerMail").FillAsync("no-mail");
        await nina.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await FocusIsAtAsync(nina.Page, "#tenant-OwnerMail[aria-invalid=true]");
    }

    [Fact]
    public async Task A_busy_button_keeps_the_focus_and_what_goes_leaves_it_to_its_heading()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var home = await browser.NewContextAsync();
        await using var desk = await browser.NewContextAsync();
        var anna = new Customer(await home.NewPageAsync(), portal.Address);
        var nina = new Specialist(await desk.NewPageAsync(), portal.Address);

        await anna.SignInAsync("Anna Keller");
        await anna.AllowAsync();
        // It is busy for a moment only, so the page itself looks.
        await anna.Page.EvaluateAsync(
            "() => new MutationObserver(() => window.wasBusy ||= document.activeElement.matches('[aria-disabled=true]'))"
            + ".observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-disabled'] })");
        await PressAsync(anna.Page, "Read again");
        await anna.Page.WaitForFunctionAsync("() => window.wasBusy === true");
        await FocusIsAtAsync(anna.Page, ".head button:not([aria-disabled])");

        await anna.Page.GotoAsync(new Uri(portal.Address, "onboarding/storage").ToString());
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).WaitForAsync();
        await FocusIsAtAsync(anna.Page, "h1");
        await PressAsync(anna.Page, "Make a link");
        await FocusIsAtAsync(anna.Page, "#hand-made");
        await PressAsync(anna.Page, "Revoke the link");
        await FocusIsAtAsync(anna.Page, "#hand");

        await nina.SignInAsync("Nina Keller");
        await nina.FollowAsync(world.Tenants.Contoso.Name);
        // The page that one comes to takes the focus to its heading, which may be after its buttons are there.
        await nina.Page.GetByRole(AriaRole.Heading, new() { Name = world.Tenants.Contoso.Name, Level = 1 }).WaitForAsync();
        await FocusIsAtAsync(nina.Page, "h1");
        await PressAsync(nina.Page, "Set ready flag");
        await FocusIsAtAsync(nina.Page, "#ready-question");
        var other = await desk.NewPageAsync();
        await other.GotoAsync(nina.Page.Url);
        await PressAsync(other, "Set ready flag");
        await PressAsync(other, "Assert and set");
        await FocusIsAtAsync(nina.Page, "#ready");
    }

    [Fact]
    public async Task What_goes_from_the_choices_of_a_step_leaves_the_focus_to_the_group_that_it_stood_in()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        var tenant = world.Tenants.Fabrikam;
        var recorded = tenant.Groups.Single(g => g.DisplayName == WantedGroup.RecordedUsers);
        tenant.AddPolicy("othervendor", recorded.Members.Take(2));
        await using var portal = await RunningPortal.StartAsync(world);
        await using var home = await browser.NewContextAsync();
        var katrin = new Customer(await home.NewPageAsync(), portal.Address);
        await katrin.SignInAsync("Katrin Vogel");
        await katrin.AllowAsync();
        await katrin.OpenStepAsync("grants");

        await PressAsync(katrin.Page, "Leave all 2 that are undecided");

        await FocusIsAtAsync(katrin.Page, "fieldset.rivals");
    }

    private static async Task PressAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Disabled = false }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task SkipAsync(IPage page)
    {
        await page.Locator(".skip").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await FocusIsAtAsync(page, "main");
    }

    /// <summary>Opens the first tenant of the list, which is one tab stop besides the links in it.</summary>
    private static async Task OpenByKeysAsync(IPage page, string name)
    {
        await page.Locator(".cockpit [tabindex='0']").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Locator(".cockpit tr.rz-state-focused").Filter(new() { HasText = name }).WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task FocusIsAtAsync(IPage page, string place) =>
        await page.WaitForFunctionAsync("place => document.activeElement.matches(place)", place);
}
