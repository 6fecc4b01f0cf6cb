using System.Text.Json;
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
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Person = Luware.Portal.Sandbox.World.Person;

namespace Luware.Portal.Tests.Whole;

/// <summary>Engine, real steps, gateways, workers and database, from a plan to a verified tenant; only the pages are left out.</summary>
public sealed class EngineJourneyTests(AzuriteFixture azurite) : EngineJourney(azurite)
{
    [Theory]
    [InlineData("anna.keller@contoso.com", 0)]
    [InlineData("katrin.vogel@fabrikam.de", 0)]
    [InlineData("anna.keller@contoso.com", 2)]
    [InlineData("katrin.vogel@fabrikam.de", 2)]
    [InlineData("katrin.vogel@fabrikam.de", 0, true)]
    public async Task A_fresh_tenant_is_brought_to_verified_and_the_grant_taken_back(
        string userPrincipalName, int secondsOfPropagation, bool inPowerShell = false)
    {
        if (inPowerShell)
            await UsePowerShellAsync();
        var delay = TimeSpan.FromSeconds(secondsOfPropagation);
        (World.Faults.ConsentDelay, World.Faults.VisibilityDelay, World.Faults.EffectiveDelay) = (delay, delay, delay);
        var (tenant, person) = World.Tenants.FindPerson(userPrincipalName)!.Value;
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

        await IsHandedOverAsync(browser, tenant);
        (await Engine.UndoAsync(actor, "grants", default)).Problem.ShouldBeNull();
        await UntilAsync(actor, v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        tenant.GroupAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Groups_made_by_hand_are_found_and_their_permission_is_never_asked_for()
    {
        var (tenant, person) = World.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        using var browser = new Visitor(person);
        await browser.GoAsync(new Uri(Portal.Address, "/sign-in"));
        var actor = await Portal.ActorAsync(person);
        var tester = tenant.Groups.Single(g => g.DisplayName == "LuwareRecording-RecordedUsers").Members[0];
        var choice = new SecurityGroupsChoice();
        await Engine.ChooseAsync(actor, SecurityGroupsStep.StepName, choice with
        {
            ByHand = true, Way = TestUserWay.Each, Groups = [choice.Groups[0] with { Testers = [tester] }, choice.Groups[1], choice.Groups[2]],
        }, default);
        await browser.GoAsync(new Uri(Portal.Address, "/sign-in/more"));

        await Engine.PlanAsync(actor, null, default);

        (await Engine.ReadAsync(actor, default))!.Steps[0].Status.ShouldBe(StepStatus.Verified);
        tenant.Grants.SelectMany(g => g.Scopes).ShouldNotContain("Group.ReadWrite.All");
        browser.Way.Select(u => u.Query).ShouldNotContain(q => q.Contains("Group.ReadWrite", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_grant_that_does_not_show_yet_is_taken_back_all_the_same()
    {
        var (tenant, person) = World.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value;
        using var browser = new Visitor(person);
        var actor = await ApproveAsync(browser, person);
        var onboarding = RunAsync(actor, browser, beforeConfirming: _ => World.Faults.VisibilityDelay = TimeSpan.FromHours(1));
        await UntilAsync(actor, v => v.Run!.Waits.Any(w => w.For.Key == "Engine.Propagating"));
        tenant.GroupAssignments.ShouldHaveSingleItem();

        (await Engine.UndoAsync(actor, "grants", default)).Problem.ShouldBeNull();
        await UntilAsync(actor, v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        await onboarding;

        tenant.GroupAssignments.ShouldBeEmpty();
        tenant.DirectAssignments.ShouldBeEmpty();
    }

    private async Task<OnboardingView> WantChatCaptureAsync(Actor actor, Visitor browser)
    {
        await Engine.ChooseAsync(actor, ChatCaptureStep.StepName, new ChatCaptureChoice(Wanted: true, Attachments: true), default);
        await Engine.PlanAsync(actor, ChatCaptureStep.StepName, default);
        var plan = (await Engine.ReadAsync(actor, default))!;
        (await Engine.ApproveAsync(actor, plan.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        return await RunAsync(actor, browser);
    }

    /// <summary>Everything that was created appears in the hand-over and in the audit, which contains no names.</summary>
    private async Task IsHandedOverAsync(Visitor browser, SandboxTenant tenant)
    {
        var handover = await browser.Client.GetStringAsync(new Uri(Portal.Address, "/downloads/handover.json"));
        using var document = JsonDocument.Parse(handover);
        document.RootElement.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("status").GetString()).ShouldAllBe(s => s == "verified");
        document.RootElement.GetProperty("audit").GetProperty("fault").ValueKind.ShouldBe(JsonValueKind.Null);
        var actions = document.RootElement.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("sent").GetString()!).ToList();
        actions.Where(a => a.StartsWith("Grant-", StringComparison.Ordinal) || a.StartsWith("New-CsGroupPolicyAssignment", StringComparison.Ordinal))
            .Count().ShouldBe(3);
        handover.ShouldContain(tenant.Policies.Single().Name);
        foreach (var group in tenant.Groups.Where(g => g.DisplayName.StartsWith("LuwareRecording-", StringComparison.Ordinal)))
            handover.ShouldContain($"{group.Id}");

        var audit = await browser.Client.GetStringAsync(new Uri(Portal.Address, "/downloads/audit.jsonl"));
        audit.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeGreaterThan(40);
        tenant.People.Where(p => audit.Contains(p.DisplayName, StringComparison.OrdinalIgnoreCase)
                || audit.Contains(p.UserPrincipalName, StringComparison.OrdinalIgnoreCase))
            .Select(p => p.DisplayName).ShouldBeEmpty();
    }
}
