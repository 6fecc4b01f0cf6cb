using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Policies;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Whole;

/// <summary>A tenant that others have changed, through the whole portal.</summary>
public sealed class RepairTests(AzuriteFixture azurite) : EngineJourney(azurite)
{
    private const string First = "luwarerecordingfailclose1";
    private const string Second = "Back office";

    private static readonly RecordingRules Own = new(BeforeCall: true, DuringCall: false, BeforeMeeting: false, DuringMeeting: false);

    [Fact]
    public async Task What_was_made_wrongly_is_repaired_two_policies_get_flags_of_their_own_and_drift_passes_the_gate()
    {
        var (tenant, person) = World.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        var instance = tenant.MakeInstance("luwarerecording-mtde-1@fabrikam.de", Guid.NewGuid());
        var stranger = tenant.MakeInstance("meeting-rooms@fabrikam.de", Guid.NewGuid());
        tenant.MakePolicy(First, "Luware Recording Fail Close 1", new RecordingLink(instance) { RequiredDuringCall = false, Paired = stranger });
        using var browser = new Visitor(person);
        var actor = await ApproveAsync(browser, person, a => Engine.ChooseAsync(
            a, PoliciesStep.StepName, new PoliciesChoice([PolicyChoice.Recommended(RecordingRules.FailClose, []), new(Second, "Some of it", Own)]), default));

        var confirmed = new List<string>();
        var view = await RunAsync(actor, browser, gate => confirmed.Add(gate.ActionKey));

        Status(view).ShouldBe(StepStatus.Verified);
        confirmed[..4].ShouldBe(["set-application/1", "sync-instance/1", $"set-rules/1/{First}", $"pair-application/2/{First}"]);
        tenant.Instances.Single(i => i.ObjectId == instance).ShouldSatisfyAllConditions(
            i => i.ApplicationId.ShouldBe(Applications.Germany1), i => i.Mapped.ShouldBe(Applications.Germany1));
        var second = tenant.Instances.Single(i => i.ApplicationId == Applications.Germany2).ObjectId;
        Links(tenant, First).ShouldBe([new RecordingLink(instance) { Paired = second }]);
        Links(tenant, Second).ShouldBe(
        [
            new RecordingLink(instance) { RequiredDuringCall = false, RequiredBeforeMeetingJoin = false, RequiredDuringMeeting = false, Paired = second },
        ]);

        tenant.ChangeLink(First, link => link with { RequiredDuringMeeting = false });
        await Engine.PlanAsync(actor, null, default);
        var changed = (await Engine.ReadAsync(actor, default))!;
        Status(changed).ShouldBe(StepStatus.ChangedSinceVerified);
        var different = changed.Steps.Single(s => s.Step == PoliciesStep.StepName).Plan!.Objects.Single(o => o.State == ObjectState.Different);
        different.What.Arguments.ShouldBe(["RequiredDuringMeeting"]);
        (await Engine.ApproveAsync(actor, changed.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        confirmed.Clear();
        view = await RunAsync(actor, browser, gate => confirmed.Add(gate.ActionKey));

        Status(view).ShouldBe(StepStatus.Verified);
        confirmed.ShouldBe([$"set-rules/1/{First}"]);
        Links(tenant, First).ShouldBe([new RecordingLink(instance) { Paired = second }]);
    }

    /// <summary>What a policy says of its applications, whenever that was changed.</summary>
    private static IEnumerable<RecordingLink> Links(SandboxTenant tenant, string policy) =>
        tenant.FindPolicy(policy)!.Applications.Select(link => link with { ChangedAt = default, Before = null });

    private static StepStatus Status(OnboardingView view) => view.Steps.Single(s => s.Step == PoliciesStep.StepName).Status;
}
