using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.CustomerPages;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>The note of Luware’s people about a tenant.</summary>
public sealed class NotePanelTests : TenantPageContext
{
    [Fact]
    public async Task A_double_click_saves_a_note_once_and_what_is_typed_meanwhile_stays()
    {
        var answer = new TaskCompletionSource();
        Desk.Gate = answer.Task;
        var page = Open(File() with { Note = "Ask for Jonas" });
        page.Find("#note").Input("Change board");

        await page.InvokeAsync(() => { page.Button("Save note").Click(); page.Button("Save note").Click(); });
        await page.InvokeAsync(() => page.Find("#note").Input("Change board on Wednesdays"));
        answer.SetResult();

        page.WaitForState(() => page.Find("#note").GetAttribute("value") == "Change board on Wednesdays" && !page.Button("Save note").IsOff());
        await page.PressAsync("Save note");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Saved"));
        await page.InvokeAsync(() => page.Button("Save note").Click());
        Desk.Asked.ShouldBe(["note Change board over Ask for Jonas", "note Change board on Wednesdays over Change board"]);
    }

    [Fact]
    public async Task Ones_own_note_is_nobody_elses_although_it_is_kept_without_its_last_blank()
    {
        var answer = new TaskCompletionSource();
        Desk.Gate = answer.Task;
        var page = Open(File() with { Note = "Ask for Jonas" });
        page.Find("#note").Input("Change board ");
        await page.PressAsync("Save note");
        await page.InvokeAsync(() => page.Find("#note").Input("Change board on Wednesdays"));
        answer.SetResult();
        page.WaitForState(() => !page.Button("Save note").IsOff());

        Desk.Show(File() with { Note = "Change board" });
        page.WaitForState(() => page.FindComponent<NotePanel>().Instance.File.Note == "Change board");

        page.FindAll(".written").ShouldBeEmpty();
        await page.PressAsync("Save note");
        Desk.Asked[^1].ShouldBe("note Change board on Wednesdays over Change board");
    }

    [Fact]
    public async Task A_note_that_is_not_saved_is_not_left_without_a_question()
    {
        var leaving = JSInterop.Setup<bool>("confirm", "Leave without saving the note?");
        var page = Open(File());
        page.Find("#note").Input("Change board");

        var going = page.InvokeAsync(() => Navigation.NavigateTo("tenants"));
        leaving.SetResult(false);
        await going;

        leaving.Invocations.Count.ShouldBe(1);
        Navigation.Uri.ShouldNotEndWith("tenants");
    }

    [Fact]
    public async Task A_note_that_somebody_else_saves_meanwhile_is_shown_beside_ones_own()
    {
        var page = Open(File() with { Note = "Ask for Jonas" });
        page.Find("#note").Input("Change board on Wednesdays");

        Desk.Show(File() with { Note = "Ask for Ada" });

        page.WaitForAssertion(() => page.Find(".written").TextContent.ShouldBe("Ask for Ada"));
        page.Find("#note").GetAttribute("value").ShouldBe("Change board on Wednesdays");
        await page.PressAsync("Replace it by yours");
        page.WaitForAssertion(() => Desk.Asked.ShouldBe(["note Change board on Wednesdays over Ask for Ada"]));
    }
}
