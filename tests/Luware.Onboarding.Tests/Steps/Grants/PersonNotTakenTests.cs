using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>A person whom Teams does not know: disabled, without a licence, or nonexistent. Waiting for Microsoft would never end.</summary>
public sealed class PersonNotTakenTests : GrantsTest
{
    private const string Personal = "Grant-CsTeamsComplianceRecordingPolicy";

    [Theory]
    [InlineData("User does not exist.")]
    [InlineData("Management Object not found for identity \"person7\".")]
    public async Task A_trial_that_Teams_does_not_take_names_the_person_and_asks_the_customer(string message)
    {
        var trial = (await World.PlanAsync(World.Grants)).Actions.First();
        World.Teams.Answers[Personal] = FakeTeams.Refusal("ObjectNotFound", message);

        var refused = (await World.ApplyAsync(World.Grants, trial)).ShouldBeOfType<StepOutcome.Refused>();

        refused.Answer!.Message.ShouldBe(message);
        refused.Refusal.ShouldBeOfType<PersonNotTaken>().ShouldSatisfyAllConditions(
            r => r.Name.ShouldBe("Person 007"), r => r.On.ShouldBe(WaitsFor.Customer), r => r.LookAgainAfter.ShouldBe(TimeSpan.FromHours(1)));
        StepTextsTests.ShouldBeSayable([refused.Refusal.Title, refused.Refusal.What, refused.Refusal.Letter]);
    }

    [Fact]
    public async Task So_does_an_exception_and_a_policy_that_is_to_be_taken_away()
    {
        var (exception, rival) = (World.Directory.Members[Recorded.Id][9].Id, World.Directory.Members[Recorded.Id][8].Id);
        World.Teams.Policies["othervendor"] = new FakeTeams.Policy { Enabled = true };
        World.Teams.DirectAssignments[rival] = "othervendor";
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice { Exceptions = [new WantedException(exception)] }.With(new RivalDecision(rival, "othervendor", Remove: true)));
        var plan = await World.PlanAsync(World.Grants);
        World.Teams.Answers[Personal] = FakeTeams.Refusal("ObjectNotFound", "User does not exist.");

        foreach (var (key, name) in ((string, string)[])[($"exception/{exception}/{Policy}", "Person 010"), ($"remove/{rival}/othervendor", "Person 009")])
        {
            (await World.ApplyAsync(World.Grants, plan.Actions.Single(a => a.Key == key))).ShouldBeOfType<StepOutcome.Refused>()
                .Refusal.ShouldBeOfType<PersonNotTaken>().Name.ShouldBe(name);
        }
    }

    [Fact]
    public async Task A_policy_that_Teams_does_not_know_yet_is_still_waited_for()
    {
        var trial = (await World.PlanAsync(World.Grants)).Actions.First();
        World.Teams.Answers[Personal] = FakeTeams.Refusal("ObjectNotFound", "The policy was not found.");

        var refused = await Should.ThrowAsync<Luware.Onboarding.Gateways.RefusedException>(() => World.ApplyAsync(World.Grants, trial));

        World.Grants.Explain(refused.Answer!).ShouldBeOfType<GroupOrPolicyNotKnown>();
    }

    [Fact]
    public async Task Ending_the_trial_of_somebody_whom_Teams_never_took_comes_to_an_end()
    {
        World.Teams.Answers[Personal] = FakeTeams.Refusal("ObjectNotFound", "User does not exist.");
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        await World.ChooseTestersAsync(World.Directory.Members[Recorded.Id][2].Id);
        World.Time.Advance(new EngineOptions().ReapplyAfter);

        var end = (await World.PlanAsync(World.Grants)).Actions.First();
        var outcome = await World.ApplyAsync(World.Grants, end);

        (end.Key, outcome).ShouldBe(($"end-trial/{Tester}/{Policy}", new StepOutcome.Done()));
        (await World.PlanAsync(World.Grants)).Actions.ShouldNotContain(a => a.Key == end.Key);
    }

    [Fact]
    public async Task After_a_day_a_trial_that_does_not_show_is_the_customers_to_look_at_however_often_it_is_asked_for()
    {
        var begun = World.Time.GetUtcNow();
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Teams.DirectAssignments.Clear();
        var early = await AwaitAsync();

        World.Time.Advance(TimeSpan.FromHours(25));
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Teams.DirectAssignments.Clear();
        var late = await AwaitAsync();

        (early.On, early.For.Key).ShouldBe((WaitsFor.Microsoft, "Grants.WaitForEffect"));
        (late.On, late.For.Key).ShouldBe((WaitsFor.Customer, "Grants.WaitForEffect.Late"));
        late.For.Arguments.ShouldBe(["Person 007", $"{begun:yyyy-MM-dd HH:mm 'UTC'}"]);
        World.Teams.Writes.Count().ShouldBe(2, "a grant of a day ago is asked for again");
    }

    [Fact]
    public async Task The_groups_grant_that_does_not_reach_a_test_user_in_a_day_is_too()
    {
        var waiting = await World.RunAsync(World.Grants);
        World.Time.Advance(TimeSpan.FromHours(25));
        await World.PlanAsync(World.Grants);

        (await World.ApplyAsync(World.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>().For.Key.ShouldBe("Grants.WaitForEffect.Late");
    }

    [Fact]
    public async Task For_a_test_user_who_is_chosen_weeks_after_the_groups_grant_the_day_begins_with_their_own_wait()
    {
        World.Teams.Reached.Add(Tester);
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
        World.Time.Advance(TimeSpan.FromDays(21));
        await World.ChooseTestersAsync(Tester, World.Directory.Members[Recorded.Id][2].Id);

        var wait = (await World.PlanAsync(World.Grants)).Actions.Single();
        var early = (await World.ApplyAsync(World.Grants, wait)).ShouldBeOfType<StepOutcome.Waiting>();
        World.Time.Advance(TimeSpan.FromHours(25));
        var late = (await World.ApplyAsync(World.Grants, wait)).ShouldBeOfType<StepOutcome.Waiting>();

        (early.On, early.For.Key, early.PollAfter).ShouldBe((WaitsFor.Microsoft, "Grants.WaitForEffect", TimeSpan.FromSeconds(10)));
        (late.On, late.For.Key).ShouldBe((WaitsFor.Customer, "Grants.WaitForEffect.Late"));
    }

    private async Task<StepOutcome.Waiting> AwaitAsync()
    {
        var wait = (await World.PlanAsync(World.Grants)).Actions.First();
        wait.Key.ShouldBe(GrantPlanner.AwaitTrialKey(Tester));
        return (await World.ApplyAsync(World.Grants, wait)).ShouldBeOfType<StepOutcome.Waiting>();
    }
}
