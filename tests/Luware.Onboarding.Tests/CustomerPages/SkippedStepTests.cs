using Bunit;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>A step that the customer skips, on every page that shows it.</summary>
public sealed class SkippedStepTests : PageContext
{
    [Fact]
    public void In_the_plan_it_is_one_line_with_the_way_to_want_it()
    {
        Open(Scenes.Planned.WithoutChat());

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Your plan"));
        var line = page.FindAll("tr.group")[^1];
        line.TextContent.ShouldContain("Not wanted");
        line.TextContent.ShouldNotContain("Optional");
        line.QuerySelector("button")!.TextContent.ShouldContain("Change");
    }

    [Fact]
    public void Its_own_page_says_that_nothing_is_done_and_lets_it_be_wanted()
    {
        var engine = Open(Scenes.Planned.WithoutChat());
        var page = RenderPage("chat-capture");
        page.WaitForAssertion(() => page.Markup.ShouldContain("You go without this step"));
        page.FindAll("thead").ShouldBeEmpty();
        page.FindAll(".filter").ShouldBeEmpty();

        page.FindAll("input[name=chat-capture]")[1].Change(true);

        page.WaitForAssertion(() => engine.Asked.ShouldContain("choose chat-capture ChatCaptureChoice { Wanted = True, Attachments = False }"));
    }

    [Fact]
    public void It_does_not_keep_the_onboarding_from_being_finished()
    {
        Open(Scenes.Verified.WithoutChat());

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Recording is set up"));
        page.Find("p.skipped").TextContent.ShouldContain("Chat capture: Not wanted");
        page.Find("p.skipped a").GetAttribute("href").ShouldBe("onboarding/chat-capture");
    }
}
