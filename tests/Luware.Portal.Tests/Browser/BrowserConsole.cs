using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>The browser's errors on the pages of a context, including violations of the content security policy.</summary>
internal sealed class BrowserConsole
{
    /// <summary>Chromium also writes violations to the console, but not all: some are only events.</summary>
    private const string Listen =
        "addEventListener('securitypolicyviolation', e => "
        + "console.error(`refused ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`))";

    private readonly ConcurrentQueue<string> _said = [];

    public IReadOnlyCollection<string> Said => _said;

    /// <summary>Listens on all pages that are opened from now on.</summary>
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
