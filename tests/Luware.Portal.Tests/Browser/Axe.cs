using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>Checks a page with axe: WCAG 2 at level AA and best practices. The page must not scroll sideways either.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <returns>The barriers that axe found.</returns>
    public static async Task<IEnumerable<string>> LookAsync(string scene, IPage page)
    {
        var result = await page.RunAxe(Rules);
        result.Passes.ShouldNotBeEmpty("axe has looked");
        var sideways = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return result.Violations
            .SelectMany(v => v.Nodes.Select(n => $"{scene}: {v.Id} ({v.Help}) at {n.Target}: {n.Html} {string.Join("; ", n.Any.Select(c => c.Message))}"))
            .Concat(sideways > 0 ? [$"{scene}: it scrolls {sideways} px sideways"] : []);
    }
}
