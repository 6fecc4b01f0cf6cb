using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tests.CustomerPages;

namespace Luware.Onboarding.Tests.Parts;

public sealed class MarkTests : PageContext
{
    [Fact]
    public void Object_states_differ_by_outline_and_not_by_colour_alone() => AllDiffer(Enum.GetValues<ObjectState>().Select(Mark.Of));

    [Fact]
    public void Action_states_differ_by_outline_and_not_by_colour_alone() => AllDiffer(Enum.GetValues<ActionState>().Select(Mark.Of));

    [Fact]
    public void Step_statuses_differ_by_outline_and_not_by_colour_alone() => AllDiffer(Enum.GetValues<StepStatus>().Select(Mark.Of));

    [Fact]
    public void An_object_for_which_somebody_has_still_to_choose_is_marked_so_and_not_as_one_that_follows() =>
        Mark.Of(new PlannedObject("account", "–", Scenes.S("Kind"), ObjectState.Later, Scenes.S("What"), "") { IsToChoose = true }).ShouldBe(Mark.ToChoose);

    private void AllDiffer(IEnumerable<Mark> all)
    {
        var marks = all.ToList();
        marks.Select(m => m.Icon).ShouldBeUnique();
        marks.Select(m => m.Icon).ShouldAllBe(icon => Icons.Names.Contains(icon));
        marks.Select(m => Say.Find(m.Key)).ShouldAllBe(word => !string.IsNullOrEmpty(word));
    }
}
