using Bunit;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>The permissions of the applications, one by one.</summary>
public sealed class PermissionTableTests : PageContext
{
    [Fact]
    public void The_page_of_consent_has_a_table_with_a_column_for_each_application()
    {
        Open(Scenes.Planned);

        var page = RenderPage("consent");

        page.WaitForAssertion(() => page.Find("#permissions"));
        var table = page.FindAll("table.permissions")[^1];
        table.QuerySelectorAll("thead th").Select(h => h.TextContent)
            .ShouldBe(["Permission", "What it is for", "Luware Recording MTDE 1", "Luware Recording MTDE 2"]);
        var row = table.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("Calls.AccessMedia.All", StringComparison.Ordinal));
        row.QuerySelectorAll("td .mark").Select(m => m.TextContent.Trim()).ShouldBe(["Missing", "Missing"]);
    }

    [Fact]
    public void What_is_granted_says_so()
    {
        Open(Scenes.Verified);

        var page = RenderPage("consent");

        page.WaitForAssertion(() => page.FindAll("table.permissions td .mark").Select(m => m.TextContent.Trim()).Distinct().ShouldBe(["Granted"]));
    }

    [Fact]
    public void In_the_plan_it_is_folded_away_with_the_application()
    {
        Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.FindAll("table.permissions").ShouldBeEmpty());

        page.Button("Luware Recording MTDE 1").Click();

        page.FindAll("table.permissions").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_step_without_applications_has_none()
    {
        Open(Scenes.Planned);

        var page = RenderPage("policies");

        page.WaitForAssertion(() => page.Find("table.plan"));
        page.FindAll("#permissions").ShouldBeEmpty();
    }
}
