using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>A customer's administrator at the portal: what they see and do, and how many actions it takes them.</summary>
/// <remarks>An action is every click, pick and typed value that the person must give, including the final Enter; looking and waiting do not count.</remarks>
internal sealed partial class Customer(IPage page, Uri portal)
{
    public IPage Page { get; } = page;

    public int Actions { get; private set; }

    private ILocator Main => Page.GetByRole(AriaRole.Main);

    private ILocator Gate => Main.GetByRole(AriaRole.Region, new() { NameRegex = PutInForce() });

    private ILocator AcceptButton => Page.GetByRole(AriaRole.Button, new() { Name = "Accept" });

    public async Task SignInAsync(string name)
    {
        await OpenAsync();
        await PressAsync("Sign in with Microsoft");
        await DoAsync(Page.GetByRole(AriaRole.Button).Filter(new() { HasText = name }).First);
        await AcceptIfAskedAsync();
        await Page.WaitForFunctionAsync("() => location.pathname === '/before'");
    }

    /// <summary>Comes by an invitation, which signs in at the invited tenant's own authority.</summary>
    public async Task ArriveAsync(Uri invitation, string name)
    {
        await Page.GotoAsync(invitation.AbsoluteUri);
        await DoAsync(Page.GetByRole(AriaRole.Button).Filter(new() { HasText = name }).First);
        await AcceptIfAskedAsync();
        await Page.WaitForFunctionAsync("() => location.pathname === '/before'");
    }

    /// <summary>One step-up for all scopes of the route; the plan follows automatically.</summary>
    public async Task AllowAsync()
    {
        await PressAsync("Allow and read my tenant");
        await DoAsync(AcceptButton);
        await SeesAsync("Your plan");
    }

    /// <summary>The same step-up; the first step follows automatically.</summary>
    public async Task AllowStepByStepAsync()
    {
        await PressAsync("Step by step");
        await DoAsync(AcceptButton);
        await SeesAsync("1 Security groups");
    }

    /// <summary>On a step's page, to which the portal has led automatically.</summary>
    public async Task ApproveStepAsync(string heading)
    {
        await SeesAsync(heading);
        await Main.GetByRole(AriaRole.Button, new() { Name = "Approve step", Disabled = false }).WaitForAsync();
        await PressAsync("Approve step");
    }

    /// <summary>Picks the first suggested person of step 1; one pick is enough for every group.</summary>
    public Task ChooseTestUserAsync() => DoAsync(Main.Locator(".choices").GetByRole(AriaRole.Checkbox).First);

    /// <summary>The only value that is pasted.</summary>
    public async Task NameStorageAsync(string resourceId)
    {
        var account = Main.GetByLabel("Resource id of the storage account");
        Actions++;
        await account.FillAsync(resourceId);
        await account.BlurAsync();
        await Main.GetByRole(AriaRole.Rowheader).Filter(new() { HasText = "Blob container" }).WaitForAsync();
    }

    /// <summary>The approval opens Microsoft's consent page automatically.</summary>
    public async Task ApproveAsync()
    {
        await PressAsync("Approve plan");
        await SeesConsentAsync();
    }

    public Task SeesConsentAsync() => AcceptButton.WaitForAsync(new() { Timeout = 60_000 });

    /// <summary>Accepts on Microsoft's page. The page of a second recording application, and the plan at the end, open automatically.</summary>
    public async Task AcceptAsync(int applications)
    {
        for (var i = 0; i < applications; i++)
        {
            var before = Page.Url;
            await DoAsync(AcceptButton);
            await Page.WaitForFunctionAsync("before => location.href !== before", before);
        }

        await Page.WaitForFunctionAsync("() => location.pathname.startsWith('/onboarding')");
    }

    /// <summary>Step 7, once everything else is verified: chosen, approved and consented to on its own page.</summary>
    public async Task WantChatCaptureAsync()
    {
        await DoAsync(Main.Locator(".skipped").GetByRole(AriaRole.Link));
        await DoAsync(Main.GetByRole(AriaRole.Radio, new() { Name = "Wanted", Exact = false }).Last);
        await ApproveStepAsync("7 Chat capture");
        await SeesConsentAsync();
        await AcceptAsync(applications: 1);
    }

    /// <summary>The progress of the onboarding, as shown in the list of steps.</summary>
    public Task SeesProgressAsync(string words) => Page.Locator(".rail").GetByText(words, new() { Exact = true }).WaitForAsync(new() { Timeout = 60_000 });

    public async Task DeclineAsync()
    {
        await DoAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }));
        await PressAsync("Back to your plan");
    }

    /// <summary>Continues like a person who has closed Microsoft's page, or declined there.</summary>
    public async Task OpenConsentAsync()
    {
        await PressAsync("Open Microsoft’s page");
        await AcceptButton.WaitForAsync();
    }

    public Task SeesGateAsync() => Gate.GetByRole(AriaRole.Textbox).WaitForAsync(new() { Timeout = 60_000 });

    /// <summary>The gate is part of the page; typing a value and Enter is one action.</summary>
    public async Task ConfirmAsync(int people)
    {
        await SeesGateAsync();
        Actions++;
        await Gate.GetByRole(AriaRole.Textbox).FillAsync(people.ToString(CultureInfo.InvariantCulture));
        await Gate.GetByRole(AriaRole.Textbox).PressAsync("Enter");
    }

    /// <summary>The confirmation was stored, and the run has continued.</summary>
    public Task SeesGateGoAsync() => Gate.WaitForAsync(new() { State = WaitForSelectorState.Hidden, Timeout = 60_000 });

    public async Task SignOutAsync()
    {
        await DoAsync(Page.Locator("header details.menu summary"));
        await DoAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
    }

    public Task OpenAsync(string place = "") => Page.GotoAsync(new Uri(portal, place).AbsoluteUri);

    /// <summary>The choices shown for an open question.</summary>
    public Task SeesChoicesAsync() => Main.Locator(".choices").First.WaitForAsync();

    /// <summary>Opens the plan again, as after a lost connection.</summary>
    public Task ReturnAsync() => Page.GotoAsync(new Uri(portal, "/onboarding").AbsoluteUri);

    public Task OpenStepAsync(string step) => Page.GotoAsync(new Uri(portal, $"/onboarding/{step}").AbsoluteUri);

    /// <summary>The plan that ends recording, read and shown completely.</summary>
    public async Task LookAtTheEndAsync()
    {
        await Page.GotoAsync(new Uri(portal, "/offboarding").AbsoluteUri);
        await Heading("End recording").WaitForAsync();
        await Main.GetByText("What stays, and where a person removes it").WaitForAsync(new() { Timeout = 60_000 });
    }

    public Task SeesAsync(string heading) => Heading(heading).WaitForAsync(new() { Timeout = 60_000 });

    public Task SeesTextAsync(string text) => Main.GetByText(text).First.WaitForAsync(new() { Timeout = 60_000 });

    /// <summary>The text of a step in the list of steps.</summary>
    public Task<string> StatusOfAsync(string step) => Page.Locator(".rail a").Filter(new() { HasText = step }).Locator(".status").InnerTextAsync();

    /// <summary>A button, or a link that looks like one.</summary>
    private Task PressAsync(string name) =>
        DoAsync(Main.GetByRole(AriaRole.Button, new() { Name = name }).Or(Main.GetByRole(AriaRole.Link, new() { Name = name })));

    private async Task DoAsync(ILocator target)
    {
        Actions++;
        await target.ClickAsync();
    }

    // Not by addresses: Microsoft's pages have the same, and the one that is left may never end loading.
    private async Task AcceptIfAskedAsync()
    {
        await AcceptButton.Or(Page.Locator("header.top")).First.WaitForAsync();
        if (await AcceptButton.IsVisibleAsync())
            await DoAsync(AcceptButton);
    }

    private ILocator Heading(string text) => Page.GetByRole(AriaRole.Heading, new() { Name = text, Level = 1 });

    [GeneratedRegex("^Put the policy in force", RegexOptions.None, 1000)]
    private static partial Regex PutInForce();
}
