using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Policies;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>What only the width of a window or the length of a word shows.</summary>
public sealed class NarrowAndWideTests(BrowserFixture browser)
{
    private const string LongName = "Wirtschaftsprüfungsgesellschaft Huber";

    /// <summary>Pages of a customer, each with what is there once it is complete.</summary>
    private static readonly (string Address, string Shows)[] Places =
    [
        ("before", ".decide"), ("onboarding", ".plan"), ("onboarding/policies", ".policy"), ("onboarding/storage", "#hand"),
        ("handover", "main .block"), ("audit", "main .table"),
    ];

    [Theory]
    [InlineData(320, 800)]
    [InlineData(3840, 2160)]
    public async Task No_page_scrolls_sideways_nor_keeps_anybody_out_however_long_the_names_and_however_wide_the_window(int width, int height)
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await StartAsync(world);
        await using var home = await browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await using var desk = await browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var anna = new Customer(await home.NewPageAsync(), portal.Address);
        var nina = new Specialist(await desk.NewPageAsync(), portal.Address);
        await anna.SignInAsync("Anna Keller");
        await anna.AllowAsync();
        await CallPoliciesAsync(portal, world, new string('m', 60));
        // German words are longer.
        await anna.OpenAsync("language/de?returnUrl=/before");
        await nina.SignInAsync("Nina Keller");
        await anna.Page.SetViewportSizeAsync(width, height);
        await nina.Page.SetViewportSizeAsync(width, height);
        var found = new List<string>();

        foreach (var (address, shows) in Places)
        {
            await anna.OpenAsync(address);
            if (address == "onboarding/policies")
                await anna.Page.Locator("#change-policies").ClickAsync();
            await anna.Page.Locator(shows).First.WaitForAsync();
            found.AddRange(await Axe.LookAsync($"{address} at {width} px", anna.Page));
        }

        found.AddRange(await Axe.LookAsync($"tenants at {width} px", nina.Page));
        await nina.FollowAsync(LongName);
        await nina.Page.GetByRole(AriaRole.Heading, new() { Name = LongName, Level = 1 }).WaitForAsync();
        found.AddRange(await Axe.LookAsync($"tenant at {width} px", nina.Page));

        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("components-reconnect-show")]
    [InlineData("components-reconnect-failed")]
    public async Task The_bar_of_a_lost_connection_does_not_cover_the_heading(string state)
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await StartAsync(world);
        await using var home = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 1000 } });
        var anna = new Customer(await home.NewPageAsync(), portal.Address);
        await anna.SignInAsync("Anna Keller");
        await anna.SeesTextAsync("Allow and read my tenant");

        await anna.Page.EvaluateAsync("state => document.getElementById('components-reconnect-modal').classList.add(state)", state);

        const string Bottom = "document.getElementById('components-reconnect-modal').getBoundingClientRect().bottom";
        (await anna.Page.EvaluateAsync<double>($"document.querySelector('h1').getBoundingClientRect().top - {Bottom}")).ShouldBeGreaterThanOrEqualTo(0);
    }

    private static Task<RunningPortal> StartAsync(SandboxWorld world) =>
        RunningPortal.StartAsync(world, _ => { }, [], [new SandboxCustomer(world.Tenants.Contoso.Id, LongName, "MTCH")]);

    /// <summary>Two policies, because one alone is not called by its name among the choices.</summary>
    private static async Task CallPoliciesAsync(RunningPortal portal, SandboxWorld world, string name)
    {
        var engine = portal.Services.GetRequiredService<IEngine>();
        var actor = await portal.ActorAsync(world.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person);
        var two = new PoliciesChoice().Add();
        await engine.ChooseAsync(actor, PoliciesStep.StepName, two.Replace(0, two.Policies[0] with { Name = name }), TestContext.Current.CancellationToken);
        await engine.PlanAsync(actor, step: null, TestContext.Current.CancellationToken);
    }
}
