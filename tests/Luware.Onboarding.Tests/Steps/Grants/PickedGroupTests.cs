using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>A group other than those of step 1: Luware records only the people whom it synchronises.</summary>
public sealed class PickedGroupTests : GrantsTest
{
    [Theory]
    [InlineData(WantedGroup.Supervisors)]
    [InlineData(WantedGroup.Administrators)]
    [InlineData("luwarerecording-administrators-zurich")]
    public async Task A_group_of_supervisors_or_administrators_is_neither_offered_nor_taken(string name)
    {
        var access = World.Directory.AddGroup(name, people: 2);

        (await World.PlanAsync(World.Grants)).Options[GrantsStep.GroupOption].ShouldBeEmpty();
        Pick(access, synchronised: true);
        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().ShouldSatisfyAllConditions(q => q.Key.ShouldBe("Grants.Question.AccessGroup"), q => q.Arguments.ShouldBe([name]));
        (Row(plan).State, Row(plan).What.Key).ShouldBe((ObjectState.Different, "Grants.Assignment.ForAccess"));
        plan.Objects.Single(o => o.Key == $"assignment/{access.Id}").ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ObjectState.Different), o => o.Action.ShouldBeNull());
        (plan.ForLuware.Count, plan.Options[GrantsStep.SynchronisedOption].Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_group_of_step_one_is_what_it_was_chosen_for_there_whatever_its_name_is()
    {
        var (desk, chiefs) = (World.Directory.AddGroup("Desk", people: 2), World.Directory.AddGroup("LuwareRecording-Chiefs", people: 2));
        World.Choices = World.Choices.With("security-groups", new SecurityGroupsChoice() with
        {
            Testers = [Tester],
            Groups = [new WantedGroup(GroupRole.RecordedUsers, "Desk", desk.Id), new WantedGroup(GroupRole.Supervisors, chiefs.DisplayName, chiefs.Id)],
        });

        var offered = (await World.PlanAsync(World.Grants)).Options[GrantsStep.GroupOption];
        Pick(desk, synchronised: false);
        var recorded = (await World.PlanAsync(World.Grants)).Questions;
        Pick(chiefs, synchronised: true);
        var access = (await World.PlanAsync(World.Grants)).Questions;

        offered.Select(o => o.Label).ShouldBe([RecordedUsers], "it is in step 1 no more, and the supervisors are");
        recorded.ShouldBeEmpty();
        access.Single().Key.ShouldBe("Grants.Question.AccessGroup");
        World.Grants.Script(World.Context).ShouldHaveSingleItem().ShouldBeOfType<ScriptPart.Person>().What.Key.ShouldBe("Grants.Question.AccessGroup");
    }

    [Fact]
    public async Task Of_any_other_group_a_person_says_that_Luware_synchronises_it()
    {
        var traders = World.Directory.AddGroup("Traders", people: 2);
        Pick(traders, synchronised: false);

        var open = await World.PlanAsync(World.Grants);
        Pick(traders, synchronised: true);
        var said = await World.PlanAsync(World.Grants);

        open.Questions.Single().ShouldSatisfyAllConditions(q => q.Key.ShouldBe("Grants.Question.Synchronised"), q => q.Arguments.ShouldBe(["Traders"]));
        (Row(open).State, Row(open).What.Key, Row(said).State).ShouldBe((ObjectState.Different, "Grants.Group.Unconfirmed", ObjectState.Found));
        open.Options[GrantsStep.SynchronisedOption].ShouldBe([new ChoiceOption($"{traders.Id}", "Traders")]);
        said.Questions.ShouldBeEmpty();
        said.Objects.Single(o => o.Key == "group").Notes.Single().Arguments.ShouldBe(["Traders", $"{traders.Id}"]);
        foreach (var plan in (StepPlan[])[open, said])
            plan.ForLuware.ShouldBe([new NamedValue("Traders", $"{traders.Id}")], "Luware is told whether or not somebody has said that it knows");
    }

    [Fact]
    public async Task What_was_said_of_one_group_is_not_said_of_the_next()
    {
        var (traders, desk) = (World.Directory.AddGroup("Traders", people: 2), World.Directory.AddGroup("Desk", people: 2));
        Choose(new GrantsChoice(desk.Id, [World.Directory.Members[desk.Id][0].Id]) { Synchronised = traders.Id });

        (await World.PlanAsync(World.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.Synchronised");
        World.Grants.Script(World.Context).ShouldHaveSingleItem().ShouldBeOfType<ScriptPart.Person>().What.Key.ShouldBe("Grants.Question.Synchronised");
    }

    [Fact]
    public async Task A_policy_that_stops_no_calls_is_not_granted_to_an_access_group_either()
    {
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new(Policy, "x", RecordingRules.FailOpen)]));
        Pick(World.Directory.AddGroup(WantedGroup.Supervisors, people: 2), synchronised: true);

        (await World.PlanAsync(World.Grants)).Actions.ShouldNotContain(a => a.Command != null);
    }

    private static PlannedObject Row(StepPlan plan) => plan.Objects.Single(o => o.Key == "group");

    private void Pick(Group group, bool synchronised) =>
        Choose(new GrantsChoice(group.Id, [World.Directory.Members[group.Id][0].Id]) { Synchronised = synchronised ? group.Id : null });
}
