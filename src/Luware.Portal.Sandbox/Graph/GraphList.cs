using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Extensions;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>Answers with lists and objects like OData: $filter, $select, $top, $count and pages.</summary>
internal static partial class GraphList
{
    private const int DefaultPage = 100;
    private const int LargestPage = 999;

    /// <param name="context">The type in the answer's OData context: groups, users, directoryObjects.</param>
    public static JsonObject Answer(HttpRequest request, string context, IEnumerable<JsonObject> items)
    {
        var all = Search(request, Filter(request, items)).ToList();
        var skip = Skip(request);
        var page = all.Skip(skip).Take(Top(request)).ToList();
        var answer = new JsonObject { ["@odata.context"] = Context(request, context) };
        if (request.Query["$count"] == "true" && skip == 0)
            answer["@odata.count"] = all.Count;
        if (skip + page.Count < all.Count)
            answer["@odata.nextLink"] = NextLink(request, skip + page.Count);
        answer["value"] = new JsonArray([.. page.Select((item, index) => Surprise(Select(request, item), index))]);
        return answer;
    }

    public static JsonObject Single(HttpRequest request, string context, JsonObject item)
    {
        var answer = Select(request, item);
        answer["@odata.context"] = Context(request, context) + "/$entity";
        return answer;
    }

    /// <summary>Requires the ConsistencyLevel header: type casts and searches use an index that the caller must request.</summary>
    public static void RequireAdvancedQuery(HttpRequest request)
    {
        if (request.Headers["ConsistencyLevel"] != "eventual" || request.Query["$count"] != "true")
            throw new GraphException(GraphError.BadRequest("This query needs the header ConsistencyLevel: eventual and $count=true."));
    }

    public static void RequireEventual(HttpRequest request)
    {
        if (request.Headers["ConsistencyLevel"] != "eventual")
            throw new GraphException(GraphError.BadRequest("This count needs the header ConsistencyLevel: eventual."));
    }

    private static IEnumerable<JsonObject> Filter(HttpRequest request, IEnumerable<JsonObject> items) =>
        request.Query.TryGetValue("$filter", out var filter) ? items.Where(ODataFilter.Parse(filter.ToString())) : items;

    private static IEnumerable<JsonObject> Search(HttpRequest request, IEnumerable<JsonObject> items)
    {
        if (!request.Query.TryGetValue("$search", out var search))
            return items;

        RequireAdvancedQuery(request);
        var terms = Terms(search.ToString());
        return items.Where(item => terms.Exists(t => Words(item[t.Property]?.ToString()).Any(w => w.StartsWith(t.Text, StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>Parses "property:text" OR "property:text", where a text may contain escaped quotes.</summary>
    private static List<(string Property, string Text)> Terms(string search) => SearchTerms().Match(search) is { Success: true } match
        ? [.. match.Groups["term"].Captures.Select(term => Unescape(term.Value).Split(':', 2)).Select(parts => (parts[0], parts[1]))]
        : throw new GraphException(GraphError.BadRequest($"Invalid $search: {search}"));

    private static string Unescape(string text) => Escaped().Replace(text, "${character}");

    /// <summary>A name matches by its beginning, and by the beginning of any of its words.</summary>
    private static IEnumerable<string> Words(string? text) => text is null ? [] : [text, .. text.Split(' ', '-', '.', '@')];

    private static JsonObject Select(HttpRequest request, JsonObject item)
    {
        if (!request.Query.TryGetValue("$select", out var select))
            return item;

        var names = select.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var selected = item.Where(p => p.Key.StartsWith('@') || names.Contains(p.Key, StringComparer.OrdinalIgnoreCase));
        return new JsonObject(selected.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    // The real service adds properties without notice, so a client that cannot ignore unknown ones must fail here.
    private static JsonObject Surprise(JsonObject item, int index)
    {
        if (index % 2 == 1)
            item["addedSinceYesterday"] = new JsonObject { ["kind"] = "preview" };
        return item;
    }

    private static int Top(HttpRequest request)
    {
        if (!request.Query.TryGetValue("$top", out var text))
            return DefaultPage;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is > 0 and <= LargestPage
            ? top
            : throw new GraphException(GraphError.BadRequest($"Invalid page size specified: '{text}'. Must be between 1 and 999 inclusive."));
    }

    private static int Skip(HttpRequest request)
    {
        if (!request.Query.TryGetValue("$skiptoken", out var token))
            return 0;
        return int.TryParse(token.ToString().Split('-')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var skip)
            ? skip
            : throw new GraphException(GraphError.BadRequest("The $skiptoken is not valid."));
    }

    private static string NextLink(HttpRequest request, int skip)
    {
        var query = new QueryBuilder(request.Query.Where(q => q.Key is not "$skiptoken"))
        {
            { "$skiptoken", string.Create(CultureInfo.InvariantCulture, $"RFNwdAIAAQ-{skip}") },
        };
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path, query.ToQueryString());
    }

    private static string Context(HttpRequest request, string context)
    {
        var selected = request.Query.TryGetValue("$select", out var select) ? $"({select})" : "";
        return $"{request.Scheme}://{request.Host}{GraphEndpoints.BasePath}/$metadata#{context}{selected}";
    }

    [GeneratedRegex(
        """^"(?<term>\w+:(?:[^"\\]|\\.)*)"(?: OR "(?<term>\w+:(?:[^"\\]|\\.)*)")*$""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SearchTerms();

    [GeneratedRegex("""\\(?<character>.)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escaped();
}
