using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>One of Luware's success specialists at the portal.</summary>
internal sealed class Specialist(IPage page, Uri portal)
{
    public IPage Page { get; } = page;

    private ILocator Main => Page.GetByRole(AriaRole.Main);

    public async Task SignInAsync(string name)
    {
        await OpenAsync("");
        await Main.GetByRole(AriaRole.Link, new() { Name = "Sign in with Microsoft" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button).Filter(new() { HasText = name }).First.ClickAsync();
        var (accept, bar) = (Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }), Page.Locator("header.top"));
        await accept.Or(bar).First.WaitForAsync();
        if (await accept.IsVisibleAsync())
            await accept.ClickAsync();
        await bar.WaitForAsync();
        await OpenAsync("tenants");
        await SeesAsync("Tenants");
    }

    /// <summary>Uses a domain, which Entra resolves at once.</summary>
    public async Task AddAsync(string name, string domain)
    {
        await Main.GetByRole(AriaRole.Link, new() { Name = "Add a tenant" }).ClickAsync();
        await SeesAsync("New tenant");
        await Main.GetByLabel("Customer’s name").FillAsync(name);
        await Main.GetByLabel("Entra tenant id, or a domain of the tenant").FillAsync(domain);
        await Main.GetByRole(AriaRole.Button, new() { Name = "Add a tenant" }).ClickAsync();
        await SeesAsync(name);
    }

    /// <returns>The link, as it is shown once.</returns>
    public async Task<Uri> InviteAsync()
    {
        await PressAsync("Make an invitation");
        return new Uri(await Main.GetByLabel("Invitation link").Locator("code").InnerTextAsync());
    }

    public async Task ReleaseAsync()
    {
        await AskToReleaseAsync();
        await AssertAsync();
    }

    public Task AskToReleaseAsync() => PressAsync("Set ready flag");

    public Task AssertAsync() => PressAsync("Assert and set");

    public Task FollowAsync(string link) => Main.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    /// <returns>The file that the link leads to.</returns>
    public async Task<byte[]> TakeAsync(string link)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => FollowAsync(link));
        return await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    /// <summary>The values for setting up Luware's own side.</summary>
    public Task SeesBlockAsync(string text) => Main.GetByLabel("Paste-ready block").GetByText(text).WaitForAsync(new() { Timeout = 60_000 });

    public Task OpenAsync(string place) => Page.GotoAsync(new Uri(portal, place).AbsoluteUri);

    public Task SeesAsync(string heading) => Page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 }).WaitForAsync(new() { Timeout = 60_000 });

    public Task SeesTextAsync(string text) => Main.GetByText(text).First.WaitForAsync(new() { Timeout = 60_000 });

    private Task PressAsync(string name) =>
        Main.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(Regex.Escape(name), RegexOptions.None, TimeSpan.FromSeconds(1)) }).First.ClickAsync();
}
