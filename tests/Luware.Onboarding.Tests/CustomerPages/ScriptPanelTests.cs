using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components.Forms;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class ScriptPanelTests : PageContext
{
    [Theory]
    [InlineData(null, "downloads/script.ps1", "Download as a script")]
    [InlineData("Policies", "downloads/script/policies.ps1", "Download this step as a script")]
    public void The_plan_is_offered_as_a_script_whole_or_the_step_that_is_shown(string? step, string address, string word)
    {
        Open(Scenes.Planned);

        var page = RenderPage(step);

        page.WaitForAssertion(() => page.Find(".script a[download]").GetAttribute("href").ShouldBe(address));
        page.Find(".script a[download]").TextContent.ShouldBe(word);
        page.Find(".script label").GetAttribute("for").ShouldBe(page.Find(".script input[type=file]").Id);
    }

    [Fact]
    public void Nothing_is_offered_while_steps_are_read_for_the_first_time()
    {
        var engine = Open(Scenes.Empty);
        var read = new TaskCompletionSource();
        engine.OnPlan = () => read.Task;
        var page = RenderPage();

        engine.Show(Scenes.Planned with { Steps = [Scenes.Planned.Steps[0], .. Scenes.Empty.Steps.Skip(1)] });
        page.WaitForAssertion(() => page.Heading().ShouldBe("Reading your tenant"));
        page.FindAll(".script").ShouldBeEmpty();

        read.SetResult();
        page.WaitForAssertion(() => page.FindAll(".script").Count.ShouldBe(1));
    }

    [Fact]
    public void A_step_without_a_script_offers_none()
    {
        Open(Scenes.Planned).Script = null;

        var page = RenderPage("consent");

        page.WaitForAssertion(() => page.Heading().ShouldBe("1 Consent"));
        page.FindAll(".script").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_asked_of_the_step_before_says_nothing_about_the_one_that_is_shown()
    {
        var engine = Open(Scenes.Planned);
        var late = new TaskCompletionSource();
        engine.OnScript = step => step == "policies" ? late.Task : Task.CompletedTask;
        var place = new CustomerState(CustomerStateKind.Open, Scenes.Jonas, Scenes.Planned);
        var panel = Render<ScriptPanel>(p => p.AddCascadingValue(place).Add(s => s.Only, "policies"));

        engine.Script = null;
        panel.Render(p => p.Add(s => s.Only, "consent"));
        await panel.InvokeAsync(late.SetResult);

        panel.WaitForAssertion(() => panel.FindAll(".script").ShouldBeEmpty());
        panel.RenderCount.ShouldBeGreaterThan(2, "the late answer has come");
    }

    [Fact]
    public async Task With_every_reading_it_is_asked_again_whether_the_choices_make_a_script()
    {
        var engine = Open(Scenes.Planned);
        engine.Script = null;
        var page = RenderPage("consent");
        page.WaitForAssertion(() => page.Heading().ShouldBe("1 Consent"));
        page.FindAll(".script").ShouldBeEmpty();

        engine.Script = "# A script";
        engine.Show(ReadAgain(1));
        page.WaitForAssertion(() => page.Find(".script"));

        var late = new TaskCompletionSource();
        (engine.Script, engine.OnScript) = (null, _ => late.Task);
        engine.Show(ReadAgain(2) with { QueuePosition = 3 });
        page.WaitForAssertion(() => page.Markup.ShouldContain("Place 3"));
        page.FindAll(".script").Count.ShouldBe(1, "what is shown stays until the answer is there");
        await page.InvokeAsync(late.SetResult);
        page.WaitForAssertion(() => page.FindAll(".script").ShouldBeEmpty());

        static OnboardingView ReadAgain(int minutes) => Scenes.Planned with
        {
            Steps = [.. Scenes.Planned.Steps.Select(s => s with { Plan = s.Plan! with { ReadAt = Scenes.Now.AddMinutes(minutes) } })],
        };
    }

    [Fact]
    public void A_result_is_handed_to_the_portal_which_says_that_it_has_looked()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();

        Choose(page, "{}");

        page.WaitForAssertion(() => page.Find("#script-result-word").TextContent.ShouldStartWith("The result is read"));
        engine.Asked.ShouldBe(["result {}"]);
        page.Find("#script-result-word").GetAttribute("role").ShouldBe("status");
        page.WaitForAssertion(() => JSInterop.Invocations["luware.focus"].ShouldContain(
            i => Equals(i.Arguments[0], "#script-result"), "the field is a new one, and whoever used it stands at it"));
    }

    [Fact]
    public void What_is_wrong_with_a_result_is_an_alert_and_another_file_can_be_chosen()
    {
        var engine = Open(Scenes.Planned);
        engine.Answer = new Decision(new Sentence("Script.Result.Version", "2", "1"));
        var page = RenderPage();

        Choose(page, "old");
        page.WaitForAssertion(() => page.Find("#script-result-word").TextContent.ShouldStartWith("This result has version 2"));
        page.Find("#script-result-word").GetAttribute("role").ShouldBe("alert");
        engine.Answer = Decision.Accepted;
        Choose(page, "new");

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["result old", "result new"]));
    }

    [Theory]
    [InlineData(0, "This file is empty.")]
    [InlineData(ScriptPanel.LargestResult + 1, "This file is larger than 256 KB.")]
    public void An_empty_or_large_file_is_refused_before_it_is_read(int size, string words)
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();

        Choose(page, new string('x', size));

        page.WaitForAssertion(() => page.Find("#script-result-word").TextContent.ShouldStartWith(words));
        engine.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_session_that_ended_meanwhile_is_said()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Find(".script"));
        engine.SessionEnded = true;

        Choose(page, "{}");

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    private static void Choose(IRenderedComponent<Following> page, string text)
    {
        page.WaitForAssertion(() => page.Find(".script"));
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, "luware.result.json"));
    }
}
