using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Tenants;

/// <summary>The specialists' note about a tenant: written, saved over nobody else's unseen, and not lost by leaving the page.</summary>
public sealed partial class NotePanel
{
    private string? typed, seen;

    // The note that our own save has replaced, which the page may still show.
    private string? replaced;
    private bool saved;

    [Inject] public required ISpecialistDesk Specialists { get; init; }
    [Parameter, EditorRequired] public required TenantFile File { get; set; }

    /// <summary>True if somebody else has saved another note since this one was begun.</summary>
    private bool IsAnother => seen is not null && seen != File.Note && replaced != File.Note;

    private bool IsUnsaved => typed is not null && typed != File.Note;

    private async Task AskToLeaveAsync(LocationChangingContext leaving)
    {
        // With a token of its own the question may stay open; after the usual minute the page would be left without an answer.
        if (IsUnsaved && !await Js.InvokeAsync<bool>("confirm", leaving.CancellationToken, [Say["Note.Leave"]]))
            leaving.PreventNavigation();
    }

    private void Type(string? text)
    {
        seen ??= File.Note;
        (typed, saved) = (text ?? "", false);
    }

    private async Task SaveAsync()
    {
        if (IsBusy || typed is not { } note)
            return;

        var over = IsAnother ? File.Note : seen!;
        await AskAsync(async (who, token) =>
        {
            Problem = (await Specialists.WriteNoteAsync(who, File.Row.Id, over, note, token)).Problem;
            if (Problem is null)
                (typed, seen, replaced, saved) = typed == note ? (null, null, null, true) : (typed, note.Trim(), over, false);
        });
    }
}
