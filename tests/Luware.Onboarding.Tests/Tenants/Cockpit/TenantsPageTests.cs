using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

public sealed class TenantsPageTests : PageContext
{
    private readonly FakeCockpit cockpit = new();

    public TenantsPageTests()
    {
        Services.AddSingleton<ICockpit>(cockpit);
        Services.AddSingleton<IRegionCatalog>(new EngineHost.OneRegion());
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void A_row_says_where_the_tenant_stands_and_who_is_waited_for()
    {
        cockpit.Rows.Add(Row("Contoso") with
        {
            Status = StepStatus.WaitingOnCustomer, Waits = WaitsFor.Customer, Who = "Jonas Weber", Why = new Sentence("Engine.SignInAgain"),
            AtStep = "consent", Verified = 1,
        });

        var page = Open();

        var row = page.Find(".cockpit tbody tr").TextContent;
        foreach (var word in new[] { "Contoso", "1 of 7", "Consent", "Waiting on customer", "Jonas Weber", "5 days", "No", "Nina Keller" })
            row.ShouldContain(word);
        page.Find(".cockpit a").GetAttribute("href").ShouldBe($"tenants/{cockpit.Rows[0].Id}");
    }

    [Fact]
    public void Who_is_waited_for_stands_before_the_reason()
    {
        cockpit.Rows.Add(Row("Contoso") with
        {
            Status = StepStatus.WaitingOnLuware, Waits = WaitsFor.Luware, Why = new Sentence("Engine.NotReady"), AtStep = "grants",
        });

        Open().Find(".cockpit tbody tr").TextContent.ShouldContain("Luware: Set the ready flag once the recorders answer");
    }

    [Fact]
    public void Ages_grow_while_nothing_else_happens()
    {
        cockpit.Rows.Add(Row("Contoso") with { Since = Scenes.Now.AddMinutes(5) });
        var page = Open();
        page.Find(".cockpit tbody tr").TextContent.ShouldContain("5 min");

        Time.Advance(TimeSpan.FromMinutes(1));

        page.WaitForAssertion(() => page.Find(".cockpit tbody tr").TextContent.ShouldContain("6 min"));
    }

    [Fact]
    public void The_address_is_what_is_looked_at_and_filters_change_it()
    {
        cockpit.Rows.Add(Row("Contoso"));
        Navigation.NavigateTo("tenants?region=MTCH&sort=Since&desc=true&page=3");
        cockpit.Total = 100;

        var page = Open();
        cockpit.Asked.Last().ShouldBe(new CockpitView { Region = "MTCH", Sort = CockpitSort.Since, Descending = true, Page = 3 });

        page.FindAll("select")[0].Change("Failed");

        var asked = new CockpitView { Region = "MTCH", Sort = CockpitSort.Since, Descending = true, Status = StepStatus.Failed };
        page.WaitForAssertion(() => cockpit.Asked.Last().ShouldBe(asked));
        Navigation.Uri.ShouldEndWith("tenants?status=Failed&region=MTCH&sort=Since&desc=true");
    }

    [Fact]
    public void Sorting_and_paging_go_through_the_address()
    {
        cockpit.Rows.Add(Row("Contoso"));
        cockpit.Total = 100;
        var page = Open();

        page.FindAll(".cockpit th div").First(d => d.TextContent.Contains("Region", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("?sort=Region"));

        Navigation.NavigateTo(page.Find(".pager a[rel=next]").GetAttribute("href")!);
        Navigation.Uri.ShouldEndWith("?sort=Region&page=2");
        page.WaitForAssertion(() => cockpit.Asked.Last().Page.ShouldBe(2));

        Navigation.NavigateTo("tenants?sort=Region&page=5");
        page.WaitForAssertion(() => page.Find(".pager a[aria-current=page]").TextContent.ShouldBe("5"));
        Navigation.Uri.ShouldEndWith("?sort=Region&page=5");
    }

    [Fact]
    public void Enter_opens_the_tenant_that_the_keys_have_marked_and_a_click_opens_only_the_link()
    {
        cockpit.Rows.AddRange([Row("Contoso"), Row("Fabrikam")]);
        // Marks the second row, below the heads.
        JSInterop.Setup<int[]>("Radzen.focusTableRow", _ => true).SetResult([2, 0]);
        var page = Open();

        page.Find(".cockpit tbody td").Click();
        Navigation.Uri.ShouldNotContain("tenants/");
        page.Find(".rz-data-grid-data").KeyDown("ArrowDown");
        Should.Throw<MissingEventHandlerException>(
            () => page.Find(".cockpit tbody a").KeyDown("Enter"), "the browser follows the link that has the focus, whatever row is marked");
        page.Find(".rz-data-grid-data").KeyDown("Enter");

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"/tenants/{cockpit.Rows[1].Id}"));
        page.FindAll(".cockpit [tabindex='0']").Count.ShouldBe(1);
    }

    [Fact]
    public void Every_page_is_a_link_of_its_own_within_a_window_around_the_current_one()
    {
        cockpit.Rows.Add(Row("Contoso"));
        cockpit.Total = 20 * CockpitView.PageSize;
        Navigation.NavigateTo("tenants?page=10");

        var page = Open();

        page.FindAll(".pager a").Select(a => a.TextContent).ShouldBe(["«", "‹", "7", "8", "9", "10", "11", "12", "13", "›", "»"]);
        page.Find(".pager a[title='Last page']").GetAttribute("href").ShouldBe("tenants?page=20");
        page.Find(".pager").GetAttribute("aria-label").ShouldBe("Pages of the list");
    }

    [Fact]
    public void A_list_that_has_become_shorter_than_the_address_says_is_at_its_last_page()
    {
        cockpit.Rows.Add(Row("Contoso"));
        cockpit.Total = 2 * CockpitView.PageSize;
        Navigation.NavigateTo("tenants?page=3");

        var page = Open();

        page.Find(".pager span").TextContent.ShouldBe("Page 2 of 2");
        page.Find(".pager [aria-current]").TextContent.ShouldBe("2");
        page.Find(".pager a[rel=prev]").GetAttribute("href").ShouldBe("tenants");
    }

    [Fact]
    public void A_list_of_one_page_has_no_pager()
    {
        cockpit.Rows.Add(Row("Contoso"));

        Open().FindAll(".pager").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tenants?stuck=true", "No tenant is stuck.")]
    [InlineData("tenants?idle=true&sort=IdleSince", "Every tenant has moved in the last 7 days.")]
    [InlineData("tenants?stuck=true&region=MTCH", "No tenant fits.")]
    public void An_empty_list_says_what_that_means(string address, string said)
    {
        cockpit.Tenants = 5;
        Navigation.NavigateTo(address);

        Open().Find(".none strong").TextContent.ShouldBe(said);
    }

    [Fact]
    public void The_way_back_to_the_list_leads_to_the_view_that_was_left()
    {
        cockpit.Rows.Add(Row("Contoso"));
        Navigation.NavigateTo("tenants?region=MTCH");
        Open();

        Services.GetRequiredService<LastList>().Address.ShouldBe("tenants?region=MTCH");
        Render<RegionsPage>().Find(".back a").GetAttribute("href").ShouldBe("tenants?region=MTCH");
    }

    [Fact]
    public async Task What_is_typed_is_searched_for_once_when_the_typing_pauses()
    {
        cockpit.Rows.Add(Row("Contoso"));
        var page = Open();
        var first = await TypeAsync("con");
        Time.Advance(TimeSpan.FromMilliseconds(249));
        var second = await TypeAsync("contoso");
        await first.WaitAsync(TimeSpan.FromSeconds(10));
        Time.Advance(TimeSpan.FromMilliseconds(249));
        cockpit.Asked.ShouldAllBe(v => v.Search == "");

        Time.Advance(TimeSpan.FromMilliseconds(1));
        await second.WaitAsync(TimeSpan.FromSeconds(10));

        page.WaitForAssertion(() => cockpit.Asked.Select(v => v.Search).ShouldContain("contoso"));
        cockpit.Asked.Count(v => v.Search != "").ShouldBe(1);

        // It has been typed when this ends, whatever was being rendered; the task ends with the search or when more is typed.
        async Task<Task> TypeAsync(string text)
        {
            var search = Task.CompletedTask;
            await page.InvokeAsync(() => { search = page.Find("input[type=search]").InputAsync(text); });
            return search;
        }
    }

    [Fact]
    public void A_change_shows_without_reloading()
    {
        cockpit.Rows.Add(Row("Contoso"));
        var page = Open();

        cockpit.Rows[0] = cockpit.Rows[0] with { Status = StepStatus.Failed, IsStuck = true };
        cockpit.Pulse();

        page.WaitForAssertion(() => page.Find(".cockpit tbody tr").TextContent.ShouldContain("stuck"));
    }

    [Fact]
    public async Task Who_stands_still_can_be_reminded_in_their_own_language()
    {
        cockpit.Rows.Add(Row("Contoso") with
        {
            Language = "de", Waits = WaitsFor.Customer, Who = "Jonas Weber", Why = new Sentence("Standing.ToApprove"),
            IsIdle = true, IdleSince = Scenes.Now.AddDays(-9),
        });
        var page = Open();

        await page.PressAsync("No progress for 7 days");

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("?idle=true&sort=IdleSince"));
        var text = page.WaitForElement(".cockpit [data-copy]").GetAttribute("data-copy")!;
        text.ShouldStartWith("Guten Tag Jonas Weber");
        text.ShouldContain("Den Plan freigeben");
        text.ShouldContain("https://onboarding.luware.example/onboarding");
        page.Find(".cockpit tbody tr").TextContent.ShouldContain("9 days, idle");
    }

    [Fact]
    public void What_is_said_of_a_tenant_that_waits_for_nobody_is_shown_too()
    {
        cockpit.Rows.Add(Row("Contoso") with { Why = new Sentence("Standing.Ended") });

        Open().Find(".cockpit tbody .reason").TextContent.ShouldBe("Recording was ended here");
    }

    [Theory]
    [InlineData("tenants", false)]
    [InlineData("tenants?stuck=true", true)]
    public void Who_can_help_is_read_by_everybody_and_seen_in_the_list_of_those_that_are_stuck(string address, bool isSeen)
    {
        var refusal = new GeneralRefusal("AccessDenied", "Microsoft Teams");
        cockpit.Rows.Add(Row("Contoso") with
        {
            Status = StepStatus.WaitingOnCustomer, Waits = WaitsFor.Customer, Who = "Jonas Weber", Why = refusal.Title,
            Next = refusal.WhoCanFix, IsStuck = true,
        });
        Navigation.NavigateTo(address);

        var helper = Open().FindAll(".cockpit tbody tr span").Single(s => s.TextContent == Say["Nudge.Next", Say[refusal.WhoCanFix]]);

        helper.ClassList.Contains("sr").ShouldBe(!isSeen);
    }

    [Fact]
    public async Task Closed_tenants_have_a_filter_as_soon_as_there_are_any()
    {
        cockpit.Rows.Add(Row("Contoso"));
        Open().FindAll("button").ShouldNotContain(b => b.TextContent.StartsWith("Closed"));

        (cockpit.Closed, cockpit.Tenants) = (3, 20);
        var page = Open();
        await page.PressAsync("Closed");

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/tenants?closed=true"));
        page.WaitForAssertion(() => page.Find("[role=search] [role=status]").TextContent.ShouldBe("1 of 3 tenants"));
    }

    [Fact]
    public async Task Filters_that_say_nothing_of_closed_tenants_are_neither_kept_nor_offered_among_them()
    {
        cockpit.Rows.Add(Row("Contoso"));
        (cockpit.Closed, cockpit.Tenants) = (3, 20);
        Navigation.NavigateTo("tenants?q=con&waits=Customer&region=MTCH&owner=Nina+Keller&stuck=true&sort=IdleSince");
        var page = Open();

        await page.PressAsync("Closed");

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/tenants?q=con&region=MTCH&closed=true"));
        page.WaitForAssertion(() => page.FindAll(".bar button").Single().TextContent.Trim().ShouldStartWith("Closed"));
        page.FindAll("select").Count.ShouldBe(2, "status and region");
        await page.PressAsync("Closed");
        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/tenants?q=con&region=MTCH"));
    }

    [Fact]
    public void If_every_tenant_is_closed_the_list_says_so_and_leads_to_them()
    {
        cockpit.Closed = 3;

        var state = Open().Find(".state");

        state.TextContent.ShouldContain("No tenant is being onboarded");
        var link = state.QuerySelector("a")!;
        (link.GetAttribute("href"), link.TextContent).ShouldBe(("tenants?closed=true", "Show closed tenants (3)"));
        cockpit.Rows.Add(Row("Contoso"));
        Navigation.NavigateTo("tenants?closed=true");
        Open().FindAll(".state").ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nothing_fits_or_nobody_is_there_it_says_what_to_do()
    {
        Open().Find(".state").TextContent.ShouldContain("send the invitation");

        cockpit.Tenants = 3;
        Navigation.NavigateTo("tenants?q=nobody");
        var page = Open();
        page.Find(".cockpit").TextContent.ShouldContain("No tenant fits.");
        await page.PressAsync("Show all tenants");
        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/tenants"));
    }

    [Fact]
    public void A_session_that_has_ended_takes_the_rows_with_it()
    {
        cockpit.Rows.Add(Row("Contoso"));
        var page = Open();

        cockpit.IsClosed = true;
        cockpit.Pulse();

        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Contoso"));
    }

    private IRenderedComponent<TenantsPage> Open()
    {
        var page = Render<TenantsPage>();
        page.WaitForElement("h1");
        page.WaitForState(() => !cockpit.Asked.IsEmpty);
        return page;
    }

    internal static CockpitRow Row(string name) => new(Guid.NewGuid(), Guid.NewGuid(), name, null, "MTCH", "en", "Nina Keller", Ready: false)
    {
        Status = StepStatus.NotStarted, Waits = null, Who = null, Why = null, Next = null, IsStuck = false, AtStep = null, Verified = 0, Steps = 7,
        Since = Scenes.Now.AddDays(-5), LastActivityAt = Scenes.Now.AddDays(-2), IdleSince = Scenes.Now.AddDays(-5), IsIdle = false,
    };
}
