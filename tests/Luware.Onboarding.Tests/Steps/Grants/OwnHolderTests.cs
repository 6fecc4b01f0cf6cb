using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>Our own policy, granted by hand in an earlier set-up, to single people and to groups that are not chosen.</summary>
public sealed class OwnHolderTests : GrantsTest
{
    private readonly Person stray;

    public OwnHolderTests() => stray = World.Directory.AddPerson("Sam Stray");

    private string RemoveKey => $"remove/{stray.Id}/{Policy}";

    [Fact]
    public async Task Whoever_has_our_policy_directly_and_is_in_no_group_is_named_and_asked_about()
    {
        World.Teams.DirectAssignments[stray.Id] = Policy;

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Grants.Question.Outside"), q => q.Arguments.ShouldBe(["1", "Sam Stray", RecordedUsers]));
        plan.Objects.Single(o => o.Key == $"outside/{stray.Id}/{Policy}").ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ObjectState.Different), o => o.Action.ShouldBeNull());
        plan.Options[GrantsStep.OutsideOption].Single().ShouldSatisfyAllConditions(
            o => o.Value.ShouldBe($"{stray.Id}/{Policy}"), o => o.Label.ShouldBe("Sam Stray"));
    }

    [Fact]
    public async Task Nothing_is_asked_about_people_who_were_deleted()
    {
        var gone = Guid.NewGuid();
        World.Teams.DirectAssignments[gone] = Policy;
        World.Teams.Deleted.Add(gone);

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.ShouldBeEmpty();
        plan.Objects.ShouldNotContain(o => o.Key.Contains($"{gone}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Left_by_a_persons_word_it_stays_and_holds_nothing()
    {
        World.Teams.DirectAssignments[stray.Id] = Policy;
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice().With(new RivalDecision(stray.Id, Policy, Remove: false)));

        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        World.Teams.DirectAssignments.ShouldContainKeyAndValue(stray.Id, Policy);
    }

    [Fact]
    public async Task Taken_away_it_goes_before_anything_is_granted_and_stops_nobodys_calls()
    {
        World.Teams.DirectAssignments[stray.Id] = Policy;
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice().With(new RivalDecision(stray.Id, Policy, Remove: true)));

        var first = (await World.PlanAsync(World.Grants)).Actions.First();
        var done = await World.RunAsync(World.Grants);

        (first.Key, first.Impact.People, first.Impact.CanStopCalls).ShouldBe((RemoveKey, 1, false));
        first.Command!.ToPowerShell().ShouldStartWith($"Grant-CsTeamsComplianceRecordingPolicy -Identity '{stray.Id}' -PolicyName $null");
        done.IsFulfilled.ShouldBeTrue();
        World.Teams.DirectAssignments.ShouldBeEmpty();
        done.Objects.Single(o => o.Key == $"rival/{stray.Id}/{Policy}").What.Key.ShouldBe("Grants.Rival.Gone");
    }

    [Fact]
    public async Task Un_grant_does_not_offer_our_own_policy_back_to_somebody_whom_Luware_does_not_record()
    {
        World.Teams.DirectAssignments[stray.Id] = Policy;
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice().With(new RivalDecision(stray.Id, Policy, Remove: true)));
        var before = World.Grants.UndoScript(World.Context);
        await World.RunAsync(World.Grants);

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;

        undo.Objects.ShouldNotContain(o => o.Key.StartsWith("removed/", StringComparison.Ordinal));
        before.Concat(World.Grants.UndoScript(World.Context)).ShouldNotContain(block => block.Contains("does not give it back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_who_has_our_policy_directly_is_told_of_and_holds_nothing()
    {
        World.Teams.DirectAssignments[World.Directory.Members[Recorded.Id][8].Id] = Policy;

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.ShouldBeEmpty();
        plan.Objects.Single(o => o.Key == $"also-direct/{Policy}").ShouldSatisfyAllConditions(
            o => o.IsAside.ShouldBeTrue(), o => o.What.Arguments.ShouldBe(["1", Policy]));
    }

    [Fact]
    public async Task Whom_the_portal_granted_the_policy_on_trial_or_as_an_exception_is_nobody_elses_doing()
    {
        var exception = World.Directory.Members[Recorded.Id][9].Id;
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice { Exceptions = [new WantedException(exception)] });

        var plan = await World.RunAsync(World.Grants);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Objects.ShouldNotContain(
            o => o.Key.StartsWith("outside/", StringComparison.Ordinal) || o.Key.StartsWith("also-direct/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_called_outside_of_a_group_that_cannot_be_read()
    {
        World.Teams.DirectAssignments[stray.Id] = Policy;
        World.Directory.Groups.Remove(Recorded);

        (await World.PlanAsync(World.Grants)).Options[GrantsStep.OutsideOption].ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_of_groups_that_Luware_records_without_a_grant_here_are_not_outside_either(bool ofStepOne)
    {
        var traders = World.Directory.AddGroup("Traders", people: 2);
        var group = ofStepOne ? Recorded : World.Directory.AddGroup("Pilot 2024", people: 3);
        World.Teams.GroupAssignments[group.Id] = Policy;
        World.Teams.DirectAssignments[World.Directory.Members[group.Id][2].Id] = Policy;
        Choose(new GrantsChoice(traders.Id, [World.Directory.Members[traders.Id][0].Id])
        {
            Synchronised = traders.Id, LeftGroups = ofStepOne ? [] : [group.Id],
        });

        var plan = await World.PlanAsync(World.Grants);
        World.Teams.DirectAssignments[stray.Id] = Policy;
        var asked = (await World.PlanAsync(World.Grants)).Questions.Single();
        World.Directory.Groups.Remove(group);
        var unread = await World.PlanAsync(World.Grants);

        plan.Questions.ShouldBeEmpty();
        plan.Objects.ShouldNotContain(o => o.Key.StartsWith("outside/", StringComparison.Ordinal));
        asked.Arguments.Take(2).ShouldBe(["1", "Sam Stray"]);
        if (ofStepOne)
            unread.Options[GrantsStep.OutsideOption].ShouldBeEmpty("nobody knows who is outside");
        else
            unread.Questions.Single().Arguments[0].ShouldBe("2", "a group that is gone has no members any more");
    }

    [Fact]
    public async Task What_was_to_be_taken_away_is_not_called_gone_while_the_person_has_it()
    {
        World.Teams.DirectAssignments[stray.Id] = Policy;
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice().With(new RivalDecision(stray.Id, Policy, Remove: true)));
        World.Directory.Members[Recorded.Id].Add(new GroupMember(stray.Id, MemberKind.User, stray.Name, "sam@contoso.com"));

        var member = await World.PlanAsync(World.Grants);
        World.Directory.Groups.Remove(Recorded);
        var unread = await World.PlanAsync(World.Grants);

        member.Objects.ShouldContain(o => o.Key == $"also-direct/{Policy}");
        member.Objects.Concat(unread.Objects).ShouldNotContain(o => o.What.Key == "Grants.Rival.Gone");
    }

    [Fact]
    public async Task What_the_portal_took_back_a_moment_ago_is_nobody_elses_doing_while_readings_still_show_it()
    {
        var exception = World.Directory.Members[Recorded.Id][9];
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice { Exceptions = [new WantedException(exception.Id)] });
        await World.RunAsync(World.Grants);
        World.Directory.People.Add(exception.ToPerson());
        World.Directory.Members[Recorded.Id].Remove(exception);
        Choose(new GrantsChoice());
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        World.Teams.DirectAssignments[exception.Id] = Policy;
        var soon = await World.PlanAsync(World.Grants);
        World.Time.Advance(TimeSpan.FromHours(25));
        var later = await World.PlanAsync(World.Grants);

        soon.Questions.ShouldBeEmpty();
        later.Questions.Single().Key.ShouldBe("Grants.Question.Outside");
    }

    [Fact]
    public async Task A_thousand_outside_are_counted_and_twenty_of_them_are_looked_up()
    {
        for (var i = 0; i < 1000; i++)
            World.Teams.DirectAssignments[World.Directory.AddPerson($"Stray {i:000}").Id] = Policy;

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Arguments[0].ShouldBe("1000");
        plan.Objects.Count(o => o.Key.StartsWith("outside", StringComparison.Ordinal)).ShouldBe(Rivals.MostRows + 1);
        plan.Options[GrantsStep.OutsideOption].Count.ShouldBe(200);
        plan.Options[GrantsStep.OutsideOption].Count(o => o.Label.StartsWith("Stray", StringComparison.Ordinal)).ShouldBe(Rivals.MostRows);
    }

    [Fact]
    public async Task A_policy_of_a_moment_ago_that_Teams_does_not_know_yet_has_nobody()
    {
        World.Teams.Answers["Get-CsOnlineUser"] = FakeTeams.Refusal("ObjectNotFound", "The policy was not found.");

        (await World.PlanAsync(World.Grants)).Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_test_users_direct_grant_by_hand_does_not_prove_the_groups()
    {
        World.Teams.DirectAssignments[Tester] = Policy;

        var waiting = await World.RunAsync(World.Grants);
        World.Teams.Reached.Add(Tester);
        var proven = await World.RunAsync(World.Grants);

        World.Teams.GroupAssignments.ShouldContainKeyAndValue(Recorded.Id, Policy);
        Effect(waiting).ShouldSatisfyAllConditions(o => o.State.ShouldBe(ObjectState.Missing), o => o.What.Key.ShouldBe("Grants.Effect.OnItsWay"));
        (waiting.IsFulfilled, proven.IsFulfilled).ShouldBe((false, true));
        World.Teams.DirectAssignments.ShouldContainKeyAndValue(Tester, Policy, "it is not the portal's to take away");
    }

    [Fact]
    public async Task A_test_users_direct_grant_by_hand_that_hides_another_groups_policy_is_to_be_taken_away()
    {
        World.Teams.DirectAssignments[Tester] = Policy;
        World.Teams.Reached.Add(Tester);
        var vendors = World.Directory.AddGroup("Recorded elsewhere", people: 1);
        World.Teams.GroupAssignments[vendors.Id] = "othervendor";
        World.Directory.Members[vendors.Id].Add(World.Directory.Members[Recorded.Id][6]);

        var plan = await World.RunAsync(World.Grants);
        var waiting = (await World.ApplyAsync(World.Grants, plan.Actions.Single())).ShouldBeOfType<StepOutcome.Waiting>();

        Effect(plan).What.ShouldSatisfyAllConditions(w => w.Key.ShouldBe("Grants.Effect.Defeated"), w => w.Arguments.ShouldBe([Policy]));
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Customer, "Grants.WaitForRemoval"));
        waiting.For.Arguments.Take(2).ShouldBe([Policy, "Person 007"]);
    }

    [Fact]
    public async Task A_group_that_has_our_policy_without_being_chosen_is_a_question_until_it_is_left_or_taken_away()
    {
        var old = World.Directory.AddGroup("Pilot 2024", people: 3);
        World.Teams.GroupAssignments[old.Id] = Policy;
        World.Teams.Reached.Add(Tester);

        var open = await World.PlanAsync(World.Grants);
        Choose(new GrantsChoice { LeftGroups = [old.Id] });
        var left = await World.RunAsync(World.Grants);
        Choose(new GrantsChoice());
        World.Teams.GroupAssignments.Remove(old.Id);
        var gone = await World.PlanAsync(World.Grants);

        open.Questions.Single().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Grants.Question.OtherGroups"), q => q.Arguments.ShouldBe([$"{Policy} → Pilot 2024"]));
        open.Objects.Single(o => o.Key == $"other/{old.Id}").ShouldSatisfyAllConditions(
            o => (o.State, o.IsAside, o.What.Key).ShouldBe((ObjectState.Different, false, "Grants.Other.Ours")),
            o => o.Notes.Single().Arguments.Single().ShouldStartWith($"Remove-CsGroupPolicyAssignment -GroupId '{old.Id}'"));
        open.Options[GrantsStep.OtherGroupOption].Single().Value.ShouldBe($"{old.Id}");
        left.Objects.Single(o => o.Key == $"other/{old.Id}").ShouldSatisfyAllConditions(
            o => (o.State, o.IsAside, o.What.Key).ShouldBe((ObjectState.Found, true, "Grants.Other.OursLeft")));
        (left.IsFulfilled, gone.Questions.Count).ShouldBe((true, 0));
    }

    [Fact]
    public async Task The_groups_of_step_one_may_have_our_policy_while_another_group_is_picked()
    {
        var traders = World.Directory.AddGroup("Traders", people: 2);
        World.Teams.GroupAssignments[Recorded.Id] = Policy;
        Choose(new GrantsChoice(traders.Id, [World.Directory.Members[traders.Id][0].Id]) { Synchronised = traders.Id });

        (await World.PlanAsync(World.Grants)).Questions.ShouldBeEmpty();
    }
}
