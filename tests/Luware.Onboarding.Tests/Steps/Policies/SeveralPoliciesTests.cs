using System.Text.Json;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Steps.Policies;

namespace Luware.Onboarding.Tests.Steps.Policies;

public sealed class SeveralPoliciesTests
{
    private static readonly RecordingRules Own = new(BeforeCall: true, DuringCall: false, BeforeMeeting: true, DuringMeeting: false);

    private readonly StepWorld world = new(StepWorld.Germany);

    public SeveralPoliciesTests() =>
        world.Choices = world.Choices.With("policies", new PoliciesChoice(
            [new("Traders", "All of it", RecordingRules.FailClose), new("Back office", "Some of it", Own)]));

    [Fact]
    public async Task Each_policy_is_made_with_its_own_flags_and_pairing()
    {
        await world.RunAsync(world.Whitelisting);

        (await world.RunAsync(world.Policies)).IsFulfilled.ShouldBeTrue();

        var (first, second) = (world.Teams.Instances[0].ObjectId, world.Teams.Instances[1].ObjectId);
        world.Teams.Policies.ShouldAllBe(p => p.Value.Enabled && p.Value.Links.Single().Key == first && p.Value.Links[first].Paired == second);
        world.Teams.Policies["Traders"].Links[first].Flags.Values.ShouldAllBe(flag => flag);
        world.Teams.Policies["Back office"].Links[first].Flags.ShouldBe(new Dictionary<string, bool>
        {
            ["RequiredBeforeCallEstablishment"] = true, ["RequiredDuringCall"] = false, ["RequiredBeforeMeetingJoin"] = true, ["RequiredDuringMeeting"] = false,
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_key_names_its_policy()
    {
        var plan = await world.PlanAsync(world.Policies);

        plan.Objects.Select(o => o.Key).ShouldBe(
            ["policy/Traders", "link/1/Traders", "pairing/Traders", "policy/Back office", "link/1/Back office", "pairing/Back office"]);
        var ends = world.Policies.Script(world.Context).OfType<ScriptPart.Made>().Select(m => m.Key)
            .ToLookup(k => k[k.LastIndexOf('/')..], k => k[..k.LastIndexOf('/')]);
        ends["/Traders"].ShouldBe(
            ["create-policy", "describe-policy", "link-application/1", "set-rules/1", "pair-application/2", "unlink-application/2", "enable-policy"]);
        ends["/Back office"].ShouldBe(ends["/Traders"]);
    }

    [Fact]
    public async Task However_many_there_are_Teams_is_asked_once()
    {
        await world.RunAsync(world.Whitelisting);
        await world.RunAsync(world.Policies);
        world.Teams.Commands.Clear();

        await world.PlanAsync(world.Policies);

        world.Teams.Commands.Select(c => c.Name).ShouldBe(
            ["Get-CsTeamsComplianceRecordingPolicy", "Get-CsTeamsComplianceRecordingApplication", "Get-CsGroupPolicyAssignment"]);
    }

    [Fact]
    public async Task Whom_a_change_reaches_is_counted_for_each_policy()
    {
        await world.RunAsync(world.Whitelisting);
        await world.RunAsync(world.Policies);
        world.Teams.GroupAssignments[world.Directory.AddGroup("Trading", people: 3).Id] = "Traders";
        foreach (var policy in world.Teams.Policies.Values)
            policy.Links.Values.Single().Flags["RequiredBeforeCallEstablishment"] = false;

        var impacts = (await world.PlanAsync(world.Policies)).Actions.ToDictionary(a => a.Key, a => a.Impact);

        impacts["set-rules/1/Traders"].People.ShouldBe(3);
        impacts["set-rules/1/Back office"].IsUncounted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_new_policy_beside_one_in_use_is_nobodys_until_it_is_complete()
    {
        await world.RunAsync(world.Whitelisting);
        world.Teams.Policies["Traders"] = new FakeTeams.Policy { Enabled = true, Description = "All of it" };
        await world.PlanAsync(world.Policies);

        var plan = await world.PlanAsync(world.Policies);

        plan.Actions.Where(a => a.Impact.CanStopCalls).Select(a => a.Key).ShouldBe(["link-application/1/Traders"]);
        world.Policies.Script(world.Context).OfType<ScriptPart.Made>().Where(m => m.CanStopCalls).ShouldAllBe(m => m.Key.EndsWith("/Traders"));
    }

    [Fact]
    public async Task A_policy_that_is_chosen_no_more_stays_in_the_tenant()
    {
        await world.RunAsync(world.Whitelisting);
        await world.RunAsync(world.Policies);
        world.Choices = world.Choices.With("policies", new PoliciesChoice([new("Traders", "All of it", RecordingRules.FailClose)]));

        (await world.PlanAsync(world.Policies)).IsFulfilled.ShouldBeTrue();

        world.Teams.Policies.Keys.ShouldBe(["Traders", "Back office"]);
    }

    [Fact]
    public async Task Two_policies_of_one_name_are_asked_about()
    {
        world.Choices = world.Choices.With("policies", new PoliciesChoice([new("a", "x", RecordingRules.FailClose), new("A", "x", RecordingRules.FailOpen)]));

        var plan = await world.PlanAsync(world.Policies);

        plan.Questions.Single().Key.ShouldBe("Policies.Name.Twice");
        plan.Objects.Select(o => o.Key).ShouldBeUnique();
        world.Policies.Script(world.Context).Single().ShouldBeOfType<ScriptPart.Person>();
    }

    [Fact]
    public void What_is_stored_comes_back_and_what_was_stored_before_there_were_several_falls_back_to_the_recommendation()
    {
        var chosen = new PoliciesChoice([new("Traders", "x", Own)]).Add();
        var choice = JsonDocument.Parse("""{"name":"Traders","description":"x","failClose":false}""").RootElement;
        var old = new StepChoices(new Dictionary<string, JsonElement> { ["policies"] = choice });

        StepChoices.None.With("policies", chosen).Get<PoliciesChoice>("policies").Policies.ShouldBe(chosen.Policies);
        old.Get<PoliciesChoice>("policies").Policies.ShouldBe(new PoliciesChoice().Policies);
    }
}
