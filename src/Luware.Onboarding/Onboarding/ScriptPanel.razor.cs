using System.Text;
using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Luware.Onboarding.Onboarding;

/// <summary>For whoever would rather run it themselves: the script of the plan, and what it wrote when it was run.</summary>
public sealed partial class ScriptPanel
{
    public const int LargestResult = 256 * 1024;

    private string? asked;
    private bool hasScript;
    private bool isProblem;
    private bool isTaking;
    private string word = "";

    /// <summary>How many files were taken: a new field for each, so that the same file can be chosen again.</summary>
    private int taken;

    [Inject] public required IEngine Engine { get; init; }

    /// <summary>The one step that the page shows; null for all.</summary>
    [Parameter] public string? Only { get; set; }

    private string Address => Only is null ? "downloads/script.ps1" : $"downloads/script/{Only}.ps1";

    protected override async Task OnParametersSetAsync()
    {
        if (asked == Address)
            return;

        var address = asked = Address;
        (hasScript, word) = (false, "");
        await AskUntilAnsweredAsync(async (who, token) =>
        {
            var found = await Engine.GetScriptAsync(who, Only, token) is not null;
            // Another step may be shown by now: it has an answer of its own.
            if (asked == address)
                hasScript = found;
        });
    }

    /// <summary>The field stays what it is meanwhile: a browser takes the focus from one that is disabled.</summary>
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

    /// <returns>What is wrong, in the person's words; null where the result was taken.</returns>
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
            // It grew since it was chosen, or the browser lost it.
            return Say["Script.Unreadable"];
        }

        return (await Engine.TakeScriptResultAsync(who, text, cancellationToken)).Problem is { } problem ? Say[problem] : null;
    }
}
