using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

public sealed class CockpitViewTests
{
    [Fact]
    public void An_address_leads_back_to_the_same_view()
    {
        var view = new CockpitView
        {
            Search = "Müller & Söhne", Status = StepStatus.WaitingOnCustomer, Waits = WaitsFor.Customer, Region = "MTDE", Owner = "Nina Keller", Stuck = true, Idle = true,
            Sort = CockpitSort.Since, Descending = true, Page = 7,
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
    [InlineData("Contoso", "Contoso")]
    [InlineData("Contoso, \"the\" bank", "\"Contoso, \"\"the\"\" bank\"")]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+41", "'+41")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void A_cell_is_never_a_formula(string text, string cell) => CockpitCsv.Cell(text).ShouldBe(cell);
}
