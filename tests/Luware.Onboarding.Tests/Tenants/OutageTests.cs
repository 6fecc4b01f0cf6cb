using Bunit;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Tests.Tenants.Cockpit;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>A database outage as a specialist sees it: the pages say so, lose nothing and recover by themselves.</summary>
public sealed class OutageTests : TenantPageContext
{
    private const string Behind = "keeps trying", Uncertain = "Whether your last change was saved is not certain";

    private static readonly Exception Busy = new SqliteException("database is locked", 5);

    private readonly FakeCockpit cockpit = new();

    public OutageTests() => Services.AddSingleton<ICockpit>(cockpit);

    [Fact]
    public void A_cockpit_that_is_opened_meanwhile_opens_by_itself_once_the_database_is_back()
    {
        cockpit.Rows.Add(TenantsPageTests.Row("Contoso"));
        cockpit.Fault = Busy;

        var page = Render<TenantsPage>();
        page.WaitForAssertion(() => page.Find("[role=status] .stopped").TextContent.ShouldContain(Behind));
        cockpit.Fault = null;

        Mends(page, "Contoso");
    }

    [Fact]
    public void A_cockpit_goes_on_showing_what_it_had_and_follows_again()
    {
        cockpit.Rows.Add(TenantsPageTests.Row("Contoso"));
        var page = Render<TenantsPage>();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Contoso"));

        cockpit.Fault = Busy;
        cockpit.Pulse();
        page.WaitForAssertion(() => page.Markup.ShouldContain(Behind));
        page.Markup.ShouldContain("Contoso");
        (cockpit.Fault, cockpit.Rows[0]) = (null, TenantsPageTests.Row("Fabrikam"));
        Mends(page, "Fabrikam");

        cockpit.Rows[0] = TenantsPageTests.Row("Litware");
        cockpit.Pulse();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Litware"));
    }

    [Fact]
    public void What_was_looked_for_meanwhile_is_found_once_the_database_is_back()
    {
        cockpit.Rows.Add(TenantsPageTests.Row("Contoso"));
        var page = Render<TenantsPage>();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Contoso"));
        cockpit.Fault = Busy;

        Navigation.NavigateTo("tenants?q=fabrikam");
        page.WaitForAssertion(() => page.Markup.ShouldContain(Behind));
        page.Markup.ShouldNotContain(Uncertain, Case.Sensitive, "nothing was to be saved");
        (cockpit.Fault, cockpit.Rows[0]) = (null, TenantsPageTests.Row("Fabrikam"));

        Mends(page, "Fabrikam");
        cockpit.Asked.Last().Search.ShouldBe("fabrikam");
    }

    [Theory]
    [InlineData("Region", "Owner", CockpitSort.OwnerName)]
    [InlineData("Region", "Tenant", CockpitSort.Name)]
    [InlineData("Region", null, CockpitSort.Name)]
    public void The_order_that_was_asked_for_last_is_marked_and_comes_once_the_database_is_back(string first, string? second, CockpitSort last)
    {
        cockpit.Rows.Add(TenantsPageTests.Row("Contoso"));
        var page = Render<TenantsPage>();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Contoso"));
        cockpit.Fault = Busy;

        Sort(first);
        page.WaitForAssertion(() => page.Markup.ShouldContain(Behind));
        if (second is null)
            Navigation.NavigateTo("tenants");
        else
            Sort(second);

        page.WaitForAssertion(() => page.Find(".cockpit th[aria-sort]").TextContent.Trim().ShouldBe(second ?? "Tenant"));
        (cockpit.Fault, cockpit.Rows[0]) = (null, TenantsPageTests.Row("Fabrikam"));
        Mends(page, "Fabrikam");
        cockpit.Asked.Last().ShouldBe(new CockpitView { Sort = last });
        page.FindAll(".cockpit th[aria-sort]").ShouldHaveSingleItem().TextContent.Trim().ShouldBe(second ?? "Tenant");

        void Sort(string column) => page.FindAll(".cockpit th div").First(d => d.TextContent.Contains(column, StringComparison.Ordinal)).Click();
    }

    [Fact]
    public void Open_tenants_that_stay_on_the_page_when_the_closed_ones_cannot_be_read_are_neither_said_nor_counted_to_be_closed()
    {
        cockpit.Rows.Add(TenantsPageTests.Row("Contoso"));
        cockpit.Closed = 3;
        var page = Render<TenantsPage>();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Contoso"));
        cockpit.Fault = Busy;

        Navigation.NavigateTo("tenants?closed=true");

        page.WaitForAssertion(() => page.Markup.ShouldContain(Behind));
        page.Find(".cockpit tbody tr").TextContent.ShouldContain("Contoso");
        page.Find(".cockpit tbody tr").TextContent.ShouldNotContain("Closed");
        page.Find("[role=search] [role=status]").TextContent.ShouldBe("1 tenant");
        (cockpit.Fault, cockpit.Rows[0]) = (null, TenantsPageTests.Row("Fabrikam"));
        Mends(page, "Fabrikam");
        page.Find(".cockpit tbody tr").TextContent.ShouldContain("Closed");
        page.Find("[role=search] [role=status]").TextContent.ShouldBe("1 of 3 tenants");
    }

    [Fact]
    public async Task A_note_that_could_not_be_saved_stays_typed_and_is_saved_by_the_same_button()
    {
        Desk.Show(File());
        var page = Render<TenantPage>(p => p.Add(t => t.Id, Guid.NewGuid()));
        page.WaitForElement("#note").Input("Change board on Wednesdays");
        Desk.Fault = Busy;

        await page.PressAsync("Save note");
        page.WaitForAssertion(() => page.FindAll("[role=alert]").ShouldContain(a => a.TextContent.Contains(Uncertain)));
        page.Find("#note").GetAttribute("value").ShouldBe("Change board on Wednesdays");
        Desk.Fault = null;
        Desk.Show(File());
        Mends(page, "Fabrikam GmbH");
        await page.PressAsync("Save note");

        page.WaitForAssertion(() => page.Markup.ShouldNotContain(Uncertain));
        Desk.Asked.ShouldBe(["note Change board on Wednesdays over ", "note Change board on Wednesdays over "]);
    }

    [Fact]
    public async Task A_form_that_could_not_be_saved_keeps_what_was_typed_and_is_not_busy_for_ever()
    {
        Desk.Fault = Busy;
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-Name").Change("Fabrikam GmbH");

        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => page.Markup.ShouldContain(Uncertain));
        page.Find("#tenant-Name").GetAttribute("value").ShouldBe("Fabrikam GmbH");
        Desk.Fault = null;
        await page.InvokeAsync(() => page.Find("form").Submit());

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Guid.Empty}"));
        page.Markup.ShouldNotContain(Uncertain);
    }

    /// <summary>Nobody does anything but wait.</summary>
    private void Mends<T>(IRenderedComponent<T> page, string shown)
        where T : IComponent
    {
        SpinWait.SpinUntil(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return page.Markup.Contains(shown, StringComparison.Ordinal) && !page.Markup.Contains(Behind, StringComparison.Ordinal);
        }, TimeSpan.FromSeconds(10)).ShouldBeTrue(page.Markup);
    }
}
