using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>A customer's administrator in front of the portal: what they see and do, and how many actions it takes them.</summary>
/// <remarks>An action is every click, pick and typed value that the person must give; looking and waiting are none.</remarks>
internal sealed partial class Customer(IPage page, Uri portal)
{
    public IPage Page { get; } = page;

    public int Actions { get; private set; }

    private ILocator Main => Page.GetByRole(AriaRole.Main);

    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public async Task SignInAsync(string name)
    {
        await OpenAsync();
        await PressAsync("Sign in with Microsoft");
        await DoAsync(Page.GetByRole(AriaRole.Button).Filter(new() { HasText = name }).First);
        await AcceptIfAskedAsync(BeforePage());
        await Page.WaitForURLAsync(BeforePage());
    }

    /// <summary>One step-up for all scopes of the route; the plan follows by itself.</summary>
    public async Task AllowAsync()
    {
        await PressAsync("Allow and read my tenant");
        await DoAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }));
        await Heading("Your plan").WaitForAsync();
    }

    /// <summary>The first of the people whom the choices of step 1 suggest; one pick is enough for every group.</summary>
    public Task ChooseTestUserAsync() => DoAsync(Main.Locator(".choices").GetByRole(AriaRole.Checkbox).First);

    /// <summary>The one value that is pasted.</summary>
    public async Task NameStorageAsync(string resourceId)
    {
        var account = Main.GetByLabel("Resource id of the storage account");
        Actions++;
        await account.FillAsync(resourceId);
        await account.BlurAsync();
        await Main.GetByRole(AriaRole.Rowheader).Filter(new() { HasText = "Blob container" }).WaitForAsync();
    }

    public async Task ApproveAsync()
    {
        await PressAsync("Approve plan");
        await Main.GetByText("Whom it waits for").WaitForAsync();
    }

    /// <summary>Accepts on Microsoft's page; where a second recording application follows, its page opens by itself.</summary>
    public async Task ConsentAsync(int applications)
    {
        await PressAsync("Open Microsoft’s page");
        for (var i = 0; i < applications; i++)
            await DoAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }));
        await Heading("You are back. We are checking.").WaitForAsync();
        await PressAsync("Back to your plan");
    }

    /// <summary>Opens the safety gate; the script that leads back is saved by itself.</summary>
    public async Task OpenGateAsync(int people)
    {
        await PressAsync(people == 1 ? "Confirm 1 person …" : $"Confirm {people} people …");
        await Dialog.GetByRole(AriaRole.Textbox).WaitForAsync();
    }

    public async Task ConfirmAsync(int people)
    {
        await OpenGateAsync(people);
        Actions++;
        await Dialog.GetByRole(AriaRole.Textbox).FillAsync(people.ToString(CultureInfo.InvariantCulture));
        await DoAsync(Dialog.GetByRole(AriaRole.Button, new() { NameRegex = PutInForce() }));
    }

    public async Task SignOutAsync()
    {
        await DoAsync(Page.Locator("header details.menu summary"));
        await DoAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
    }

    public Task OpenAsync() => Page.GotoAsync(portal.AbsoluteUri);

    /// <summary>The choices that a question holds open.</summary>
    public Task SeesChoicesAsync() => Main.Locator(".choices").First.WaitForAsync();

    /// <summary>Opens the plan again, as after a lost connection.</summary>
    public Task ReturnAsync() => Page.GotoAsync(new Uri(portal, "/onboarding").AbsoluteUri);

    /// <summary>The plan that ends recording, read and shown whole.</summary>
    public async Task LookAtTheEndAsync()
    {
        await Page.GotoAsync(new Uri(portal, "/offboarding").AbsoluteUri);
        await Heading("End recording").WaitForAsync();
        await Main.GetByText("What stays, and where a person removes it").WaitForAsync(new() { Timeout = 60_000 });
    }

    public Task SeesAsync(string heading) => Heading(heading).WaitForAsync(new() { Timeout = 60_000 });

    public Task SeesTextAsync(string text) => Main.GetByText(text).First.WaitForAsync(new() { Timeout = 60_000 });

    /// <summary>The words of a step in the rail at the left.</summary>
    public Task<string> StatusOfAsync(string step) => Page.Locator(".rail a").Filter(new() { HasText = step }).Locator(".status").InnerTextAsync();

    /// <summary>A button, or a link that looks like one.</summary>
    private Task PressAsync(string name) =>
        DoAsync(Main.GetByRole(AriaRole.Button, new() { Name = name }).Or(Main.GetByRole(AriaRole.Link, new() { Name = name })));

    private async Task DoAsync(ILocator target)
    {
        Actions++;
        await target.ClickAsync();
    }

    private async Task AcceptIfAskedAsync(Regex arrival)
    {
        var accept = Page.GetByRole(AriaRole.Button, new() { Name = "Accept" });
        await Page.WaitForURLAsync(url => arrival.IsMatch(url) || url.Contains("authorize", StringComparison.Ordinal));
        if (arrival.IsMatch(Page.Url)) return;
        await DoAsync(accept);
    }

    private ILocator Heading(string text) => Page.GetByRole(AriaRole.Heading, new() { Name = text, Level = 1 });

    [GeneratedRegex("/before", RegexOptions.None, 1000)]
    private static partial Regex BeforePage();

    [GeneratedRegex("^Put in force", RegexOptions.None, 1000)]
    private static partial Regex PutInForce();
}
