using System.Collections.Specialized;
using System.Globalization;
using System.Text;
using System.Web;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>What the cockpit shows, as its address states it: pages, the back button and the CSV file use the same.</summary>
public sealed record CockpitView
{
    public const int PageSize = 18;

    private const int LongestSearch = 200;

    public string Search { get; init; } = "";

    public StepStatus? Status { get; init; }

    public WaitsFor? Waits { get; init; }

    public string? Region { get; init; }

    public string? Owner { get; init; }

    /// <summary>Only tenants where something was refused or failed.</summary>
    public bool Stuck { get; init; }

    /// <summary>Only tenants without progress for as long as the settings say.</summary>
    public bool Idle { get; init; }

    /// <summary>Closed tenants instead of the open ones.</summary>
    public bool Closed { get; init; }

    public CockpitSort Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public bool IsFiltered => !IsOnly(new CockpitView());

    /// <summary>True if only a search narrows the list.</summary>
    public bool IsOnlySearched => IsOnly(new CockpitView { Search = Search });

    /// <summary>The names of the filters that are set, as in the address, without their values.</summary>
    public IReadOnlyList<string> Filters => [.. HttpUtility.ParseQueryString(Unsorted.ToAddress("")).AllKeys.OfType<string>()];

    private CockpitView Unsorted => this with { Sort = default, Descending = false, Page = 1 };

    /// <summary>True if these filters alone narrow the list, whatever its order and page.</summary>
    public bool IsOnly(CockpitView filters) => Unsorted == filters;

    /// <summary>Parses an address and ignores everything unreadable, so that a truncated address still works.</summary>
    public static CockpitView Parse(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return new CockpitView
        {
            Search = Cut(values["q"] ?? ""),
            Status = Named<StepStatus>(values["status"]),
            Waits = Named<WaitsFor>(values["waits"]),
            Region = Filled(values["region"]),
            Owner = Filled(values["owner"]),
            Stuck = values["stuck"] == "true",
            Idle = values["idle"] == "true",
            Closed = values["closed"] == "true",
            Sort = Named<CockpitSort>(values["sort"]) ?? default,
            Descending = values["desc"] == "true",
            Page = int.TryParse(values["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
        };
    }

    /// <summary>Returns the address; default values are left out.</summary>
    public string ToAddress(string path)
    {
        var values = HttpUtility.ParseQueryString("");
        Add(values, "q", Search);
        Add(values, "status", Status?.ToString());
        Add(values, "waits", Waits?.ToString());
        Add(values, "region", Region);
        Add(values, "owner", Owner);
        Add(values, "stuck", Stuck ? "true" : null);
        Add(values, "idle", Idle ? "true" : null);
        Add(values, "closed", Closed ? "true" : null);
        Add(values, "sort", Sort == default ? null : Sort.ToString());
        Add(values, "desc", Descending ? "true" : null);
        Add(values, "page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        return values.Count == 0 ? path : $"{path}?{values}";
    }

    private static void Add(NameValueCollection values, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            values[name] = value;
    }

    private static T? Named<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static string Cut(string typed) => Clean(typed[..Math.Min(typed.Length, LongestSearch)]);

    private static string? Filled(string? text) => Clean(text ?? "") is var clean && !string.IsNullOrWhiteSpace(clean) ? clean : null;

    /// <summary>Removes what databases or text comparison reject: the character zero, and unpaired surrogates, typed or left by a cut.</summary>
    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal)));
}

/// <summary>The sort order; each name is that of a displayed property.</summary>
public enum CockpitSort
{
    Name,
    Region,
    Verified,
    Status,
    Waits,
    Since,
    LastActivityAt,
    IdleSince,
    Ready,
    OwnerName,
}
