using System.Net;
using System.Text.RegularExpressions;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Sandbox;

/// <summary>A person at a browser without script: follows links, fills in the forms of Entra's pages, keeps cookies.</summary>
public sealed partial class SandboxBrowser : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    /// <summary>Follows redirects while they stay on this host and port.</summary>
    public Task<SandboxPage> OpenAsync(Uri address) => FollowAsync(address, _client.GetAsync(address));

    /// <summary>Presses the button with this name and value on the page's form.</summary>
    public Task<SandboxPage> PressAsync(SandboxPage page, string button, string value, params IEnumerable<(string Name, string Value)> fields)
    {
        var action = new Uri(page.Address, WebUtility.HtmlDecode(Action().Match(page.Text).Groups["action"].Value));
        var form = fields.Append((Name: button, Value: value)).Select(f => KeyValuePair.Create(f.Name, f.Value));
        return FollowAsync(action, _client.PostAsync(action, new FormUrlEncodedContent(form)));
    }

    /// <summary>Opens the address, picks the person if asked, and accepts the consent.</summary>
    public async Task<SandboxPage> SignInAsync(Uri address, Person person)
    {
        var page = await OpenAsync(address);
        if (page.Text.Contains("name=\"person\"", StringComparison.Ordinal))
            page = await PressAsync(page, "person", person.Id.ToString());
        return page.Text.Contains("value=\"accept\"", StringComparison.Ordinal) ? await PressAsync(page, "decision", "accept") : page;
    }

    public void Dispose() => _client.Dispose();

    private async Task<SandboxPage> FollowAsync(Uri address, Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        if (response.Headers.Location is not { } location)
            return new SandboxPage(address, (int)response.StatusCode, await response.Content.ReadAsStringAsync());

        var target = new Uri(address, location);
        return target.Authority == address.Authority ? await OpenAsync(target) : new SandboxPage(target, (int)response.StatusCode, "");
    }

    [GeneratedRegex("<form[^>]* action=\"(?<action>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Action();
}

/// <summary>The browser's location: a page, or an address on another host to which it was redirected.</summary>
public sealed record SandboxPage(Uri Address, int Status, string Text)
{
    /// <summary>A parameter of the address; null if missing.</summary>
    public string? this[string name] => System.Web.HttpUtility.ParseQueryString(Address.Query)[name];
}
