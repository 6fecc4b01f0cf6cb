using System.Net;
using Luware.Portal.Tests.Isolation;

namespace Luware.Portal.Tests.Operations;

/// <summary>What a page of another host requests with the cookie that the browser sends along, told by the headers that no script can set.</summary>
public sealed class OwnOriginTests(StaffedPortal portal) : IClassFixture<StaffedPortal>
{
    private static readonly string[] Paths =
    [
        "/downloads/handover.json", "/downloads/script.ps1", "/downloads/audit.jsonl", "/consent/go/1", "/consent/landing", "/invitation", "/colleague",
        "/onboarding", "/",
    ];

    [Theory]
    [InlineData("same-site", "iframe", true)]
    [InlineData("same-site", "image", true)]
    [InlineData("same-site", "empty", true)]
    [InlineData("cross-site", "script", true)]
    [InlineData("cross-site", "document", false, "a link, or the way back from Microsoft's pages")]
    [InlineData("same-site", "document", false, "a link")]
    [InlineData("none", "document", false, "typed, or a bookmark")]
    [InlineData("same-origin", "document", false, "the portal's own link")]
    [InlineData("same-origin", "empty", false, "the portal's own script")]
    [InlineData(null, null, false, "no browser, or an old one")]
    [InlineData("same-site", null, false, "no browser")]
    public async Task What_another_host_requests_unseen_is_refused_and_what_people_see_is_not(string? site, string? dest, bool isRefused, string? what = null)
    {
        using var anna = await portal.SignInAsync(StaffedPortal.Anna);

        foreach (var path in Paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, portal.At(path));
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
            if (dest is not null)
                request.Headers.Add("Sec-Fetch-Dest", dest);
            using var answer = await anna.Client.SendAsync(request, TestContext.Current.CancellationToken);

            (answer.StatusCode == HttpStatusCode.Forbidden).ShouldBe(isRefused, $"{path} ({what})");
        }
    }
}
