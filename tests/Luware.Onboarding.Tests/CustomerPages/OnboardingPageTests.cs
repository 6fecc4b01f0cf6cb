using Bunit;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>Who sees the page, which part of it, and what is left of it when a session ends.</summary>
public sealed class OnboardingPageTests : PageContext
{
    [Fact]
    public void A_step_page_shows_its_own_objects_alone()
    {
        Open(Scenes.Planned);

        var page = RenderPage("Whitelisting");

        page.WaitForAssertion(() => page.Heading().ShouldBe("2 Whitelisting"));
        page.FindAll("tbody tr:not(.group)").Count.ShouldBe(2);
    }

    [Fact]
    public void An_unknown_step_is_said_kindly()
    {
        Open(Scenes.Planned);

        var page = RenderPage("coffee");

        page.WaitForAssertion(() => page.Heading().ShouldBe("There is no such step"));
    }

    [Fact]
    public void Without_a_role_it_says_whom_to_ask_and_reads_nothing()
    {
        var engine = Open(Scenes.Running.Withhold());

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("You need a role to see this"));
        page.Markup.ShouldContain("Global Administrator");
        page.FindAll("a.rz-button").Select(a => a.GetAttribute("href")).ShouldBe(["before", "sign-in?returnUrl=/onboarding"]);
        engine.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void Strangers_learn_whom_to_ask_and_nothing_else_and_have_one_way_out()
    {
        Open(null);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("This account opens nothing here"));
        page.Markup.ShouldContain("You are signed in as ");
        page.Markup.ShouldNotContain("Fabrikam GmbH");
        page.FindAll(".state a").ShouldBeEmpty();
        page.FindAll(".state button").ShouldHaveSingleItem().TextContent.ShouldBe("Sign out and use another account");
        page.Find(".state form").GetAttribute("action").ShouldBe("sign-out");
    }

    [Fact]
    public async Task A_session_that_ended_elsewhere_is_said_at_the_next_click()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Approve plan"));
        engine.SessionEnded = true;

        await page.PressAsync("Approve plan");

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    [Fact]
    public void A_session_that_ended_before_the_page_opened_is_said_where_something_could_be_taken_back()
    {
        Open(Scenes.Verified).SessionEnded = true;

        var page = RenderPage("grants");

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    [Fact]
    public void A_circuit_whose_session_ended_shows_nothing_of_the_tenant_any_more()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Heading().ShouldBe("Your plan"));

        Authorization.SetNotAuthorized();

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
        engine.Show(Scenes.Running);
        page.Markup.ShouldNotContain("Consent");
    }
}
