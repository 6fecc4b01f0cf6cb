using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>A specialist and the customer whom she invites, each in their own browser: created, invited, followed, released, handed over.</summary>
public sealed class SpecialistJourneyTests(BrowserFixture browser, AzuriteFixture azurite)
{
    [Fact]
    public async Task A_customer_arrives_by_the_invitation_and_the_specialist_follows_releases_and_hands_them_over()
    {
        await using var world = await azurite.StartWorldAsync();
        await using var portal = await RunningPortal.StartAsync(world, _ => { }, [], customers: []);
        await using var desk = await browser.NewContextAsync(
            new() { Locale = "en-GB", ViewportSize = new() { Width = 1440, Height = 1000 }, ReducedMotion = ReducedMotion.Reduce });
        await using var home = await browser.NewContextAsync();
        var console = new BrowserConsole();
        await console.ListenToAsync(desk);
        await console.ListenToAsync(home);
        var nina = new Specialist(await desk.NewPageAsync(), portal.Address);
        var found = new List<string>();

        await nina.SignInAsync("Nina Keller");
        await nina.SeesTextAsync("No tenant is being onboarded");
        found.AddRange(await Axe.LookAsync("empty cockpit", nina.Page));
        await nina.AddAsync("Contoso", "contoso.com");
        var tenant = nina.Page.Url;
        var link = await nina.InviteAsync();
        found.AddRange(await Axe.LookAsync("tenant with an invitation", nina.Page));
        await nina.ReleaseAsync();

        var anna = new Customer(await home.NewPageAsync(), portal.Address);
        await anna.ArriveAsync(link, "Anna Keller");
        await nina.SeesTextAsync("Accepted by Anna Keller");
        await anna.AllowAsync();
        await anna.ChooseTestUserAsync();
        await anna.NameStorageAsync(world.Tenants.Contoso.Azure!.Id);
        await anna.ApproveAsync();
        await anna.AcceptAsync(applications: 1);
        await nina.SeesTextAsync("Waiting on Luware");
        await nina.SeesTextAsync("Set without LuwareRecording-RecordedUsers");
        found.AddRange(await Axe.LookAsync("tenant whose group came after the ready flag", nina.Page));
        await nina.ReleaseAsync();
        await anna.ConfirmAsync(people: 1);
        await anna.SeesAsync("Recording is set up");

        await nina.SeesBlockAsync("LuwareRecording-RecordedUsers");
        found.AddRange(await Axe.LookAsync("tenant at its end", nina.Page));
        await nina.FollowAsync("Hand-over");
        await nina.SeesAsync("Hand-over of Contoso");
        found.AddRange(await Axe.LookAsync("hand-over", nina.Page));
        await ShouldBeForPaperAsync(nina.Page);
        (await nina.TakeAsync("PDF"))[..4].ShouldBe("%PDF"u8.ToArray());
        await nina.OpenAsync($"{new Uri(tenant).AbsolutePath}/audit");
        await nina.SeesTextAsync("File downloaded");
        found.AddRange(await Axe.LookAsync("audit", nina.Page));
        await anna.OpenAsync("handover");
        await anna.SeesAsync("Hand-over of Contoso");
        found.AddRange(await Axe.LookAsync("customer's hand-over", anna.Page));
        await anna.OpenAsync("audit");
        await anna.SeesTextAsync("File downloaded");
        found.AddRange(await Axe.LookAsync("customer's audit", anna.Page));

        await nina.OpenAsync("tenants/new");
        await nina.SeesAsync("New tenant");
        found.AddRange(await Axe.LookAsync("new tenant", nina.Page));
        await nina.OpenAsync("tenants");
        await nina.SeesTextAsync("All verified");
        found.AddRange(await Axe.LookAsync("cockpit", nina.Page));
        await nina.OpenAsync("tenants?status=Failed");
        await nina.SeesTextAsync("No tenant fits.");
        found.AddRange(await Axe.LookAsync("cockpit that finds nothing", nina.Page));
        await nina.OpenAsync($"{new Uri(tenant).AbsolutePath}/edit");
        await nina.SeesAsync("Edit tenant");
        found.AddRange(await Axe.LookAsync("form", nina.Page));
        await nina.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await nina.OpenAsync("regions");
        await nina.SeesAsync("Regions");
        found.AddRange(await Axe.LookAsync("regions", nina.Page));
        found.ShouldBeEmpty();
        console.Said.ShouldBeEmpty("the pages ask the browser for nothing that their policy forbids");
    }

    /// <summary>On paper stands what is read, dark on light, without what can only be pressed.</summary>
    private static async Task ShouldBeForPaperAsync(IPage page)
    {
        string[] pressed = [".top .tools", ".foot", ".skip"];
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        foreach (var part in pressed)
        {
            var seen = await page.Locator(part).EvaluateAllAsync<bool[]>("all => all.map(e => e.checkVisibility())");
            seen.ShouldNotBeEmpty(part);
            seen.ShouldAllBe(s => !s, part);
        }

        (await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme")).ShouldBe("light");
        (await page.Locator("h1").IsVisibleAsync()).ShouldBeTrue();
        await page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = ColorScheme.Light });
    }
}
