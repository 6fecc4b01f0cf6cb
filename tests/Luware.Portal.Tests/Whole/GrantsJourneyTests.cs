using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Person = Luware.Portal.Sandbox.World.Person;

namespace Luware.Portal.Tests.Whole;

/// <summary>Grants in a tenant that another vendor has recorded before, through engine, steps, gateways, workers and database.</summary>
public sealed class GrantsJourneyTests(AzuriteFixture azurite) : EngineJourney(azurite)
{
    private const string Other = "othervendor";
    private const string Ours = "luwarerecordingfailclose1";

    [Fact]
    public async Task Another_vendors_policies_are_said_and_one_gives_way_an_exception_is_made_and_un_grant_takes_ours_back_alone()
    {
        var (tenant, katrin) = World.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        var recorded = tenant.Groups.Single(g => g.DisplayName == WantedGroup.RecordedUsers);
        var (tester, rival, exception, slow) = (recorded.Members[3], recorded.Members[5], recorded.Members[6], recorded.Members[7]);
        var (trading, sales) = (tenant.Groups.First(g => g.DisplayName == "Trading Floor"), tenant.Groups.Single(g => g.DisplayName == "Sales Team"));
        tenant.AddPolicy(Other, [rival], trading.Id);
        tenant.AddMembers(recorded.Id, sales.Id);
        World.Faults.EffectiveDelays[slow] = TimeSpan.FromHours(1);

        using var browser = new Visitor(katrin);
        var actor = await SignInAsync(browser, katrin);
        await ChooseAsync(actor, tenant, tester);
        var choice = new GrantsChoice { Exceptions = [new WantedException(exception)] };
        await Engine.ChooseAsync(actor, GrantsStep.StepName, choice, default);
        await Engine.PlanAsync(actor, null, default);

        var asked = (await GrantsAsync(actor)).Plan!;
        asked.Questions.Select(q => q.Key).ShouldBe(["Grants.Question.Rivals"]);
        asked.Objects.Single(o => o.Key == $"other/{trading.Id}").What
            .ShouldSatisfyAllConditions(w => w.Key.ShouldBe("Grants.Other.Stays"), w => w.Arguments[0].ShouldBe("1"));
        asked.Objects.Single(o => o.Key.EndsWith($"/{sales.Id}", StringComparison.Ordinal)).What.Arguments[0].ShouldBe("3");

        await Engine.ChooseAsync(actor, GrantsStep.StepName, choice.With(new RivalDecision(rival, Other, Remove: true)), default);
        await Engine.PlanAsync(actor, GrantsStep.StepName, default);
        (await Engine.ApproveAsync(actor, (await Engine.ReadAsync(actor, default))!.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        var confirmed = await ConfirmedInRunAsync(actor, browser);

        confirmed.ShouldBe([40, 1]);
        tenant.GroupAssignments.Select(a => (a.PolicyName, a.Rank)).ShouldBe([(Other, 1), (Ours, 2)]);
        tenant.DirectAssignments.Select(a => (a.PersonId, a.PolicyName)).ShouldBe([(exception, Ours)]);
        var row = (await GrantsAsync(actor)).Plan!.Objects.Single(o => o.Spread is not null);
        (row.Spread!.OnTheWay, row.Spread.Defeated, row.Spread.Total)
            .ShouldBe((1, 2, 40), "two traders are in the other vendor's group, which has the better rank");

        (await Engine.UndoAsync(actor, GrantsStep.StepName, default)).Problem.ShouldBeNull();
        await UntilAsync(actor, v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        tenant.GroupAssignments.Select(a => a.PolicyName).ShouldBe([Other]);
        tenant.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_shows_late_and_stays_in_force_for_a_while_is_granted_once_and_taken_back_whole()
    {
        var (tenant, katrin) = World.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        var recorded = tenant.Groups.Single(g => g.DisplayName == WantedGroup.RecordedUsers);
        var (tester, rival, exception) = (recorded.Members[3], recorded.Members[5], recorded.Members[6]);
        tenant.AddPolicy(Other, [rival]);
        (World.Faults.VisibilityDelay, World.Faults.EffectiveDelay) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var browser = new Visitor(katrin);

        var actor = await SignInAsync(browser, katrin);
        await ChooseAsync(actor, tenant, tester);
        var choice = new GrantsChoice { Exceptions = [new WantedException(exception)] };
        await Engine.ChooseAsync(actor, GrantsStep.StepName, choice.With(new RivalDecision(rival, Other, Remove: true)), default);
        await Engine.PlanAsync(actor, null, default);
        (await Engine.ApproveAsync(actor, (await Engine.ReadAsync(actor, default))!.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        var confirmed = await ConfirmedInRunAsync(actor, browser);

        confirmed.ShouldBe([40, 1]);
        tenant.GroupAssignments.Select(a => a.PolicyName).ShouldBe([Ours]);
        tenant.DirectAssignments.Select(a => (a.PersonId, a.PolicyName)).ShouldBe([(exception, Ours)]);
        tenant.Writes.Count(w => w.What == "Grant-CsTeamsComplianceRecordingPolicy")
            .ShouldBe(4, "a trial and its end, the exception, and the other vendor's policy that gave way");

        (await Engine.UndoAsync(actor, GrantsStep.StepName, default)).Problem.ShouldBeNull();
        await UntilAsync(actor, v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        (tenant.GroupAssignments.Count, tenant.DirectAssignments.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Three_thousand_members_are_asked_about_in_part_and_the_rest_is_said_not_to_be()
    {
        var (tenant, stefan) = World.Tenants.FindPerson("stefan.albrecht@northwind.de")!.Value;
        var recorded = tenant.Groups.Single(g => g.DisplayName == WantedGroup.RecordedUsers);
        var crowd = tenant.AddPeople(Enumerable.Range(1, 3000).Select(i => $"o'broker{i}@northwind.de"));
        tenant.AddMembers(recorded.Id, crowd.Select(p => p.Id));
        tenant.Grant(Ours, recorded.Id);
        using var browser = new Visitor(stefan);
        var actor = await SignInAsync(browser, stefan);

        await Engine.PlanAsync(actor, null, default);

        var row = (await GrantsAsync(actor)).Plan!.Objects.Single(o => o.Spread is not null);
        (row.Spread!.InForce, row.Spread.OnTheWay, row.Spread.NotAsked).ShouldBe((200, 0, 2812));
    }

    private async Task<StepView> GrantsAsync(Actor actor) => (await Engine.ReadAsync(actor, default))!.Steps.Single(s => s.Step == GrantsStep.StepName);

    /// <returns>The numbers that were confirmed at the safety gate.</returns>
    private async Task<IReadOnlyList<int>> ConfirmedInRunAsync(Actor actor, Visitor browser)
    {
        var confirmed = new List<int>();
        await RunAsync(actor, browser, gate => confirmed.Add(gate.People));
        return confirmed;
    }

    /// <summary>Reads the tenant and chooses what every plan needs.</summary>
    private async Task ChooseAsync(Actor actor, SandboxTenant tenant, Guid tester)
    {
        await Engine.PlanAsync(actor, null, default);
        await Engine.ChooseAsync(actor, SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = [tester] }, default);
        await Engine.ChooseAsync(actor, StorageStep.StepName, new StorageChoice() with { ResourceId = tenant.Azure!.Id }, default);
    }

    private async Task<Actor> SignInAsync(Visitor browser, Person person)
    {
        await browser.GoAsync(new Uri(Portal.Address, "/sign-in"));
        await browser.GoAsync(new Uri(Portal.Address, "/sign-in/more"));
        return await Portal.ActorAsync(person);
    }
}
