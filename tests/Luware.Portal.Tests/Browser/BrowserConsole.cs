using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>What the browser complains of on the pages of a context, refusals of the pages' own policy among it.</summary>
internal sealed class BrowserConsole
{
    /// <summary>Chromium says it on the console, too, but not everything: some violations are events alone.</summary>
    private const string Listen =
        "addEventListener('securitypolicyviolation', e => console.error(`refused ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`))";

    private readonly ConcurrentQueue<string> _said = [];

    public IReadOnlyCollection<string> Said => _said;

    /// <summary>Of all pages that are opened from now on.</summary>
    public async Task ListenToAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(Listen);
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
                _said.Enqueue($"{message.Page?.Url}: {message.Text}");
        };
    }

    public void Clear() => _said.Clear();
}
