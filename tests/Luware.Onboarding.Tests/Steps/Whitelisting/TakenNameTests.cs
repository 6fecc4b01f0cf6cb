using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Whitelisting;

namespace Luware.Onboarding.Tests.Steps.Whitelisting;

/// <summary>The wanted name is taken: by another application's instance or a user.</summary>
public sealed class TakenNameTests
{
    private const string Name = "luwarerecording-mtch-1@contoso.com";

    private static readonly Guid Another = Guid.NewGuid();

    private readonly StepWorld world = new(StepWorld.Switzerland);

    private Guid ApplicationId => world.Region.Applications[0].ApplicationId;

    [Fact]
    public async Task An_instance_with_another_application_id_gets_the_right_one_and_Teams_is_told()
    {
        var instance = world.Teams.AddInstance(Name, Another);

        var plan = await world.PlanAsync(world.Whitelisting);

        plan.Objects.Select(o => o.State).ShouldBe([ObjectState.Different, ObjectState.Later]);
        plan.Objects[0].What.Arguments[0].ShouldBe($"{Another}");
        plan.Actions.Select(a => a.Command!.ToPowerShell()).ShouldBe(
        [
            $"Set-CsOnlineApplicationInstance -Identity '{Name}' -ApplicationId '{ApplicationId}'",
            $"Sync-CsOnlineApplicationInstance -ObjectId '{instance.ObjectId}' -ApplicationId '{ApplicationId}'",
        ]);
        plan.Actions.ShouldAllBe(a => a.Impact == Impact.Nobody);
        (await world.RunAsync(world.Whitelisting)).IsFulfilled.ShouldBeTrue();
        world.Teams.Instances.Single().ApplicationId.ShouldBe(ApplicationId);
        world.Teams.NotSynced.ShouldBeEmpty("the former application was cleared first");
    }

    [Fact]
    public async Task The_approval_of_both_is_given_at_once_and_still_covers_the_second()
    {
        world.Teams.AddInstance(Name, Another);
        var approved = (await world.PlanAsync(world.Whitelisting)).Actions.ToList();

        await world.ApplyAsync(world.Whitelisting, approved[0]);

        var left = (await world.PlanAsync(world.Whitelisting)).Actions.Single();
        (left.Key, left.Essence).ShouldBe((approved[1].Key, approved[1].Essence));
    }

    [Fact]
    public async Task What_was_changed_and_not_told_to_Teams_before_the_process_died_is_told_later()
    {
        world.Teams.AddInstance(Name, Another);
        var plan = await world.PlanAsync(world.Whitelisting);
        await world.ApplyAsync(world.Whitelisting, plan.Actions.First());
        world.Begin((await world.PlanAsync(world.Whitelisting)).Actions.Single());

        (await world.RunAsync(world.Whitelisting)).IsFulfilled.ShouldBeTrue();

        world.Teams.NotSynced.ShouldBeEmpty();
        (await world.PlanAsync(world.Whitelisting)).Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_a_policy_that_can_stop_calls_invites_the_instance_the_change_passes_the_gate()
    {
        var instance = world.Teams.AddInstance(Name, Another);
        world.Teams.Policies["old"] = new FakeTeams.Policy { Enabled = true, Links = { [instance.ObjectId] = FakeTeams.Link.With(failClose: true) } };
        (await world.PlanAsync(world.Whitelisting)).Actions.First().Impact.IsUncounted.ShouldBeTrue();

        var traders = world.Directory.AddGroup("Traders", people: 3).Id;
        world.Directory.AddGuest(traders);
        world.Teams.GroupAssignments[traders] = "old";

        var planned = (await world.PlanAsync(world.Whitelisting)).Objects[0];
        (planned.Action!.Impact.People, planned.Action.Impact.CanStopCalls).ShouldBe((3, true));
        planned.Notes.Single().Key.ShouldBe("Whitelisting.Linked");
    }

    [Fact]
    public async Task Whoever_may_not_read_policies_passes_the_gate_too()
    {
        world.Teams.AddInstance(Name, Another);
        world.Teams.Answers["Get-CsTeamsComplianceRecordingApplication"] = FakeTeams.Refusal("PermissionDenied", "Access Denied.");

        (await world.PlanAsync(world.Whitelisting)).Actions.First().Impact.IsUncounted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_instance_that_another_of_Luwares_applications_uses_is_not_taken_away_from_it()
    {
        var germany = new StepWorld(StepWorld.Germany);
        germany.Teams.AddInstance("luwarerecording-mtde-1@contoso.com", germany.Region.Applications[1].ApplicationId);

        var plan = await germany.PlanAsync(germany.Whitelisting);

        plan.Objects.Select(o => (o.Key, o.State)).ShouldBe([("instance/1", ObjectState.Different), ("instance/2", ObjectState.Found)]);
        plan.Actions.ShouldBeEmpty();
        plan.Questions.Single().Key.ShouldBe("Whitelisting.OtherApplication");
    }

    [Fact]
    public async Task The_name_of_an_ordinary_user_is_a_question_before_anything_is_approved()
    {
        world.Teams.Accounts[Name] = "Lena Wolf";

        var plan = await world.PlanAsync(world.Whitelisting);

        plan.Questions.Single().Arguments.ShouldBe([Name, "Lena Wolf"]);
        plan.Actions.ShouldBeEmpty();
        plan.Objects.Single().State.ShouldBe(ObjectState.Different);

        world.Teams.Accounts.Clear();
        (await world.RunAsync(world.Whitelisting)).IsFulfilled.ShouldBeTrue("the next reading notices that the name is free");
    }

    [Fact]
    public async Task A_deleted_account_does_not_hold_its_name()
    {
        world.Teams.Accounts[Name] = "Luware Recording MTCH 1";
        world.Teams.OtherModule = account => account["SoftDeletionTimestamp"] = "2026-11-01T08:00:00Z";

        var plan = await world.PlanAsync(world.Whitelisting);

        (plan.Questions.Count, plan.Actions.Single().Key, plan.Objects.Single().What.Key).ShouldBe((0, "create-instance/1", "Whitelisting.Missing"));
    }

    [Fact]
    public async Task A_name_that_Microsoft_refuses_all_the_same_is_refused_with_who_can_fix_it()
    {
        var create = (await world.PlanAsync(world.Whitelisting)).Actions.Single();
        world.Teams.Accounts[Name] = "Luware Recording MTCH 1";

        var refused = (await world.ApplyAsync(world.Whitelisting, create)).ShouldBeOfType<StepOutcome.Refused>();

        refused.Refusal.ShouldBeOfType<UserPrincipalNameTaken>();
        StepTextsTests.ShouldBeSayable(
            [refused.Refusal.Title, refused.Refusal.What, refused.Refusal.WhoCanFix, refused.Refusal.WhenAgain, refused.Refusal.Letter]);
    }

    [Fact]
    public async Task An_instance_that_the_portal_has_begun_to_make_is_not_taken_for_a_stranger()
    {
        world.Begin((await world.PlanAsync(world.Whitelisting)).Actions.Single());
        world.Teams.Accounts[Name] = "Luware Recording MTCH 1";

        (await world.PlanAsync(world.Whitelisting)).Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_may_not_look_up_accounts_can_plan_all_the_same()
    {
        world.Teams.Answers["Get-CsOnlineUser"] = FakeTeams.Refusal("PermissionDenied", "Access Denied.");

        (await world.PlanAsync(world.Whitelisting)).Actions.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_sync_that_is_refused_for_another_reason_is_not_tried_twice()
    {
        world.Teams.AddInstance(Name, Another);
        await world.ApplyAsync(world.Whitelisting, (await world.PlanAsync(world.Whitelisting)).Actions.First());
        world.Teams.Answers["Sync-CsOnlineApplicationInstance"] = FakeTeams.Refusal("InvalidResult", "Failed to update application instance in APS");

        await Should.ThrowAsync<RefusedException>(() => world.RunAsync(world.Whitelisting));

        world.Teams.Commands.Count(c => c.Name.StartsWith("Sync-", StringComparison.Ordinal)).ShouldBe(1);
    }
}
