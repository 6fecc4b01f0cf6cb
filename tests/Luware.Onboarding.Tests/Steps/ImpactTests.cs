using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>
/// Which actions of whole plans pass the safety gate: those that can stop somebody's calls, and no others. A scene says how the policy is now and how it is
/// wanted: absent, without an application, failing open or failing close.
/// </summary>
public sealed class ImpactTests
{
    private const string Policy = "recording";

    private static readonly Guid Tester = Guid.NewGuid(), Former = Guid.NewGuid(), Rival = Guid.NewGuid(),
        Exception = Guid.NewGuid(), Stranger = Guid.NewGuid();

    private static readonly string[] Scenes =
        [.. from now in new[] { "absent", "bare", "open", "close" } from wanted in new[] { "open", "close" } select $"{now} to {wanted}"];

    /// <summary>The scenes in which an action can stop calls, by the action's step and key.</summary>
    public static TheoryData<string, string[]> Actions => new()
    {
        { "security-groups create-group/LuwareRecording-RecordedUsers", [] },
        { "security-groups create-group/LuwareRecording-Supervisors", [] },
        { "security-groups create-group/LuwareRecording-Administrators", [] },
        { "security-groups add-member/LuwareRecording-RecordedUsers/tester", ["close to open", "close to close"] },
        { "security-groups add-member/LuwareRecording-Supervisors/tester", [] },
        { "security-groups add-member/LuwareRecording-Administrators/tester", [] },
        { "consent accept/1", [] },
        { "consent accept/2", [] },
        { "whitelisting create-instance/1", [] },
        { "whitelisting create-instance/2", [] },
        { "whitelisting set-application/1", ["close to open", "close to close"] },
        { "whitelisting sync-instance/1", ["close to open", "close to close"] },
        { "policies create-policy/recording", [] },
        { "policies describe-policy", [] },
        { "policies link-application/1", ["bare to close"] },
        { "policies set-rules/1", ["open to close"] },
        { "policies pair-application/2", ["open to close", "close to close"] },
        { "policies unpair-application/1", ["open to close", "close to close"] },
        { "policies unlink-application/2", ["open to close", "close to close"] },
        { "policies unlink-application/former", ["open to close", "close to close"] },
        { "policies enable-policy", ["bare to close", "open to close", "close to open", "close to close"] },
        { "grants trial/tester/recording", ["absent to close"] },
        { "grants await-trial/tester", [] },
        { "grants grant/LuwareRecording-RecordedUsers/recording", ["absent to close"] },
        { "grants await-effective/tester", [] },
        { "grants end-trial/tester/recording", [] },
        { "grants remove/rival/other", ["bare to close", "open to close", "close to open", "close to close"] },
        { "grants remove/stranger/recording", [] },
        { "grants exception/exception/recording", ["bare to close", "open to close", "close to open", "close to close"] },
        { "grants await-exception/exception", [] },
        { "storage mend/Immutability", [] },
        { "storage register-network", [] },
        { "storage create-container", [] },
        { "storage probe/contosorecordings/luware-recording", [] },
        { "chat-capture accept/chat", [] },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task An_action_passes_the_gate_in_the_scenes_in_which_it_can_stop_calls(string action, string[] gated)
    {
        var stops = new List<string>();
        foreach (var scene in Scenes)
        {
            foreach (var plan in (Dictionary<string, bool>[])[await PlanAsync("MTCH", scene), await PlanAsync("MTDE", scene)])
            {
                if (plan.TryGetValue(action, out var canStopCalls) && canStopCalls)
                    stops.Add(scene);
            }
        }

        stops.Distinct().ShouldBe(gated);
    }

    [Fact]
    public async Task Every_action_of_whole_plans_is_in_the_table_and_no_other()
    {
        var planned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scene in Scenes)
            planned.UnionWith([.. (await PlanAsync("MTCH", scene)).Keys, .. (await PlanAsync("MTDE", scene)).Keys]);

        planned.ShouldBe(Actions.Select(a => a.Data.Item1), ignoreOrder: true);
    }

    /// <summary>All actions, and whether they can stop calls.</summary>
    private static async Task<Dictionary<string, bool>> PlanAsync(string region, string scene)
    {
        var world = new StepWorld((region == "MTCH" ? StepWorld.Switzerland : StepWorld.Germany) with { Chat = StepWorld.SwitzerlandWithChat.Chat });
        (world.Azure.Container, world.Azure.NetworkState) = (null, "NotRegistered");
        world.Directory.People.Add(new Gateways.Person(Tester, "Nina Graf", "nina.graf@contoso.com"));
        var rules = scene.EndsWith("close", StringComparison.Ordinal) ? RecordingRules.FailClose : RecordingRules.FailOpen;
        world.Choices = world.Choices.With("security-groups", new SecurityGroupsChoice() with { Testers = [Tester] })
            .With("policies", new PoliciesChoice([new PolicyChoice(Policy, FakeTeams.Description, rules)]))
            .With("storage", new StorageChoice() with { ResourceId = FakeStorage.Id.ToString() })
            .With("chat-capture", new ChatCaptureChoice() with { Wanted = true });
        if (!scene.StartsWith("absent", StringComparison.Ordinal))
            Use(world, scene);

        var actions = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var step in (IStep[])[world.SecurityGroups, world.Consent, world.Whitelisting, world.Policies, world.Grants, world.Storage, world.ChatCapture])
        {
            foreach (var action in (await world.PlanAsync(step)).Actions)
                actions.Add($"{step.Name} {Named(action.Key)}", action.Impact.CanStopCalls);
        }

        return actions;
    }

    /// <summary>A policy that a group has, with everything in it that there is to repair, and people whose own policies are to change.</summary>
    private static void Use(StepWorld world, string scene)
    {
        var group = world.Directory.AddGroup(WantedGroup.RecordedUsers, people: 3).Id;
        var members = world.Directory.Members[group];
        (members[1], members[2]) = (members[1] with { Id = Rival }, members[2] with { Id = Exception });
        world.Teams.GroupAssignments[group] = Policy;
        world.Teams.Policies["other"] = new FakeTeams.Policy { Enabled = true };
        (world.Teams.DirectAssignments[Rival], world.Teams.DirectAssignments[Stranger]) = ("other", Policy);
        world.Choices = world.Choices.With("grants", new GrantsChoice
        {
            Exceptions = [new WantedException(Exception)],
            Rivals = [new RivalDecision(Rival, "other", Remove: true), new RivalDecision(Stranger, Policy, Remove: true)],
        });

        // A disabled policy is described as it is enabled, so one region has one that is enabled.
        var policy = world.Teams.Policies[Policy] = new FakeTeams.Policy { Enabled = world.Region.Is2N, Description = "" };
        if (!scene.StartsWith("bare", StringComparison.Ordinal))
            Link(world, policy, failClose: scene.StartsWith("close", StringComparison.Ordinal));
    }

    /// <summary>An instance of another application with a wrong pair, the second recorder on its own, and a recorder of another region.</summary>
    private static void Link(StepWorld world, FakeTeams.Policy policy, bool failClose)
    {
        var first = world.Teams.AddInstance($"{world.Region.Applications[0].UserPrincipalNamePrefix}@contoso.com", Guid.NewGuid());
        var elsewhere = world.Region.Is2N ? StepWorld.Switzerland : StepWorld.Germany;
        world.Teams.Instances.Add(new FakeTeams.Instance(Former, "earlier@contoso.com", elsewhere.Applications[0].ApplicationId));
        policy.Links[first.ObjectId] = FakeTeams.Link.With(failClose, paired: Guid.NewGuid());
        policy.Links[Former] = FakeTeams.Link.With(failClose);
        if (world.Region.Is2N)
            policy.Links[world.Teams.AddInstance("second@contoso.com", world.Region.Applications[1].ApplicationId).ObjectId] = FakeTeams.Link.With(failClose);
    }

    private static string Named(string key) =>
        new[] { (Tester, "tester"), (Former, "former"), (Rival, "rival"), (Exception, "exception"), (Stranger, "stranger") }
            .Aggregate(key, (text, person) => text.Replace($"{person.Item1}", person.Item2, StringComparison.Ordinal));
}
