using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Person = Luware.Portal.Sandbox.World.Person;

namespace Luware.Portal.Tests.Whole;

/// <summary>Grants in a tenant that another vendor has been in before, over the wire: engine, steps, gateways, workers and database.</summary>
public sealed class GrantsJourneyTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Other = "othervendor";
    private const string Ours = "luwarerecordingfailclose1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private SandboxWorld _world = null!;
    private RunningPortal _portal = null!;

    private IEngine Engine => _portal.Services.GetRequiredService<IEngine>();

    public async ValueTask InitializeAsync()
    {
        _world = await azurite.StartWorldAsync();
        _portal = await RunningPortal.StartAsync(_world, [new("Logging:LogLevel:Default", "Warning")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Another_vendors_policies_are_said_and_one_gives_way_an_exception_is_made_and_un_grant_takes_ours_back_alone()
    {
        var (tenant, katrin) = _world.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        var recorded = tenant.Groups.Single(g => g.DisplayName == WantedGroup.RecordedUsers);
        var (tester, rival, exception, slow) = (recorded.Members[3], recorded.Members[5], recorded.Members[6], recorded.Members[7]);
        var (trading, sales) = (tenant.Groups.First(g => g.DisplayName == "Trading Floor"), tenant.Groups.Single(g => g.DisplayName == "Sales Team"));
        tenant.AddPolicy(Other, [rival], trading.Id);
        tenant.AddMembers(recorded.Id, sales.Id);
        _world.Faults.EffectiveDelays[slow] = TimeSpan.FromHours(1);

        using var browser = new Visitor(katrin);
        var actor = await SignInAsync(browser, katrin);
        await Engine.PlanAsync(actor, null, default);
        await Engine.ChooseAsync(actor, SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = [tester] }, default);
        await Engine.ChooseAsync(actor, StorageStep.StepName, new StorageChoice() with { ResourceId = tenant.Azure!.Id }, default);
        var choice = new GrantsChoice { Exceptions = [new WantedException(exception)] };
        await Engine.ChooseAsync(actor, GrantsStep.StepName, choice, default);
        await Engine.PlanAsync(actor, null, default);

        var asked = (await GrantsAsync(actor)).Plan!;
        asked.Questions.Select(q => q.Key).ShouldBe(["Grants.Question.Rivals"]);
        asked.Objects.Single(o => o.Key == $"other/{trading.Id}").What.ShouldSatisfyAllConditions(w => w.Key.ShouldBe("Grants.Other.Stays"), w => w.Arguments[0].ShouldBe("1"));
        asked.Objects.Single(o => o.Key.EndsWith($"/{sales.Id}", StringComparison.Ordinal)).What.Arguments[0].ShouldBe("3");

        await Engine.ChooseAsync(actor, GrantsStep.StepName, choice.With(new RivalDecision(rival, Other, Remove: true)), default);
        await Engine.PlanAsync(actor, GrantsStep.StepName, default);
        (await Engine.ApproveAsync(actor, (await Engine.ReadAsync(actor, default))!.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        var confirmed = await RunAsync(actor, browser);

        confirmed.ShouldBe([40, 1]);
        tenant.GroupAssignments.Select(a => (a.PolicyName, a.Rank)).ShouldBe([(Other, 1), (Ours, 2)]);
        tenant.DirectAssignments.Select(a => (a.PersonId, a.PolicyName)).ShouldBe([(exception, Ours)]);
        var row = (await GrantsAsync(actor)).Plan!.Objects.Single(o => o.Spread is not null);
        (row.Spread!.OnTheWay, row.Spread.Defeated, row.Spread.Total).ShouldBe((1, 2, 40), "two traders are in the other vendor's group, which has the better rank");

        (await Engine.UndoAsync(actor, GrantsStep.StepName, default)).Problem.ShouldBeNull();
        await UntilAsync(actor, v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        tenant.GroupAssignments.Select(a => a.PolicyName).ShouldBe([Other]);
        tenant.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Three_thousand_members_are_asked_about_in_part_and_the_rest_is_said_not_to_be()
    {
        var (tenant, stefan) = _world.Tenants.FindPerson("stefan.albrecht@northwind.de")!.Value;
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

    /// <summary>Does what a run asks of people until it is done, and tells the numbers that were confirmed at the safety gate.</summary>
    private async Task<IReadOnlyList<int>> RunAsync(Actor actor, Visitor browser)
    {
        var (done, confirmed) = (new HashSet<string>(StringComparer.Ordinal), new List<int>());
        while (true)
        {
            var view = await UntilAsync(actor, v => v.Run!.State is RunState.Done or RunState.Failed || v.Run.Waits.Any(w => w.On != WaitsFor.Microsoft && !done.Contains(Mark(w))));
            if (view.Run!.State is RunState.Done or RunState.Failed)
                return confirmed;

            foreach (var wait in view.Run.Waits.Where(w => w.On != WaitsFor.Microsoft && done.Add(Mark(w))))
            {
                if (wait.Gate is { ReadyFlag: false })
                    await _portal.Services.GetRequiredService<ITenants>().SetReadyAsync(actor.Access.TenantId, true, "Lu", default);
                else if (wait.Gate is { } gate)
                {
                    (await Engine.ConfirmAsync(actor, view.Run.Id, wait.Step, gate.ActionKey, gate.People, default)).Problem.ShouldBeNull();
                    confirmed.Add(gate.People);
                }
                else if (wait.Link is { } link)
                    await browser.GoAsync(new Uri(_portal.Address, link));
            }
        }

        static string Mark(WaitView wait) => $"{wait.Step} {wait.For.Key} {wait.Link} {wait.Gate?.ActionKey} {wait.Gate?.ReadyFlag}";
    }

    private async Task<OnboardingView> UntilAsync(Actor actor, Func<OnboardingView, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        OnboardingView? last = null;
        try
        {
            await foreach (var view in Engine.FollowAsync(actor, limit.Token))
            {
                last = view;
                if (wanted(view))
                    return view;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }

        throw new TimeoutException($"{last?.Run?.State}: {string.Join("; ", last?.Run?.Waits.Select(w => $"{w.Step} {w.On} {w.For.Key} {w.Refusal?.Answer?.WordForWord}") ?? [])}");
    }

    private async Task<Actor> SignInAsync(Visitor browser, Person person)
    {
        await browser.GoAsync(new Uri(_portal.Address, "/sign-in"));
        await browser.GoAsync(new Uri(_portal.Address, "/sign-in/more"));
        await using var db = await _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var session = (await db.Sessions.Where(s => s.EndedAt == null).ToListAsync()).MaxBy(s => s.Id)!;
        var access = new TenantAccess(session.EntraTenantId, session.PersonId, $"{session.PersonId}.{session.EntraTenantId}", session.SessionId);
        return new Actor(access, person.DisplayName, person.UserPrincipalName, [.. person.Roles.Select(r => r.TemplateId)]);
    }
}
