using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>A query of the cockpit, with its hand-written equivalent.</summary>
/// <param name="Where">The condition, with $ names for <paramref name="Values"/>.</param>
/// <param name="Order">The sort columns before name and id.</param>
internal sealed record Question(string Name, CockpitView View, string Where, string Order, params (string Name, object Value)[] Values)
{
    /// <summary>The range of the word that is searched for.</summary>
    public (string From, string To)? Word { get; init; }

    public bool IsBroad { get; init; }

    public static IReadOnlyList<Question> All(int tenants)
    {
        var idle = StoppedClock.Now.GetUtcNow().AddDays(-7).UtcTicks;
        var last = (tenants - 1) / CockpitView.PageSize;
        return
        [
            new("first page", new CockpitView(), "1", ""),
            new("page in the middle", new CockpitView { Page = last / 2 }, "1", ""),
            new("last page", new CockpitView { Page = last + 1 }, "1", ""),
            new("search, a word that few have", new CockpitView { Search = "4711" }, "1", "") { Word = ("4711", "4711\uffff") },
            new("search, a word that many have", new CockpitView { Search = "bank" }, "1", "") { Word = ("bank", "bank\uffff"), IsBroad = true },
            new("search, many have it, last in the list", new CockpitView { Search = "wingtip" }, "1", "")
            {
                Word = ("wingtip", "wingtip\uffff"), IsBroad = true,
            },
            new("search, many have it, few of those failed", new CockpitView { Search = "bank", Status = StepStatus.Failed }, "Status = 11", "")
            {
                Word = ("bank", "bank\uffff"), IsBroad = true,
            },
            new("filter: failed", new CockpitView { Status = StepStatus.Failed }, "Status = 11", ""),
            new("filter: region and owner", new CockpitView { Region = "MTCH", Owner = "Specialist 7" }, "Region = 'MTCH' AND OwnerName = 'Specialist 7'", ""),
            new("filter: no progress, longest first",
                new CockpitView { Idle = true, Sort = CockpitSort.IdleSince }, "IdleSince < $idle", "IdleSince", ("$idle", idle)),
            new("sort: last activity, latest first", new CockpitView { Sort = CockpitSort.LastActivityAt, Descending = true }, "1", "LastActivityAt"),
            new("sort: owner, last page", new CockpitView { Sort = CockpitSort.OwnerName, Page = last + 1 }, "1", "OwnerName"),
        ];
    }
}
