using System.Globalization;
using System.Text;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

public sealed class CockpitViewTests
{
    [Fact]
    public void An_address_leads_back_to_the_same_view()
    {
        var view = new CockpitView
        {
            Search = "Müller & Söhne", Status = StepStatus.WaitingOnCustomer, Waits = WaitsFor.Customer, Region = "MTDE", Owner = "Nina Keller",
            Stuck = true, Idle = true, Sort = CockpitSort.Since, Descending = true, Page = 7,
        };

        CockpitView.Parse(new Uri("https://portal.example/" + view.ToAddress("tenants")).Query).ShouldBe(view);
    }

    [Fact]
    public void What_is_as_always_stands_in_no_address() => new CockpitView().ToAddress("tenants").ShouldBe("tenants");

    [Theory]
    [InlineData("?status=Nonsense&waits=17&sort=Id;drop&page=-3&stuck=perhaps")]
    [InlineData("?page=99999999999999999999&status=99")]
    [InlineData("?&&==")]
    public void What_cannot_be_read_is_left_away(string query) => CockpitView.Parse(query).ShouldBe(new CockpitView());

    [Theory]
    [InlineData("?q=%ud83d")]
    [InlineData("?q=1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789%f0%9f%8f%a6")]
    public void Half_a_letter_can_be_searched_for(string query) => Should.NotThrow(() => SearchWords.Ranges(CockpitView.Parse(query).Search, closed: false));

    [Theory]
    [InlineData("a%00b", "ab")]
    [InlineData("a%09b", "a\tb")]
    [InlineData("ab%ud800", "ab\uFFFD")]
    public void No_filter_holds_what_a_database_rejects(string written, string read)
    {
        var view = CockpitView.Parse($"?q={written}&region={written}&owner={written}");

        (view.Search, view.Region, view.Owner).ShouldBe((read, read, read));
    }

    [Fact]
    public void What_is_rejected_as_a_whole_is_no_filter() =>
        CockpitView.Parse("?q=%00&region=%00&owner=%00").ShouldBe(new CockpitView());

    [Theory]
    [InlineData("en-GB", ',')]
    [InlineData("de-DE", ';')]
    public async Task The_file_is_parted_as_the_readers_spreadsheet_parts_it(string culture, char separator)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        using var stream = new MemoryStream();

        await portal.Get<CockpitCsv>().WriteAsync(AsyncEnumerable.Empty<CockpitRow>(), closed: false, stream, default);

        Encoding.UTF8.GetString(stream.ToArray()).Split(separator).Length.ShouldBe(17);
    }

    [Fact]
    public async Task No_name_in_the_file_is_a_formula_whichever_separator_the_spreadsheet_has()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        using var stream = new MemoryStream();
        var row = TenantPageContext.File().Row with { Name = "x;=1+1;" };

        await portal.Get<CockpitCsv>().WriteAsync(new[] { row }.ToAsyncEnumerable(), closed: false, stream, default);

        Encoding.UTF8.GetString(stream.ToArray()).ShouldContain("\r\nx;'=1+1;,");
    }

    [Theory]
    [InlineData(false, "Not started")]
    [InlineData(true, "Closed")]
    public async Task The_file_says_the_status_that_the_list_says(bool closed, string status)
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        using var stream = new MemoryStream();
        var row = TenantPageContext.File().Row with { Status = StepStatus.NotStarted };

        await portal.Get<CockpitCsv>().WriteAsync(new[] { row }.ToAsyncEnumerable(), closed, stream, default);

        Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n")[1].Split(',').ShouldContain(status);
    }
}
