using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Person = Luware.Portal.Sandbox.World.Person;

namespace Luware.Portal.Tests.Whole;

/// <summary>The engine, the real steps, gateways, workers and database, from a plan to a verified tenant; only the pages are left out.</summary>
public sealed class EngineJourneyTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly KeyValuePair<string, string?>[] Settings = [new("Logging:LogLevel:Default", "Warning")];

    private SandboxWorld _world = null!;
    private RunningPortal _portal = null!;

    private IEngine Engine => _portal.Services.GetRequiredService<IEngine>();

    public async ValueTask InitializeAsync()
    {
        _world = await azurite.StartWorldAsync();
        _portal = await RunningPortal.StartAsync(_world, Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData("anna.keller@contoso.com", 0)]
    [InlineData("katrin.vogel@fabrikam.de", 0)]
    [InlineData("anna.keller@contoso.com", 2)]
    [InlineData("katrin.vogel@fabrikam.de", 2)]
    [InlineData("katrin.vogel@fabrikam.de", 0, true)]
    public async Task A_fresh_tenant_is_brought_to_verified_and_the_grant_taken_back(string userPrincipalName, int secondsOfPropagation, bool inPowerShell = false)
    {
        if (inPowerShell)
            await UsePowerShellAsync();
        var delay = TimeSpan.FromSeconds(secondsOfPropagation);
        (_world.Faults.ConsentDelay, _world.Faults.VisibilityDelay, _world.Faults.EffectiveDelay) = (delay, delay, delay);
        var (tenant, person) = _world.Tenants.FindPerson(userPrincipalName)!.Value;
        using var browser = new Visitor(person);
        var actor = await ApproveAsync(browser, person);
        var view = await RunAsync(actor, browser);

        view.Steps.SkipLast(1).ShouldAllBe(s => s.Status == StepStatus.Verified);
        view.Steps[^1].Status.ShouldBe(StepStatus.Skipped, "nobody wanted chat capture");
        view = await WantChatCaptureAsync(actor, browser);
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
        view.Run!.Actions.ShouldHaveSingleItem().Key.ShouldBe("accept/chat");

        tenant.GroupAssignments.ShouldHaveSingleItem();
        tenant.Policies.ShouldHaveSingleItem();
        tenant.Groups.Where(g => g.DisplayName.StartsWith("LuwareRecording-", StringComparison.Ordinal)).Select(g => g.DisplayName).ShouldBe(
            ["LuwareRecording-RecordedUsers", "LuwareRecording-Supervisors", "LuwareRecording-Administrators"], ignoreOrder: true);
        tenant.Writes.Where(w => w.What.StartsWith("New-", StringComparison.Ordinal)).Select(w => (w.What, w.Target)).ShouldBeUnique();
        tenant.DirectAssignments.ShouldBeEmpty();
        tenant.Writes.Select(w => w.What).Where(w => w.EndsWith("Assignment", StringComparison.Ordinal) || w.StartsWith("Grant-", StringComparison.Ordinal))
            .ShouldBe(["Grant-CsTeamsComplianceRecordingPolicy", "New-CsGroupPolicyAssignment", "Grant-CsTeamsComplianceRecordingPolicy"]);

        (await Engine.UndoAsync(actor, "grants", default)).Problem.ShouldBeNull();
        await UntilAsync(actor, v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        tenant.GroupAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Groups_made_by_hand_are_found_and_their_permission_is_never_asked_for()
    {
        var (tenant, person) = _world.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        using var browser = new Visitor(person);
        await browser.GoAsync(new Uri(_portal.Address, "/sign-in"));
        var actor = await SignedInAsync(person);
        var tester = tenant.Groups.Single(g => g.DisplayName == "LuwareRecording-RecordedUsers").Members[0];
        var choice = new SecurityGroupsChoice();
        await Engine.ChooseAsync(actor, SecurityGroupsStep.StepName, choice with
        {
            ByHand = true, Way = TestUserWay.Each, Groups = [choice.Groups[0] with { Testers = [tester] }, choice.Groups[1], choice.Groups[2]],
        }, default);
        await browser.GoAsync(new Uri(_portal.Address, "/sign-in/more"));

        await Engine.PlanAsync(actor, null, default);

        (await Engine.ReadAsync(actor, default))!.Steps[0].Status.ShouldBe(StepStatus.Verified);
        tenant.Grants.SelectMany(g => g.Scopes).ShouldNotContain("Group.ReadWrite.All");
        browser.Way.Select(u => u.Query).ShouldNotContain(q => q.Contains("Group.ReadWrite", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_grant_that_does_not_show_yet_is_taken_back_all_the_same()
    {
        var (tenant, person) = _world.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        using var browser = new Visitor(person);
        var actor = await ApproveAsync(browser, person);
        var onboarding = RunAsync(actor, browser, beforeConfirming: () => _world.Faults.VisibilityDelay = TimeSpan.FromHours(1));
        await UntilAsync(actor, v => v.Run!.Waits.Any(w => w.For.Key == "Engine.Propagating"));
        tenant.GroupAssignments.ShouldHaveSingleItem();

        (await Engine.UndoAsync(actor, "grants", default)).Problem.ShouldBeNull();
        await UntilAsync(actor, v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        await onboarding;

        tenant.GroupAssignments.ShouldBeEmpty();
        tenant.DirectAssignments.ShouldBeEmpty();
    }

    /// <summary>The same portal, whose Teams commands run in a real PowerShell.</summary>
    private async Task UsePowerShellAsync()
    {
        Assert.SkipWhen(InstalledPowerShell.Program is null, InstalledPowerShell.Missing);
        await _portal.DisposeAsync();
        _portal = await RunningPortal.StartAsync(_world, InstalledPowerShell.Program, Settings);
    }

    private async Task<Actor> ApproveAsync(Visitor browser, Person person)
    {
        await browser.GoAsync(new Uri(_portal.Address, "/sign-in"));
        await browser.GoAsync(new Uri(_portal.Address, "/sign-in/more"));
        var actor = await SignedInAsync(person);
        await Engine.PlanAsync(actor, null, default);
        var testUser = Guid.Parse((await Engine.ReadAsync(actor, default))!.Steps[0].Plan!.Options[SecurityGroupsStep.PersonOption][0].Value);
        await Engine.ChooseAsync(actor, SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = [testUser] }, default);
        await Engine.PlanAsync(actor, SecurityGroupsStep.StepName, default);
        await Engine.ChooseAsync(actor, StorageStep.StepName, new StorageChoice() with { ResourceId = _world.Tenants.Find($"{actor.Access.TenantId}")!.Azure!.Id }, default);
        await Engine.PlanAsync(actor, StorageStep.StepName, default);
        var plan = (await Engine.ReadAsync(actor, default))!;
        (await Engine.ApproveAsync(actor, plan.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        return actor;
    }

    private async Task<OnboardingView> WantChatCaptureAsync(Actor actor, Visitor browser)
    {
        await Engine.ChooseAsync(actor, ChatCaptureStep.StepName, new ChatCaptureChoice(Wanted: true, Attachments: true), default);
        await Engine.PlanAsync(actor, ChatCaptureStep.StepName, default);
        var plan = (await Engine.ReadAsync(actor, default))!;
        (await Engine.ApproveAsync(actor, plan.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        return await RunAsync(actor, browser);
    }

    /// <summary>Does what a run asks of people until it is done.</summary>
    private async Task<OnboardingView> RunAsync(Actor actor, Visitor browser, Action? beforeConfirming = null)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var view = await UntilAsync(actor, v => v.Run!.State is RunState.Done or RunState.Failed || v.Run.Waits.Any(w => w.On != WaitsFor.Microsoft && !done.Contains(Mark(w))));
            if (view.Run!.State is RunState.Done or RunState.Failed)
                return view;

            foreach (var wait in view.Run.Waits.Where(w => w.On != WaitsFor.Microsoft && done.Add(Mark(w))))
            {
                if (wait.Gate is { ReadyFlag: false })
                    await _portal.Services.GetRequiredService<ITenants>().SetReadyAsync(actor.Access.TenantId, true, "Lu", default);
                else if (wait.Gate is { } gate)
                {
                    beforeConfirming?.Invoke();
                    (await Engine.ConfirmAsync(actor, view.Run.Id, wait.Step, gate.ActionKey, gate.People, default)).Problem.ShouldBeNull();
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

    private async Task<Actor> SignedInAsync(Person person)
    {
        await using var db = await _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var session = (await db.Sessions.Where(s => s.EndedAt == null).ToListAsync()).MaxBy(s => s.Id)!;
        var access = new TenantAccess(session.EntraTenantId, session.PersonId, $"{session.PersonId}.{session.EntraTenantId}", session.SessionId);
        return new Actor(access, person.DisplayName, person.UserPrincipalName, [.. person.Roles.Select(r => r.TemplateId)]);
    }
}
