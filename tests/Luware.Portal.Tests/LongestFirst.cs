using Luware.Portal.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Luware.Portal.Tests;

/// <summary>Starts journeys before short tests, so that no journey is left running alone at the end. The order has no other meaning.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [".Browser.SuddenDeath", ".Whole.EngineJourney", ".Browser."];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
    [
        .. testCollections.OrderBy(c =>
            Array.FindIndex(Long, part => c.TestCollectionDisplayName.Contains(part, StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length),
    ];
}
