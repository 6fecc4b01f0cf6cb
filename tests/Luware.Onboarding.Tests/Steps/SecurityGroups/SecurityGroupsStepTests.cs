using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Tests.Steps.SecurityGroups;

public sealed class SecurityGroupsStepTests
{
    private const string Recorded = WantedGroup.RecordedUsers;

    private readonly StepWorld world = new(StepWorld.Switzerland);
    private readonly Person nina;

    public SecurityGroupsStepTests()
    {
        nina = world.Directory.AddPerson("Nina Graf");
        Choose(c => c with { Testers = [nina.Id] });
    }

    [Fact]
    public async Task A_fresh_tenant_gets_the_articles_three_groups_with_the_test_user_in_each()
    {
        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.Questions.ShouldBeEmpty();
        plan.Objects.Take(3).Select(o => (o.Name, o.State)).ShouldBe(
            [(Recorded, ObjectState.Missing), (WantedGroup.Supervisors, ObjectState.Missing), (WantedGroup.Administrators, ObjectState.Missing)]);
        plan.Objects.Skip(3).ShouldAllBe(o => o.Name == "Nina Graf" && o.State == ObjectState.Later && o.Action != null);
        (await world.RunAsync(world.SecurityGroups)).IsFulfilled.ShouldBeTrue();
        world.Directory.Writes.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_picked_group_is_called_by_its_own_name_in_the_script_and_when_it_stays()
    {
        var group = world.Directory.AddGroup("Sales recorded", people: 2);
        Choose(c => c with { Testers = [nina.Id], Groups = [c.Groups[0] with { Id = group.Id }, .. c.Groups.Skip(1)] });
        await world.PlanAsync(world.SecurityGroups);

        var script = world.SecurityGroups.Script(world.Context).OfType<ScriptPart.Person>().SelectMany(p => p.What.Arguments).ToList();
        var stays = (await world.SecurityGroups.PlanUndoAsync(world.Context, CancellationToken.None))!.Objects.Select(o => o.Name).ToList();

        script.ShouldContain("Sales recorded");
        stays.ShouldContain("Sales recorded");
        script.Concat(stays).ShouldNotContain(Recorded);
    }

    [Fact]
    public async Task A_guest_among_those_who_are_recorded_is_not_suggested_to_test()
    {
        var group = world.Directory.AddGroup(Recorded, people: 1);
        world.Directory.Members[group.Id] =
        [
            new GroupMember(Guid.NewGuid(), MemberKind.User, "Gast Muster", "gast_partner.example#EXT#@contoso.onmicrosoft.com"),
            new GroupMember(Guid.NewGuid(), MemberKind.User, "Lea Widmer", "lea.widmer@contoso.com"),
        ];

        var people = (await world.PlanAsync(world.SecurityGroups)).Options[SecurityGroupsStep.PersonOption];

        people.ShouldContain(p => p.Label.StartsWith("Lea Widmer", StringComparison.Ordinal));
        people.ShouldNotContain(p => p.Label.StartsWith("Gast Muster", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_request_that_is_shown_makes_the_group_only_once()
    {
        var create = (await world.PlanAsync(world.SecurityGroups)).Actions.First();

        create.Essence.ShouldStartWith($"PATCH /v1.0/groups(uniqueName='{GroupNames.UniqueName(Recorded)}')\nPrefer: create-if-missing\n");
        create.Essence.ShouldContain("\"displayName\": \"LuwareRecording-RecordedUsers\"");
        await world.ApplyAsync(world.SecurityGroups, create);
        await world.ApplyAsync(world.SecurityGroups, create);

        world.Directory.Groups.Count(g => g.DisplayName == Recorded).ShouldBe(1);
    }

    [Fact]
    public async Task An_approval_of_before_covers_every_action_of_afterwards()
    {
        var before = (await world.PlanAsync(world.SecurityGroups)).Actions.ToDictionary(a => a.Key, a => a.Essence, StringComparer.Ordinal);

        foreach (var create in (await world.PlanAsync(world.SecurityGroups)).Actions.Where(a => a.Key.StartsWith("create-", StringComparison.Ordinal)))
            await world.ApplyAsync(world.SecurityGroups, create);
        var after = (await world.PlanAsync(world.SecurityGroups)).Actions.ToList();

        after.Count.ShouldBe(3);
        after.ShouldAllBe(a => before[a.Key] == a.Essence);
    }

    [Fact]
    public async Task Groups_that_are_there_are_adopted_with_whoever_is_in_them()
    {
        var group = world.Directory.AddGroup(Recorded, people: 40);
        world.Directory.AddGroup(WantedGroup.Supervisors, people: 1);
        world.Directory.AddGroup(WantedGroup.Administrators, people: 2);
        Choose(c => c with { Testers = [world.Directory.Members[group.Id][3].Id], Way = TestUserWay.Same });

        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.Objects.Take(3).ShouldAllBe(o => o.State == ObjectState.Found && o.Action == null);
        plan.Options[SecurityGroupsStep.PersonOption].Count.ShouldBe(40);
        plan.Objects.Where(o => o.Name == "Person 004").Select(o => o.State).ShouldBe([ObjectState.Found, ObjectState.Missing, ObjectState.Missing]);
    }

    [Fact]
    public async Task Two_groups_of_one_name_are_a_question_and_both_are_offered()
    {
        var (one, two) = (world.Directory.AddGroup(Recorded, 1), world.Directory.AddGroup(Recorded, 2));

        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.Questions.Single().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("SecurityGroups.Question.SeveralGroups"), q => q.Arguments.ShouldBe(["2", Recorded]));
        plan.Objects.Single(o => o.IsToChoose).Name.ShouldBe(Recorded);
        plan.Options[SecurityGroupsStep.GroupOption].Select(o => o.Value).ShouldBe([$"{one.Id}", $"{two.Id}"], ignoreOrder: true);
        plan.Actions.ShouldNotContain(a => a.Key.Contains(Recorded, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_picked_group_may_have_any_name_and_one_that_is_gone_is_a_question()
    {
        var traders = world.Directory.AddGroup("Traders", people: 1);
        Choose(c => c with { Testers = [nina.Id], Groups = [c.Groups[0] with { Id = traders.Id }, c.Groups[1] with { Id = Guid.NewGuid() }, c.Groups[2]] });

        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.Objects[0].ShouldSatisfyAllConditions(o => o.Name.ShouldBe("Traders"), o => o.State.ShouldBe(ObjectState.Found));
        plan.Questions.Single().Key.ShouldBe("SecurityGroups.Question.Gone");
        SecurityGroupsStep.FindId(world.Context, traders.Id.ToString()).ShouldBe(traders.Id);
    }

    [Fact]
    public async Task A_group_that_the_portal_made_is_found_again_after_somebody_has_renamed_it()
    {
        await world.RunAsync(world.SecurityGroups);
        var group = world.Directory.Groups.Single(g => g.DisplayName == Recorded);
        world.Directory.Change(group, g => g with { DisplayName = "Recorded people" });

        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Objects[0].Name.ShouldBe("Recorded people");
    }

    [Fact]
    public async Task Without_a_test_user_somebody_must_choose_and_is_offered_people_without_typing()
    {
        Choose(c => c with { Testers = [] });

        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.Questions.Single().Key.ShouldBe("SecurityGroups.Question.NoTestUser");
        plan.Options[SecurityGroupsStep.PersonOption].Single().Label.ShouldBe("Nina Graf (nina.graf@contoso.com)");
    }

    [Fact]
    public async Task Each_group_can_have_people_of_its_own_and_nobody_for_now_asks_nothing()
    {
        var ben = world.Directory.AddPerson("Ben Roth");
        Choose(c => c with
        {
            Way = TestUserWay.Each, Groups = [c.Groups[0] with { Testers = [nina.Id] }, c.Groups[1] with { Testers = [ben.Id] }, c.Groups[2]],
        });
        var each = await world.PlanAsync(world.SecurityGroups);
        Choose(c => c with { Way = TestUserWay.Nobody });
        var nobody = await world.PlanAsync(world.SecurityGroups);

        each.Actions.Count(a => a.Key.StartsWith("add-member/", StringComparison.Ordinal)).ShouldBe(2);
        (each.Questions.Count, nobody.Questions.Count).ShouldBe((0, 0));
        nobody.Actions.Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_person_who_left_is_a_question()
    {
        Choose(c => c with { Testers = [nina.Id, Guid.NewGuid()] });

        (await world.PlanAsync(world.SecurityGroups)).Questions.Single().Key.ShouldBe("SecurityGroups.Question.PersonGone");
    }

    [Fact]
    public async Task Owners_are_entered_and_said()
    {
        Choose(c => c with { Testers = [nina.Id], Owners = [nina.Id] });

        var plan = await world.RunAsync(world.SecurityGroups);

        plan.IsFulfilled.ShouldBeTrue();
        world.Directory.Writes.Count(w => w.StartsWith("add Owner Nina Graf", StringComparison.Ordinal)).ShouldBe(3);
        plan.Objects[0].Notes.ShouldContain(n => n.Key == "SecurityGroups.Note.Owners" && n.Arguments[0] == "Nina Graf");
    }

    [Fact]
    public async Task By_hand_the_portal_changes_nothing_and_says_what_is_to_be_done()
    {
        world.Directory.AddGroup(Recorded, people: 1);
        Choose(c => c with { Testers = [nina.Id], ByHand = true });

        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.Actions.ShouldBeEmpty();
        plan.Questions.Select(q => q.Key).ShouldBe(
            ["SecurityGroups.Question.MakeByHand", "SecurityGroups.Question.MakeByHand", "SecurityGroups.Question.AddByHand"]);
    }

    [Theory]
    [InlineData("SecurityGroups.Note.Dynamic", false)]
    [InlineData("SecurityGroups.Note.Synced", false)]
    [InlineData("SecurityGroups.Note.Microsoft365", true)]
    [InlineData("SecurityGroups.Note.RoleAssignable", false)]
    [InlineData("SecurityGroups.Note.Restricted", false)]
    [InlineData("SecurityGroups.Note.MailEnabled", false)]
    [InlineData("SecurityGroups.Note.Distribution", false)]
    public async Task What_follows_from_the_kind_of_a_group_is_said_before_it_is_picked_and_in_the_plan(string note, bool canAdd)
    {
        var group = world.Directory.AddGroup(Recorded, people: 1);
        world.Directory.Change(group, g => note switch
        {
            "SecurityGroups.Note.Dynamic" => g with { IsDynamic = true },
            "SecurityGroups.Note.Synced" => g with { IsSynced = true },
            "SecurityGroups.Note.Microsoft365" => g with { IsMicrosoft365 = true, MailEnabled = true, SecurityEnabled = false },
            "SecurityGroups.Note.RoleAssignable" => g with { IsRoleAssignable = true },
            "SecurityGroups.Note.Restricted" => g with { IsRestricted = true },
            "SecurityGroups.Note.MailEnabled" => g with { MailEnabled = true },
            _ => g with { MailEnabled = true, SecurityEnabled = false },
        });

        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.Objects[0].Warnings.ShouldContain(n => n.Key == note, "in sight without a click");
        plan.Objects[0].Warnings.Any(n => n.Key == "SecurityGroups.Note.NotSecurity")
            .ShouldBe(note == "SecurityGroups.Note.Microsoft365", "Luware synchronises security groups");
        plan.Options[SecurityGroupsStep.GroupOption].Single().Note!.Key.ShouldBe(note);
        plan.Questions.Any(q => q.Key == "SecurityGroups.Question.AddByHand").ShouldBe(!canAdd);
        plan.Actions.Any(a => a.Key == $"add-member/{Recorded}/{nina.Id}").ShouldBe(canAdd);
    }

    [Fact]
    public async Task Nested_groups_are_said_and_not_counted()
    {
        var group = world.Directory.AddGroup(Recorded, people: 2);
        world.Directory.Members[group.Id].Add(new GroupMember(Guid.NewGuid(), MemberKind.Group, "Desk", null));

        var found = (await world.PlanAsync(world.SecurityGroups)).Objects[0];

        found.What.Arguments.ShouldBe(["2", "1"]);
        found.Warnings.ShouldContain(n => n.Key == "SecurityGroups.Note.Nested");
    }

    [Theory]
    [InlineData(40, "SecurityGroups.Note.Licences", false)]
    [InlineData(39, "SecurityGroups.Note.TooFewLicences", true)]
    public async Task Members_but_guests_are_compared_with_the_licences_that_are_held_and_too_few_are_a_warning(int held, string note, bool warns)
    {
        world.Directory.AddGuest(world.Directory.AddGroup(Recorded, people: 40).Id);
        world.GroupSettings.RecordingLicences.Add("SPE_E5");
        world.Directory.Licences.AddRange([new Licence("SPE_E5", held), new Licence("VISIO", 1000)]);

        var found = (await world.PlanAsync(world.SecurityGroups)).Objects[0];

        (warns ? found.Warnings : found.Notes).Single(n => n.Key == note).Arguments.ShouldBe([$"{held}", "40"]);
        found.Warnings.Count.ShouldBe(warns ? 1 : 0);
    }

    [Theory]
    [InlineData(WantedGroup.RecordedUsers, "2")]
    [InlineData(WantedGroup.Supervisors, "3")]
    public async Task Guests_are_counted_only_where_the_group_gives_access(string name, string people)
    {
        world.Directory.AddGuest(world.Directory.AddGroup(name, people: 2).Id);

        (await world.PlanAsync(world.SecurityGroups)).Objects.Single(o => o.Name == name && o.Key.StartsWith("group/", StringComparison.Ordinal))
            .What.Arguments[0].ShouldBe(people);
    }

    [Theory]
    [InlineData("O365_w/o\u00a0Teams\u00a0Bundle_M3")]
    [InlineData("O365_w/o Teams Bundle_M3")]
    [InlineData("o365_w/o_teams_bundle_m3")]
    public async Task A_part_number_is_the_same_however_its_spaces_are_written(string product)
    {
        world.Directory.AddGroup(Recorded, people: 40);
        world.GroupSettings.RecordingLicences.Add("O365_w/o_Teams_Bundle_M3");
        world.Directory.Licences.Add(new Licence(product, 40));

        (await world.PlanAsync(world.SecurityGroups)).Objects[0].Notes.ShouldContain(n => n.Key == "SecurityGroups.Note.Licences");
    }

    [Fact]
    public async Task Licences_that_may_not_be_read_are_not_spoken_of()
    {
        world.Directory.AddGroup(Recorded, people: 40);
        world.GroupSettings.RecordingLicences.Add("SPE_E5");
        world.Directory.Refusal = FakeDirectory.Refused("403", "Authorization_RequestDenied", "no");

        (await world.PlanAsync(world.SecurityGroups)).Objects[0].ShouldSatisfyAllConditions(
            o => o.Warnings.ShouldBeEmpty(), o => o.Notes.ShouldNotContain(n => n.Key.Contains("Licences", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_joins_a_group_whose_policy_can_stop_calls_passes_the_safety_gate_last()
    {
        var group = world.Directory.AddGroup(Recorded, people: 3);
        world.Teams.Policies["p"] = new FakeTeams.Policy { Enabled = true, Links = { [Guid.NewGuid()] = FakeTeams.Link.With(failClose: true) } };
        world.Teams.GroupAssignments[group.Id] = "p";

        var plan = await world.PlanAsync(world.SecurityGroups);

        plan.Actions.Last().ShouldSatisfyAllConditions(
            a => a.Key.ShouldBe($"add-member/{Recorded}/{nina.Id}"), a => (a.Impact.People, a.Impact.CanStopCalls).ShouldBe((1, true)));
        plan.Objects.Where(o => o.Notes.Any(n => n.Key == "SecurityGroups.Note.NotSynchronisedYet")).Select(o => o.Key)
            .ShouldBe([$"member/{Recorded}/{nina.Id}"], "Luware may not know the person yet");
        plan.Actions.SkipLast(1).ShouldAllBe(a => !a.Impact.CanStopCalls);
    }

    [Theory]
    [InlineData(WantedGroup.RecordedUsers, "")]
    [InlineData(WantedGroup.Supervisors, ".Access")]
    [InlineData(WantedGroup.Administrators, ".Access")]
    public async Task Recording_is_spoken_of_for_recorded_users_and_access_for_everybody_else(string name, string end)
    {
        var group = world.Directory.AddGroup(name, people: 3);
        world.Directory.Members[group.Id].Add(new GroupMember(Guid.NewGuid(), MemberKind.Group, "Night shift", null));

        var row = (await world.PlanAsync(world.SecurityGroups)).Objects.Single(o => o.Key == $"group/{name}");

        row.What.Key.ShouldBe("SecurityGroups.Group.Nested");
        row.Warnings.Select(n => n.Key).ShouldBe([$"SecurityGroups.Note.Nested{end}"]);
        var role = row.Kind == GroupPlanner.Kind(GroupRole.RecordedUsers) ? GroupRole.RecordedUsers : GroupRole.Administrators;
        GroupNotes.For(role, GroupNotes.Kind(group with { IsDynamic = true })!).Key.ShouldBe($"SecurityGroups.Note.Dynamic{end}");
    }

    [Fact]
    public async Task Whoever_may_not_read_policies_is_planned_for_all_the_same_and_passes_the_gate() =>
        await ShouldPassTheGateAsync(FakeTeams.Refusal("403", "Access Denied.", "Forbidden"));

    [Fact]
    public async Task Whoever_was_not_asked_for_Teams_is_planned_for_all_the_same_and_passes_the_gate() =>
        await ShouldPassTheGateAsync(new ScopesMissingException(["user_impersonation"]));

    [Fact]
    public async Task Another_refusal_of_Teams_is_no_answer()
    {
        world.Directory.AddGroup(Recorded, people: 3);
        world.Teams.Answers["Get-CsGroupPolicyAssignment"] = FakeTeams.Refusal("InvalidArgument", "no");

        await Should.ThrowAsync<RefusedException>(() => world.PlanAsync(world.SecurityGroups));
    }

    [Fact]
    public async Task Teams_is_not_asked_where_nobody_joins_a_group_that_is_there()
    {
        await world.PlanAsync(world.SecurityGroups);

        world.Teams.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_group_that_is_not_known_everywhere_is_waited_for()
    {
        await world.RunAsync(world.SecurityGroups);
        var add = (await AddOfAsync(nina)).Action;
        world.Directory.Refusal = FakeDirectory.Refused("404", "Request_ResourceNotFound", "Resource does not exist.");

        (await world.ApplyAsync(world.SecurityGroups, add)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Microsoft);
    }

    [Fact]
    public async Task Adding_twice_is_done_once_and_another_400_is_no_success()
    {
        var (add, group) = await AddOfAsync(nina);
        (await world.ApplyAsync(world.SecurityGroups, add)).ShouldBeOfType<StepOutcome.Done>();
        (await world.ApplyAsync(world.SecurityGroups, add)).ShouldBeOfType<StepOutcome.Done>();
        world.Directory.Members[group.Id].Clear();
        world.Directory.Refusal = FakeDirectory.Refused("400", "Request_BadRequest", "unsupported");

        await Should.ThrowAsync<RefusedException>(() => world.ApplyAsync(world.SecurityGroups, add));
    }

    [Theory]
    [InlineData("400", "One or more added object references already exist for the following modified properties: 'members'.")]
    [InlineData("409", "Conflict")]
    public async Task Somebody_who_is_said_to_be_there_and_does_not_show_yet_is_waited_for(string status, string message)
    {
        var (add, group) = await AddOfAsync(nina);
        world.Directory.Refusal = FakeDirectory.Refused(status, "Request_BadRequest", message);

        var waiting = (await world.ApplyAsync(world.SecurityGroups, add)).ShouldBeOfType<StepOutcome.Waiting>();
        world.Directory.Members[group.Id].Add(new GroupMember(nina.Id, MemberKind.User, nina.DisplayName, nina.UserPrincipalName));
        var done = await world.ApplyAsync(world.SecurityGroups, add);

        (waiting.On, waiting.For.Arguments[0]).ShouldBe((WaitsFor.Microsoft, Recorded));
        done.ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task Names_limits_and_double_use_are_questions()
    {
        world.GroupSettings.MostGroups = 3;
        Choose(c => c with { Testers = [nina.Id], Groups = [.. c.Groups, c.Groups[0], new WantedGroup(GroupRole.Supervisors, " ")] });

        (await world.PlanAsync(world.SecurityGroups)).Questions.Select(q => q.Key).ShouldBe(
            ["SecurityGroups.Question.TooMany", "SecurityGroups.Question.Twice", "SecurityGroups.Name.Empty"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_script_leaves_groups_and_members_to_the_person_and_names_no_group_that_is_there()
    {
        world.Directory.AddGroup(Recorded, people: 1);
        await world.PlanAsync(world.SecurityGroups);

        var parts = world.SecurityGroups.Script(world.Context).Cast<ScriptPart.Person>().ToList();

        StepTextsTests.ShouldBeSayable(parts.Select(p => p.What));
        parts.Select(p => p.Key).ShouldBe(
        [
            $"create-group/{WantedGroup.Supervisors}", $"create-group/{WantedGroup.Administrators}", $"add-member/{Recorded}/{nina.Id}",
            $"add-member/{WantedGroup.Supervisors}/{nina.Id}", $"add-member/{WantedGroup.Administrators}/{nina.Id}",
        ]);
    }

    [Fact]
    public async Task A_script_leaves_owners_to_the_person_too_and_calls_them_by_name()
    {
        Choose(c => c with { Way = TestUserWay.Nobody, Owners = [nina.Id], Groups = [c.Groups[0]] });
        await world.PlanAsync(world.SecurityGroups);

        var owner = world.SecurityGroups.Script(world.Context).OfType<ScriptPart.Person>().Last();

        (owner.Key, owner.What.Key).ShouldBe(($"add-owner/{Recorded}/{nina.Id}", "SecurityGroups.Script.AddOwner"));
        owner.What.Arguments.ShouldBe(["Nina Graf", Recorded]);
    }

    [Theory]
    [InlineData("403", "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", typeof(GroupsNotAllowed))]
    [InlineData("400", "Directory_QuotaExceeded", "The directory object quota limit for the Principal has been exceeded.", typeof(DirectoryFull))]
    [InlineData("400", "Request_BadRequest", "Another object with the same value for property uniqueName already exists.", typeof(GroupNameTaken))]
    public void Expected_answers_are_explained(string status, string code, string message, Type refusal) =>
        world.SecurityGroups.Explain(new RemoteAnswer("Microsoft Graph", code, status, message, null)).ShouldBeOfType(refusal);

    [Fact]
    public async Task A_directory_that_is_down_is_no_empty_directory()
    {
        world.Directory.Down = new TransientException("Too many requests");

        await Should.ThrowAsync<TransientException>(() => world.PlanAsync(world.SecurityGroups));
    }

    private async Task ShouldPassTheGateAsync(GatewayException unread)
    {
        world.Directory.AddGroup(Recorded, people: 3);
        world.Teams.Answers["Get-CsGroupPolicyAssignment"] = unread;

        (await world.PlanAsync(world.SecurityGroups)).Actions.Last().ShouldSatisfyAllConditions(
            a => a.Key.ShouldBe($"add-member/{Recorded}/{nina.Id}"), a => a.Impact.CanStopCalls.ShouldBeTrue());
    }

    private async Task<(PlannedAction Action, Group Group)> AddOfAsync(Person person)
    {
        var group = world.Directory.Groups.Find(g => g.DisplayName == Recorded) ?? world.Directory.AddGroup(Recorded, people: 1);
        world.Directory.Members[group.Id].RemoveAll(m => m.Id == person.Id);
        return ((await world.PlanAsync(world.SecurityGroups)).Actions.First(a => a.Key == $"add-member/{Recorded}/{person.Id}"), group);
    }

    private void Choose(Func<SecurityGroupsChoice, SecurityGroupsChoice> change) =>
        world.Choices = world.Choices.With(SecurityGroupsStep.StepName, change(new SecurityGroupsChoice()));
}
