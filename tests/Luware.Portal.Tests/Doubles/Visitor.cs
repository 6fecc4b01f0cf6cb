using System.Net;
using System.Text.RegularExpressions;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Doubles;

/// <summary>A person at a browser without script who follows the redirects of portal and Entra, picks their account and answers questions.</summary>
internal sealed partial class Visitor(Person person) : IDisposable
{
    private const int MostSteps = 20;

    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    /// <summary>The account to pick on Entra's page.</summary>
    public Person Person { get; set; } = person;

    /// <summary>The answer when consent is asked.</summary>
    public string Decision { get; set; } = "accept";

    /// <summary>Manipulates addresses on the way, as an attacker would.</summary>
    public Func<Uri, Uri> Meddler { get; set; } = address => address;

    /// <summary>Every address on the way, in order.</summary>
    public List<Uri> Way { get; } = [];

    public HttpClient Client => _client ??= new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies });

    public IEnumerable<Cookie> CookiesAt(Uri address) => _cookies.GetCookies(address);

    /// <summary>Continues until a page asks nothing more.</summary>
    public async Task<VisitedPage> GoAsync(Uri address)
    {
        var page = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address));
        for (var step = 0; step < MostSteps; step++)
        {
            if (page.Location is { } location)
                page = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Meddler(location)));
            else if (page.Asks("name=\"person\""))
                page = await PressAsync(page, ("person", Person.Id.ToString()));
            else if (page.Asks("name=\"decision\""))
                page = await PressAsync(page, ("decision", page.Asks("value=\"return\"") ? "return" : Decision));
            else
                return page;
        }

        throw new InvalidOperationException($"A loop: {string.Join(" -> ", Way.TakeLast(6).Select(u => u.AbsolutePath))}");
    }

    public Task<VisitedPage> PressAsync(VisitedPage page, params IEnumerable<(string Name, string Value)> fields)
    {
        var action = new Uri(page.Address, WebUtility.HtmlDecode(Action().Match(page.Text).Groups["action"].Value));
        return PostAsync(action, fields);
    }

    public Task<VisitedPage> PostAsync(Uri address, params IEnumerable<(string Name, string Value)> fields) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) });

    public void Dispose() => _client?.Dispose();

    private async Task<VisitedPage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            Way.Add(request.RequestUri!);
            using var response = await Client.SendAsync(request);
            var location = response.Headers.Location is { } target ? new Uri(request.RequestUri!, target) : null;
            return new VisitedPage(request.RequestUri!, (int)response.StatusCode, location, await response.Content.ReadAsStringAsync());
        }
    }

    [GeneratedRegex("<form[^>]* action=\"(?<action>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Action();
}

internal sealed record VisitedPage(Uri Address, int Status, Uri? Location, string Text)
{
    /// <summary>Path and query, without the encrypted answer of a refusal.</summary>
    public string WithoutAnswer => Address.PathAndQuery.Split("&answer=")[0];

    public bool Asks(string markup) => Text.Contains(markup, StringComparison.Ordinal);
}
