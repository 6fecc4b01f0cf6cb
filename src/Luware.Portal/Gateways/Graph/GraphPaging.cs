using Luware.Onboarding.Gateways;
using Microsoft.Graph.Models;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Follows next links to the end, unchanged, and only to the host of the first page.</summary>
internal static class GraphPaging
{
    // Far above every real list; protects against a service whose list never ends.
    private const int MostPages = 1000;

    public static async Task<List<TItem>> AllAsync<TPage, TItem>(
        Uri graph, TPage? first, Func<TPage, List<TItem>?> items, Func<string, Task<TPage?>> next)
        where TPage : BaseCollectionPaginationCountResponse
    {
        var all = new List<TItem>();
        var page = first;
        for (var count = 0; page is not null && count < MostPages; count++)
        {
            all.AddRange(items(page) ?? []);
            if (page.OdataNextLink is not { Length: > 0 } link)
                return all;
            if (!Uri.TryCreate(link, UriKind.Absolute, out var address) || !IsOf(graph, address))
                throw Refused("A next link leads away from Microsoft Graph. It was not followed.");
            page = await next(link);
        }

        return page is null ? all : throw Refused($"A list did not end after {MostPages} pages.");
    }

    public static bool IsOf(Uri graph, Uri address) =>
        Uri.Compare(graph, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static RefusedException Refused(string message) =>
        new(message, new RemoteAnswer(GraphFailures.Service, "nextLink", "InvalidResponse", message, null));
}
