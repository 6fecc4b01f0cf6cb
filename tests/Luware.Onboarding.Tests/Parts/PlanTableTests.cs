using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tests.CustomerPages;

namespace Luware.Onboarding.Tests.Parts;

public sealed class PlanTableTests : PageContext
{
    private const string Hostile = "<script>alert(1)</script> ‘’“” $() `n {0} 🎙";

    [Fact]
    public async Task A_row_folds_out_the_command_as_it_is_and_can_copy_it()
    {
        var table = RenderTable(Scenes.Planned);
        table.FindAll("code").ShouldBeEmpty();

        await table.PressAsync("luwarerecording-mtde-1@fabrikam.de");

        table.Find("code").TextContent.ShouldStartWith("New-CsOnlineApplicationInstance `\n");
        table.Find("[data-copy]").GetAttribute("data-copy").ShouldBe(table.Find("code").TextContent);
        table.Button("luwarerecording-mtde-1@fabrikam.de").GetAttribute("aria-expanded").ShouldBe("true");
    }

    [Fact]
    public void A_warning_is_in_sight_before_its_row_is_opened_with_a_sign_of_its_own()
    {
        var step = Scenes.Verified.Steps[3];
        var warned = step.Plan!.Objects[0] with
        {
            Warnings = [Scenes.S("SecurityGroups.Note.TooFewLicences", "39", "40")], Notes = [Scenes.S("SecurityGroups.Note.NoOwner")],
        };

        var table = RenderTable(Scenes.Verified with { Steps = [step with { Plan = step.Plan with { Objects = [warned] } }] });

        var line = table.FindAll(".warnings li").ShouldHaveSingleItem();
        line.QuerySelector(".mark")!.TextContent.ShouldBe("Please note");
        line.QuerySelector("svg").ShouldNotBeNull();
        line.TextContent.ShouldEndWith(Say[warned.Warnings[0]]);
        table.Markup.ShouldNotContain(Say[warned.Notes[0]]);
    }

    [Fact]
    public void Names_from_the_tenant_are_text_and_nothing_else()
    {
        var step = Scenes.Planned.Steps[3];
        var hostile = step.Plan! with
        {
            Choice = Scenes.S("Grants.Choice", Hostile),
            Objects = [step.Plan.Objects[0] with { Name = Hostile, What = Scenes.S("Grants.Assignment.Other", Hostile) }],
        };

        var table = RenderTable(Scenes.Planned with { Steps = [step with { Plan = hostile }] });

        table.FindAll("script").ShouldBeEmpty();
        table.Find(".fold strong").TextContent.ShouldBe(Hostile);
        table.Find(".choice").TextContent.ShouldContain($"To the group {Hostile}");
    }

    [Fact]
    public void The_row_that_people_notice_says_how_many_and_when()
    {
        var table = RenderTable(Scenes.Planned);

        table.FindAll("td[data-label='Affects:'] strong").ShouldHaveSingleItem().TextContent.ShouldBe("40 people");
        table.Markup.ShouldContain("mostly within an hour");
    }

    [Fact]
    public async Task The_filter_counts_each_state_and_offers_only_those_that_are_there()
    {
        ObjectState? chosen = null;
        var filter = Render<StateFilter>(p => p
            .Add(f => f.Objects, [.. Scenes.Planned.Steps.SelectMany(s => s.Plan!.Objects)])
            .Add(f => f.ValueChanged, state => chosen = state));

        filter.FindAll("button").Select(b => b.TextContent.Trim()).ShouldBe(
            ["All 9", "Found 1", "Will be created 5", "Different 1", "Known on the way 1", "Could not be read 1"]);
        await filter.PressAsync("Different");
        chosen.ShouldBe(ObjectState.Different);
    }

    [Fact]
    public void A_filtered_table_leaves_out_steps_without_a_row()
    {
        var table = Render<PlanTable>(p => p.Add(t => t.Steps, Numbered(Scenes.Planned)).Add(t => t.Only, ObjectState.Different));

        table.FindAll("h2").ShouldHaveSingleItem().TextContent.ShouldContain("Policies");
    }

    [Fact]
    public void A_row_is_drawn_again_when_its_object_has_changed_and_only_then()
    {
        var step = Scenes.Planned.Steps[3];
        var table = RenderTable(Scenes.Planned with { Steps = [step] });
        var row = table.FindComponent<PlanRow>();
        var drawn = row.RenderCount;

        table.Render(p => p.Add(t => t.Steps, Numbered(Scenes.Planned with { Steps = [step with { Detail = Scenes.S("Grants.Choice", "x") }] })));
        row.RenderCount.ShouldBe(drawn);

        var changed = step.Plan! with
        {
            Objects = [step.Plan.Objects[0] with { State = ObjectState.Found, What = Scenes.S("Grants.Choice", "x") }, .. step.Plan.Objects.Skip(1)],
        };
        table.Render(p => p.Add(t => t.Steps, Numbered(Scenes.Planned with { Steps = [step with { Plan = changed }] })));
        row.Markup.ShouldContain("To the group x");
    }

    private IRenderedComponent<PlanTable> RenderTable(OnboardingView view) => Render<PlanTable>(p => p.Add(t => t.Steps, Numbered(view)));

    private static (int, StepView)[] Numbered(OnboardingView view) => [.. view.Steps.Select((s, i) => (i + 1, s))];
}
