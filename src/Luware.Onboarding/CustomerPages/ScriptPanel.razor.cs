using System.Text;
using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Offers the plan as a script, for people who prefer to run it themselves, and takes the result that it wrote.</summary>
public sealed partial class ScriptPanel
{
    public const int LargestResult = 256 * 1024;

    private (string Address, DateTimeOffset? ReadAt)? asked;
    private bool hasScript;
    private bool isProblem;
    private bool isTaking;
    private string word = "";

    /// <summary>The number of files taken. It keys the input, so that the same file can be chosen again.</summary>
    private int taken;

    [Inject] public required IEngine Engine { get; init; }

    /// <summary>The only step that the page shows; null for all.</summary>
    [Parameter] public string? Only { get; set; }

    /// <summary>When the plan was last read. A reading with other choices may make a script of it, or none.</summary>
    [Parameter] public DateTimeOffset? ReadAt { get; set; }

    private string Address => Only is null ? "downloads/script.ps1" : $"downloads/script/{Only}.ps1";

    protected override async Task OnParametersSetAsync()
    {
        var now = (Address, ReadAt);
        if (asked == now)
            return;

        // What is shown of the same plan stays until the answer is there.
        if (asked?.Address != Address)
            (hasScript, word) = (false, "");
        asked = now;
        await AskUntilAnsweredAsync(async (who, token) =>
        {
            var found = await Engine.GetScriptAsync(who, Only, token) is not null;
            // The page may show another step or a newer reading by now, which has its own answer.
            if (asked == now)
                hasScript = found;
        });
    }

    /// <summary>Takes the result file. The field stays enabled meanwhile, because a browser moves the focus away from a disabled one.</summary>
    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        if (isTaking)
            return;

        isTaking = true;
        (isProblem, word, Problem) = (false, Say["Script.Busy"], null);
        await AskAsync(async (who, token) =>
        {
            var problem = await ReadAsync(who, chosen.File, token);
            (isProblem, word) = (problem is not null, problem ?? Say["Script.Taken"]);
        });
        if (Problem is not null)
            (isProblem, word) = (true, Say[Problem]);
        taken++;
        isTaking = false;
        FocusOn("#script-result");
    }

    /// <returns>The problem in the person's language; null if the result was accepted.</returns>
    private async Task<string?> ReadAsync(Actor who, IBrowserFile file, CancellationToken cancellationToken)
    {
        if (file.Size == 0)
            return Say["Script.Empty"];
        if (file.Size > LargestResult)
            return Say["Script.TooLarge", LargestResult / 1024];

        string text;
        try
        {
            using var reader = new StreamReader(file.OpenReadStream(LargestResult, cancellationToken), Encoding.UTF8);
            text = await reader.ReadToEndAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The file has grown since it was chosen, or the browser lost access to it.
            return Say["Script.Unreadable"];
        }

        return (await Engine.TakeScriptResultAsync(who, text, cancellationToken)).Problem is { } problem ? Say[problem] : null;
    }
}
