using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Person = Luware.Portal.Sandbox.World.Person;

namespace Luware.Portal.Tests.Whole;

/// <summary>After go-live, through the whole portal: checking again, ending the access, ending recording.</summary>
public sealed class OffboardingJourneyTests(AzuriteFixture azurite)
    : EngineJourney(azurite, new KeyValuePair<string, string?>("Engine:OutOfForceAfter", $"{OutOfForce}"))
{
    private static readonly TimeSpan OutOfForce = TimeSpan.FromSeconds(4);

    private IAftercare Aftercare => Portal.Services.GetRequiredService<IAftercare>();

    [Fact]
    public async Task Fabrikam_is_looked_at_again_with_a_new_sign_in_and_brought_back_to_what_it_was_apart_from_what_is_said_to_stay()
    {
        var (tenant, person) = World.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        var groups = tenant.Groups;
        await OnboardAsync(person);

        using var browser = new Visitor(person);
        var actor = await ComeBackAsync(browser, person);
        await Engine.PlanAsync(actor, null, default);
        (await Engine.ReadAsync(actor, default))!.Steps.SkipLast(1).ShouldAllBe(s => s.Status == StepStatus.Verified, "chat capture is not wanted");

        World.Faults.EffectiveDelay = TimeSpan.FromSeconds(2);
        var plan = await OffboardAsync(actor);

        (tenant.Policies, tenant.GroupAssignments, tenant.DirectAssignments).ShouldBe(([], [], []));
        tenant.Groups.Select(g => g.DisplayName).ShouldBe(groups.Select(g => g.DisplayName), ignoreOrder: true);
        plan.Steps.SelectMany(s => s.Objects.Where(OffboardingPlan.Stays).Select(_ => s.Step)).Order().ShouldBe(
            ["consent", "consent", "security-groups", "security-groups", "security-groups", "storage", "whitelisting", "whitelisting"]);
        var removals = tenant.Writes.Where(w => w.What.StartsWith("Remove-", StringComparison.Ordinal)).ToList();
        removals.Select(w => w.What).ShouldBe(
            ["Remove-CsGroupPolicyAssignment", "Remove-CsTeamsComplianceRecordingApplication", "Remove-CsTeamsComplianceRecordingPolicy"]);
        (removals[1].At - removals[0].At).ShouldBeGreaterThan(OutOfForce);
        (await Aftercare.PlanOffboardingAsync(actor, default)).StepsToTakeBack.ShouldBeEmpty();
    }

    [Fact]
    public async Task Northwinds_policy_of_its_own_stays_as_it_is()
    {
        var (tenant, person) = World.Tenants.FindPerson("stefan.albrecht@northwind.de")!.Value;
        var actor = await OnboardAsync(person);
        var policy = tenant.Policies.ShouldHaveSingleItem();

        var plan = await OffboardAsync(actor);

        tenant.Policies.ShouldHaveSingleItem().ShouldBe(policy);
        tenant.GroupAssignments.ShouldBeEmpty();
        plan.StepsToTakeBack.ShouldBe(["grants"]);
        plan.Steps.Single(s => s.Step == "policies").Objects.ShouldHaveSingleItem().What.Key.ShouldBe("Policies.Undo.NotOurs");
    }

    private async Task<Actor> OnboardAsync(Person person)
    {
        using var browser = new Visitor(person);
        var actor = await ApproveAsync(browser, person);
        (await RunAsync(actor, browser)).Run!.State.ShouldBe(RunState.Done);
        return actor;
    }

    /// <summary>Everything of the first sign-in is deleted; the new one is plain and asks for nothing more.</summary>
    private async Task<Actor> ComeBackAsync(Visitor browser, Person person)
    {
        var before = await Portal.ActorAsync(person);
        (await Aftercare.ReadOwnAccessAsync(before, default)).ObjectId.ShouldNotBeNull();
        (await Aftercare.EndAccessAsync(before, default)).Problem.ShouldBeNull();
        await Should.ThrowAsync<UnauthorizedAccessException>(() => Engine.ReadAsync(before, default));
        await using (var db = await Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            (await db.TokenCaches.CountAsync()).ShouldBe(0);

        await browser.GoAsync(new Uri(Portal.Address, "/sign-in"));
        return await Portal.ActorAsync(person);
    }

    private async Task<OffboardingPlan> OffboardAsync(Actor actor)
    {
        var plan = await Aftercare.PlanOffboardingAsync(actor, default);
        (await Aftercare.OffboardAsync(actor, plan, default)).Problem.ShouldBeNull();
        await UntilAsync(actor, v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });
        return plan;
    }
}
