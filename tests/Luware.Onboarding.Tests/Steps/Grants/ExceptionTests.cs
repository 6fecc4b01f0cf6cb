using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>One person gets the policy directly, in addition to the groups.</summary>
public sealed class ExceptionTests : GrantsTest
{
    private const string Second = "luwarerecordingother1";

    private Guid Chosen => World.Directory.Members[Recorded.Id][20].Id;

    [Fact]
    public async Task An_exception_counts_one_person_at_the_gate_after_the_group_and_is_verified_by_reading()
    {
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen)] });
        World.Teams.Reached.Add(Tester);

        var plan = await World.PlanAsync(World.Grants);
        var keys = plan.Actions.Select(a => a.Key).ToList();
        var exception = plan.Objects.Single(o => o.Key == $"exception/{Chosen}/{Policy}");

        keys.IndexOf($"exception/{Chosen}/{Policy}").ShouldBeGreaterThan(keys.IndexOf($"grant/{RecordedUsers}/{Policy}"));
        exception.Action!.Command!.ToPowerShell().ShouldBe($"Grant-CsTeamsComplianceRecordingPolicy -Identity '{Chosen}' -PolicyName '{Policy}'");
        (exception.Action.Impact.People, exception.Action.Impact.CanStopCalls, exception.Action.Impact.IsNamed).ShouldBe((1, true, false));
        exception.Action.Impact.Group.ShouldBe(new AffectedGroup(Recorded.Id, Recorded.DisplayName));
        exception.Notes.Single().Key.ShouldBe("Grants.Exception.Warning");
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
        World.Teams.DirectAssignments.ShouldHaveSingleItem().Key.ShouldBe(Chosen);
    }

    [Fact]
    public async Task An_exception_that_does_not_show_yet_is_waited_for_and_not_sent_again()
    {
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen)] });
        World.Teams.Reached.Add(Tester);
        var grant = (await World.PlanAsync(World.Grants)).Actions.Single(a => a.Key == $"exception/{Chosen}/{Policy}");
        await World.ApplyAsync(World.Grants, grant);
        World.Teams.DirectAssignments.Remove(Chosen);

        var waiting = await World.PlanAsync(World.Grants);
        waiting.Actions.ShouldNotContain(a => a.Key == grant.Key);
        var wait = waiting.Actions.Single(a => a.Key == $"await-exception/{Chosen}");
        (await World.ApplyAsync(World.Grants, wait)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Microsoft);

        World.Teams.DirectAssignments[Chosen] = Policy;
        (await World.ApplyAsync(World.Grants, wait)).ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task An_exception_is_on_its_way_while_only_the_groups_policy_shows()
    {
        ChoosePolicies(RecordingRules.FailClose, RecordingRules.FailOpen);
        World.Teams.Reached.UnionWith([Tester, Chosen]);
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen, Second)] });
        await AcceptAsync(Second);
        World.Teams.DirectAssignments.Remove(Chosen);

        var waiting = await WaitForChosenAsync();

        World.Teams.GroupAssignments.ShouldContainKeyAndValue(Recorded.Id, Policy);
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Microsoft, "Grants.WaitForEffect"));
    }

    [Fact]
    public async Task An_exceptions_former_policy_is_nobody_elses_while_readings_still_show_it()
    {
        ChoosePolicies(RecordingRules.FailClose, RecordingRules.FailOpen);
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen, Second)] });
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen)] });
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.Single(a => a.Key == $"end-exception/{Chosen}/{Second}"));

        World.Teams.DirectAssignments[Chosen] = Second;
        var soon = await World.PlanAsync(World.Grants);
        await AcceptAsync(Policy);
        World.Teams.DirectAssignments[Chosen] = Second;
        var waiting = await WaitForChosenAsync();
        World.Teams.DirectAssignments[Chosen] = "othervendor";
        var byHand = await WaitForChosenAsync();

        soon.Questions.ShouldBeEmpty();
        soon.Actions.First().Key.ShouldBe($"exception/{Chosen}/{Policy}");
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Microsoft, "Grants.WaitForEffect"));
        (byHand.On, byHand.For.Key).ShouldBe((WaitsFor.Customer, "Grants.WaitForRemoval"));
    }

    [Fact]
    public async Task Somebody_outside_the_groups_is_refused_with_what_to_do()
    {
        var stranger = World.Directory.AddPerson("Nina Graf").Id;
        Choose(new GrantsChoice { Exceptions = [new WantedException(stranger)] });

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Grants.Question.ExceptionOutside"), q => q.Arguments.ShouldBe(["Nina Graf", RecordedUsers]));
        plan.Actions.ShouldNotContain(a => a.Key.Contains(stranger.ToString(), StringComparison.Ordinal));

        World.Teams.DirectAssignments[stranger] = Policy;
        (await World.PlanAsync(World.Grants)).Objects.Single(o => o.Key == $"exception/{stranger}/{Policy}").State
            .ShouldBe(ObjectState.Different, "it is asked about just the same");
    }

    [Fact]
    public async Task Another_vendors_policy_is_never_overwritten_by_an_exception()
    {
        World.Teams.Policies["othervendor"] = new FakeTeams.Policy { Enabled = true };
        World.Teams.DirectAssignments[Chosen] = "othervendor";
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen)] });

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.ExceptionHasOther");
        plan.Actions.ShouldNotContain(a => a.Key.StartsWith("exception/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_exceptions_than_can_be_asked_for_are_a_question()
    {
        var tooMany = World.Directory.Members[Recorded.Id].Take(GrantsChoice.MostExceptions + 1).Select(m => new WantedException(m.Id));
        Choose(new GrantsChoice { Exceptions = [.. tooMany] });

        (await World.PlanAsync(World.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.TooManyExceptions");
    }

    [Fact]
    public async Task An_exception_that_is_wanted_no_more_goes_and_nobody_elses_does()
    {
        var byHand = World.Directory.Members[Recorded.Id][21].Id;
        World.Teams.DirectAssignments[byHand] = Policy;
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen)] });
        World.Teams.Reached.Add(Tester);
        await World.RunAsync(World.Grants);

        Choose(new GrantsChoice());
        var end = (await World.PlanAsync(World.Grants)).Actions.Single();
        (end.Key, end.Impact).ShouldBe(($"end-exception/{Chosen}/{Policy}", Impact.Nobody));
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        World.Teams.DirectAssignments.ShouldHaveSingleItem().Key.ShouldBe(byHand);
    }

    [Fact]
    public async Task The_end_of_an_exception_counts_one_person_where_the_group_brings_another_policy_that_can_stop_calls()
    {
        ChoosePolicies(RecordingRules.FailClose, RecordingRules.FailOpen);
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen, Second)] });
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        Choose(new GrantsChoice());
        var tried = (await World.PlanAsync(World.Grants)).Actions.Single().Impact;
        World.Teams.Reached.Clear();
        var untried = (await World.PlanAsync(World.Grants)).Actions.First().Impact;

        (tried.People, tried.CanStopCalls, tried.Named).ShouldBe((1, true, "Person 021"));
        (untried.People, untried.CanStopCalls, untried.Named).ShouldBe((1, true, null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_an_exception_passes_the_gate_while_a_policy_that_the_group_has_lost_has_not_left_the_person(bool lingers)
    {
        await GrantBothAsync(RecordingRules.FailClose, RecordingRules.FailOpen);
        await World.ApplyAsync(World.Grants, (await PlanUndoAsync()).Actions.First());
        if (lingers)
            World.Teams.Lingering[Chosen] = Policy;
        Choose(new GrantsChoice());

        var end = (await World.PlanAsync(World.Grants)).Actions.Single(a => a.Key == $"end-exception/{Chosen}/{Second}");

        (end.Impact.People, end.Impact.CanStopCalls).ShouldBe((lingers ? 1 : 0, lingers));
        World.Teams.GroupAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_test_user_who_is_an_exception_too_keeps_the_direct_grant()
    {
        Choose(new GrantsChoice { Exceptions = [new WantedException(Tester)] });
        World.Teams.Reached.Add(Tester);

        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        World.Teams.DirectAssignments.ShouldHaveSingleItem().Key.ShouldBe(Tester);
        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Un_grant_takes_groups_and_exceptions_back_and_its_script_does_too()
    {
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen)] });
        World.Grants.UndoScript(World.Context).ShouldContain(block => block.Contains($"-Identity '{Chosen}' -PolicyName $null", StringComparison.Ordinal));
        World.Teams.Reached.Add(Tester);
        await World.RunAsync(World.Grants);

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;
        undo.Actions.Select(a => a.Key).ShouldBe([$"ungrant/{RecordedUsers}/{Policy}/{Recorded.Id}", $"end-exception/{Chosen}/{Policy}"]);
        undo.Objects[^1].Name.ShouldBe("Person 021");
        foreach (var action in undo.Actions)
            await World.ApplyAsync(World.Grants, action);

        World.Teams.DirectAssignments.ShouldBeEmpty();
        World.Teams.GroupAssignments.ShouldBeEmpty();
        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_group_loses_its_policy_at_once_and_an_exception_that_shields_a_person_from_it_goes_once_the_policy_has_left_them()
    {
        await GrantBothAsync(RecordingRules.FailClose, RecordingRules.FailOpen);
        var (ungrant, wait, end) = ($"ungrant/{RecordedUsers}/{Policy}/{Recorded.Id}", $"await-former/{Chosen}/{Second}", $"end-exception/{Chosen}/{Second}");
        (await PlanUndoAsync()).Actions.Select(a => a.Key).ShouldBe([ungrant, wait, end], "all of it is approved at once");
        await World.ApplyAsync(World.Grants, (await PlanUndoAsync()).Actions.First());
        World.Teams.GroupAssignments.ShouldBeEmpty();
        World.Teams.Lingering[Chosen] = Policy;

        var left = (await PlanUndoAsync()).Actions.ToList();
        var waiting = (await World.ApplyAsync(World.Grants, left[0])).ShouldBeOfType<StepOutcome.Waiting>();

        left.Select(a => a.Key).ShouldBe([wait, end]);
        (waiting.On, waiting.For.Key, waiting.PollAfter).ShouldBe((WaitsFor.Microsoft, "Grants.Undo.WaitForGroup", TimeSpan.FromMinutes(5)));
        waiting.YieldsToApproval.ShouldBeTrue("the group may be granted again at once");
        waiting.For.Arguments.ShouldBe([Policy, "Person 021"]);
        World.Teams.DirectAssignments.ShouldContainKeyAndValue(Chosen, Second);

        World.Teams.Lingering.Clear();
        (await World.ApplyAsync(World.Grants, left[0])).ShouldBeOfType<StepOutcome.Done>();
        await World.ApplyAsync(World.Grants, (await PlanUndoAsync()).Actions.Single());
        World.Teams.DirectAssignments.ShouldBeEmpty();
        (await PlanUndoAsync()).IsFulfilled.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exception_waits_for_no_longer_than_a_policy_can_stay_in_force(bool byHand)
    {
        await GrantBothAsync(RecordingRules.FailClose, RecordingRules.FailOpen);
        World.Time.Advance(new EngineOptions().ReapplyAfter);
        World.Teams.Lingering[Chosen] = Policy;
        if (byHand)
            World.Teams.GroupAssignments.Clear();
        else
            await World.ApplyAsync(World.Grants, (await PlanUndoAsync()).Actions.First());
        await World.ApplyAsync(World.Grants, (await PlanUndoAsync()).Actions.First());

        World.Time.Advance(new EngineOptions().OutOfForceAfter);

        (await PlanUndoAsync()).Actions.Single().Key.ShouldBe($"end-exception/{Chosen}/{Second}");
    }

    [Fact]
    public async Task After_another_grant_to_the_group_an_exception_waits_anew()
    {
        await GrantBothAsync(RecordingRules.FailClose, RecordingRules.FailOpen);
        World.Teams.Lingering[Chosen] = Policy;
        foreach (var action in (await PlanUndoAsync()).Actions.Take(2).ToList())
            await World.ApplyAsync(World.Grants, action);
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
        World.Time.Advance(TimeSpan.FromDays(2));
        World.Teams.GroupAssignments.Clear();

        (await PlanUndoAsync()).Actions.First().Key.ShouldBe($"await-former/{Chosen}/{Second}");
    }

    [Fact]
    public async Task An_exception_whose_policy_is_not_among_the_chosen_ones_waits_too_because_it_may_shield()
    {
        await GrantBothAsync(RecordingRules.FailClose, RecordingRules.FailOpen);
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new(Policy, "x", RecordingRules.FailClose)]));

        World.Grants.UndoScript(World.Context).Where(block => block.Contains($"'Tag:{Second}'", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldContain("$left");
        (await PlanUndoAsync()).Actions.Select(a => a.Key).ShouldContain($"await-former/{Chosen}/{Second}");
    }

    [Fact]
    public async Task An_exception_that_can_stop_calls_itself_is_taken_back_at_once()
    {
        await GrantBothAsync(RecordingRules.FailClose, RecordingRules.FailClose);

        (await PlanUndoAsync()).Actions.Select(a => a.Key).ShouldBe([$"ungrant/{RecordedUsers}/{Policy}/{Recorded.Id}", $"end-exception/{Chosen}/{Second}"]);
        World.Grants.UndoScript(World.Context).ShouldNotContain(block => block.Contains("$left", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_undo_script_of_an_exception_looks_first_whether_the_groups_policy_has_left_the_person()
    {
        await GrantBothAsync(RecordingRules.FailClose, RecordingRules.FailOpen);

        World.Grants.UndoScript(World.Context).Single(block => block.Contains("$left", StringComparison.Ordinal)).ShouldSatisfyAllConditions(
            b => b.ShouldContain($"-Identity '{Chosen}' -PolicyName $null"),
            b => b.ShouldContain($"$_.PolicyName -in '{Policy}', 'Tag:{Policy}'"), b => b.ShouldContain($"'{Recorded.Id}'"));
    }

    [Fact]
    public async Task Who_is_to_prove_the_groups_policy_cannot_be_an_exception_with_another_one()
    {
        ChoosePolicies(RecordingRules.FailClose, RecordingRules.FailOpen);
        Choose(new GrantsChoice { Exceptions = [new WantedException(Tester, Second)] });
        var asked = (await World.PlanAsync(World.Grants)).Questions.Single();
        Choose(new GrantsChoice { Exceptions = [new WantedException(Tester)] });

        asked.ShouldSatisfyAllConditions(q => q.Key.ShouldBe("Grants.Question.ExceptionTests"), q => q.Arguments.ShouldBe(["Person 007", Policy, Second]));
        (await World.PlanAsync(World.Grants)).Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_script_leaves_an_exception_outside_the_groups_to_people_as_the_plan_does()
    {
        var stranger = World.Directory.AddPerson("Nina Graf").Id;
        Choose(new GrantsChoice { Exceptions = [new WantedException(stranger), new WantedException(Chosen)] });
        await World.PlanAsync(World.Grants);

        var parts = World.Grants.Script(World.Context);

        parts.OfType<ScriptPart.Made>().Select(p => p.Key).ShouldContain($"exception/{Chosen}/{Policy}");
        parts.Where(p => p.Key.Contains($"{stranger}", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldBeOfType<ScriptPart.Person>()
            .What.Key.ShouldBe("Grants.Script.ExceptionOutside");
    }

    [Fact]
    public void Where_no_reading_has_looked_for_an_exception_the_script_says_so_and_gives_the_command_once_Luware_is_ready()
    {
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen)] });
        var ready = World.Context with { Tenant = World.Context.Tenant with { ReadyGroups = [Recorded.Id] } };

        (Left(ready).Key, Left(ready).Arguments[1])
            .ShouldBe(("Grants.Script.ExceptionUnread", $"Grant-CsTeamsComplianceRecordingPolicy -Identity '{Chosen}' -PolicyName '{Policy}'"));
        Left(ready with { Tenant = ready.Tenant with { Ready = false } }).Key.ShouldBe("Grants.Script.ExceptionUnreadLater");

        Sentence Left(StepContext context) => World.Grants.Script(context).OfType<ScriptPart.Person>().Single(p => p.Key == $"exception/{Chosen}").What;
    }

    [Fact]
    public async Task The_script_does_not_take_away_what_it_has_just_granted_as_an_exception()
    {
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen)] }.With(new RivalDecision(Chosen, Policy, Remove: true)));
        await World.PlanAsync(World.Grants);

        var keys = World.Grants.Script(World.Context).Select(p => p.Key).ToList();

        keys.ShouldContain($"exception/{Chosen}/{Policy}");
        keys.ShouldNotContain($"remove/{Chosen}/{Policy}");
    }

    /// <summary>Everything up to the exception's grant is done, and Teams has accepted that.</summary>
    private async Task AcceptAsync(string policy)
    {
        for (var isAccepted = false; !isAccepted;)
        {
            var action = (await World.PlanAsync(World.Grants)).Actions.First();
            (await World.ApplyAsync(World.Grants, action)).ShouldBeOfType<StepOutcome.Done>(action.Key);
            isAccepted = action.Key == $"exception/{Chosen}/{policy}";
        }
    }

    private async Task<StepOutcome.Waiting> WaitForChosenAsync() =>
        (await World.ApplyAsync(World.Grants, GrantPlanner.Wait($"await-exception/{Chosen}", "Grants.AwaitException", "Person 021", Chosen, Policy)))
            .ShouldBeOfType<StepOutcome.Waiting>();

    /// <summary>The group has its policy and one of its members another one.</summary>
    private async Task GrantBothAsync(RecordingRules ofGroup, RecordingRules ofException)
    {
        ChoosePolicies(ofGroup, ofException);
        World.Teams.Reached.UnionWith([Tester, Chosen]);
        Choose(new GrantsChoice { Exceptions = [new WantedException(Chosen, Second)] });
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
    }

    private void ChoosePolicies(RecordingRules first, RecordingRules second)
    {
        World.Teams.Policies[Second] = new FakeTeams.Policy { Enabled = true };
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new(Policy, "x", first), new(Second, "x", second)]));
    }

    private async Task<StepPlan> PlanUndoAsync() => (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;

}
