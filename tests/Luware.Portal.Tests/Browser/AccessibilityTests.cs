using System.Reflection;
using System.Text.RegularExpressions;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>Every page that a customer visits, checked by axe in a real browser.</summary>
public sealed partial class AccessibilityTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Nothing_on_the_way_from_welcome_to_the_safety_gate_keeps_anybody_out(ColorScheme scheme)
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await browser.NewContextAsync(new()
        {
            Locale = "en-GB", ViewportSize = new() { Width = 1440, Height = 1000 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce,
        });
        var customer = new Customer(await context.NewPageAsync(), portal.Address);
        var found = new List<string>();

        await customer.OpenAsync();
        found.AddRange(await Axe.LookAsync("welcome", customer.Page));
        await customer.OpenAsync("how-recording-works");
        found.AddRange(await Axe.LookAsync("how recording works", customer.Page));
        await customer.SignInAsync("Anna Keller");
        await customer.SeesTextAsync("Allow and read my tenant");
        found.AddRange(await Axe.LookAsync("before", customer.Page));
        await customer.AllowAsync();
        await customer.SeesChoicesAsync();
        found.AddRange(await Axe.LookAsync("plan with choices", customer.Page));
        await customer.OpenAsync("onboarding/whitelisting");
        await customer.SeesAsync("3 Whitelisting");
        found.AddRange(await Axe.LookAsync("step to approve", customer.Page));
        await customer.OpenAsync("onboarding/policies");
        await customer.SeesTextAsync("First comes: Whitelisting.");
        found.AddRange(await Axe.LookAsync("step that rests on another", customer.Page));
        await customer.ReturnAsync();
        await customer.SeesChoicesAsync();
        await customer.ChooseTestUserAsync();
        await customer.NameStorageAsync(world.Tenants.Contoso.Azure!.Id);
        await customer.ApproveAsync();
        await customer.DeclineAsync();
        await customer.SeesTextAsync("Whom it waits for");
        found.AddRange(await Axe.LookAsync("run that waits", customer.Page));
        await customer.OpenConsentAsync();
        await customer.AcceptAsync(applications: 1);
        await customer.SeesTextAsync("The recorders are still to be reported ready");
        await portal.Services.GetRequiredService<ITenants>().SetReadyAsync(
            world.Tenants.Contoso.Id, ready: true, "Nina Keller", TestContext.Current.CancellationToken);
        await customer.SeesGateAsync();
        found.AddRange(await Axe.LookAsync("safety gate", customer.Page));
        await customer.OpenStepAsync("consent");
        await customer.SeesTextAsync("What it is for");
        found.AddRange(await Axe.LookAsync("permissions", customer.Page));
        await customer.OpenStepAsync("chat-capture");
        await customer.SeesChoicesAsync();
        found.AddRange(await Axe.LookAsync("a step that is skipped", customer.Page));
        await customer.LookAtTheEndAsync();
        found.AddRange(await Axe.LookAsync("plan of the end", customer.Page));
        // German words are longer, and a phone is narrow.
        await customer.OpenAsync("language/de?returnUrl=/offboarding");
        await customer.SeesTextAsync("Was bleibt, und wo eine Person es entfernt");
        found.AddRange(await Axe.LookAsync("plan of the end in German", customer.Page));
        await customer.Page.SetViewportSizeAsync(320, 800);
        found.AddRange(await Axe.LookAsync("plan of the end in German on a phone", customer.Page));

        found.ShouldBeEmpty();
    }

    [Fact]
    public async Task From_page_to_page_the_tab_is_named_and_the_keyboard_stands_at_the_heading()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await browser.NewContextAsync();
        var nina = new Specialist(await context.NewPageAsync(), portal.Address);
        await nina.SignInAsync("Nina Keller");
        await nina.SeesAsync("Tenants");
        (await nina.Page.TitleAsync()).ShouldBe("Tenants – Luware Portal");

        await nina.Page.GetByRole(AriaRole.Link, new() { Name = "Regions" }).ClickAsync();

        await nina.Page.Locator("h1:focus", new() { HasText = "Regions" }).WaitForAsync();
        (await nina.Page.TitleAsync()).ShouldBe("Regions – Luware Portal");
    }

    [Fact]
    public async Task No_page_at_a_door_keeps_anybody_out()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        var found = new List<string>();

        foreach (var place in Doors)
        {
            await page.GotoAsync(new Uri(portal.Address, place).AbsoluteUri);
            (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync()).ShouldBe(1, place);
            found.AddRange(await Axe.LookAsync(place, page));
        }

        found.ShouldBeEmpty();
    }

    [Fact]
    public void Every_address_of_a_page_is_in_the_list_of_those_looked_at()
    {
        var pages = new[] { typeof(PortalApp).Assembly, typeof(OnboardingPage).Assembly }.SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).ToList();

        pages.Count.ShouldBeGreaterThan(20);
        pages.Where(page => !OnTheWay.Concat(Doors).Any(place => Regex.IsMatch($"/{place}", $"^{Parameter().Replace(page, "[^/]+")}$"))).ShouldBeEmpty();
    }

    /// <summary>What is looked at on the way of a customer (above) and of a specialist (<see cref="SpecialistJourneyTests"/>): a new page is looked at there.</summary>
    private static readonly string[] OnTheWay =
    [
        "", "how-recording-works", "before", "onboarding", "onboarding/whitelisting", "offboarding", "handover", "audit", "tenants", "tenants/new", "regions",
        "tenants/contoso", "tenants/contoso/edit", "tenants/contoso/handover", "tenants/contoso/audit",
    ];

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    /// <summary>The pages for people who may not enter, or no longer.</summary>
    private static readonly string[] Doors =
    [
        "invitation/refused", "colleague/refused", "not-yours", "too-many-pages", "sign-in/refused", "signed-out", "consent/returned",
        "error", "error/429", "not-found", "no/such/page",
    ];
}
