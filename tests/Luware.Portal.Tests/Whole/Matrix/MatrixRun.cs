using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Whole.Matrix;

/// <summary>The administrator of one cell's tenant: approves, does what the run asks for, and observes what it reports.</summary>
internal sealed class MatrixRun(RunningPortal portal, Scene scene) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Visitor _browser = new(scene.Tenant.People[0]);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private Actor _actor = null!;
    private readonly List<Uri> _consents = [];
    private SecurityGroupsChoice _groups = new SecurityGroupsChoice() with { Testers = [scene.Tester.Id] };

    /// <summary>True if the step was reported as verified while the tenant lacked something that it wants.</summary>
    public bool WasCalledDoneWrongly { get; private set; }

    private IEngine Engine => portal.Services.GetRequiredService<IEngine>();

    public void Dispose() => _browser.Dispose();

    public async Task SignInAsync()
    {
        await _browser.GoAsync(new Uri(portal.Address, "/sign-in"));
        await _browser.GoAsync(new Uri(portal.Address, "/sign-in/more"));
        _actor = await portal.ActorAsync(_browser.Person);
    }

    public async Task ApproveAsync()
    {
        await Engine.ChooseAsync(_actor, SecurityGroupsStep.StepName, _groups, default);
        var storage = scene.Row.Azure is null
            ? new StorageChoice() with { ByHand = true }
            : new StorageChoice() with { ResourceId = scene.Tenant.Azure!.Id };
        await Engine.ChooseAsync(_actor, StorageStep.StepName, storage, default);
        if (scene.Row.Undone == Undone.ChatCapture)
            await Engine.ChooseAsync(_actor, ChatCaptureStep.StepName, new ChatCaptureChoice(Wanted: true, Attachments: false), default);
        await Engine.PlanAsync(_actor, null, default);
        var view = (await Engine.ReadAsync(_actor, default))!;
        var problems = view.Steps.SelectMany(s => s.Plan?.Questions.Select(q => $"{s.Step}: {q.Key}") ?? []);
        (await Engine.ApproveAsync(_actor, view.Digest.ShouldNotBeNull(string.Join("; ", problems)), default)).Problem.ShouldBeNull();
    }

    /// <summary>"Try again": the person says that something has changed.</summary>
    public Task TryAgainAsync() => Engine.ResumeAsync(_actor, default);

    /// <summary>The page says that Microsoft may still be processing the consent; the person opens the consent page again nevertheless.</summary>
    public async Task ConsentAgainAsync()
    {
        foreach (var page in _consents)
            await _browser.GoAsync(page);
    }

    /// <summary>The person picks the first of two groups with the same name, and approves the resulting plan.</summary>
    public async Task PickGroupAsync()
    {
        var picked = scene.Tenant.Groups.First(g => g.DisplayName == WantedGroup.RecordedUsers);
        scene.Tenant.RemoveGroup(scene.Tenant.Groups.Last(g => g.DisplayName == WantedGroup.RecordedUsers).Id);
        _groups = _groups with { Groups = [_groups.Groups[0] with { Id = picked.Id }, .. _groups.Groups.Skip(1)] };
        await ApproveAsync();
    }

    /// <summary>Continues until the run has ended, doing each thing that it asks for once.</summary>
    public Task<OnboardingView> UntilEndedAsync() => UntilAsync(v => v.Run!.State is RunState.Done or RunState.Failed);

    /// <summary>Continues until the run waits for something that this person has not done yet: the fault holds it.</summary>
    public Task<OnboardingView> UntilHeldAsync() => UntilAsync(v =>
        v.Run!.State is RunState.Done or RunState.Failed || v.Run is { State: RunState.Waiting } && v.Run.Waits.Any(IsHeld));

    private bool IsHeld(WaitView wait) =>
        wait.Refusal is not null || wait is { On: WaitsFor.Microsoft, Link: not null } || wait.Gate is null && _done.Contains(Mark(wait))
        || wait is { On: WaitsFor.Customer, Gate: null, Link: null }
        || wait.NextReading - wait.Since > Patience
        || wait.Link?.ToString().StartsWith("/onboarding", StringComparison.Ordinal) == true;

    private async Task<OnboardingView> UntilAsync(Func<OnboardingView, bool> reached)
    {
        using var limit = new CancellationTokenSource(Patience);
        OnboardingView? last = null;
        try
        {
            await foreach (var view in Engine.FollowAsync(_actor, limit.Token))
            {
                last = view;
                WasCalledDoneWrongly |= view.Steps.First(s => s.Step == scene.Row.Step).Status == StepStatus.Verified && !scene.Row.IsThere(scene);
                if (reached(view))
                    return view;
                foreach (var wait in view.Run!.Waits)
                    await AnswerAsync(view.Run.Id, wait);
            }
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }

        var waits = last?.Run?.Waits.Select(w => $"{w.Step} {w.On} {w.For.Key} {w.Refusal?.Answer?.WordForWord}") ?? [];
        throw new TimeoutException($"{last?.Run?.State}: {string.Join("; ", waits)}");
    }

    private async Task AnswerAsync(Guid run, WaitView wait)
    {
        if (wait.Refusal is not null || wait.On == WaitsFor.Microsoft || !_done.Add(Mark(wait)))
            return;
        if (wait.Gate is { ReadyFlag: false })
            await portal.Services.GetRequiredService<ITenants>().SetReadyAsync(scene.Tenant.Id, true, "Lu", default);
        else if (wait.Gate is { } gate)
            await Engine.ConfirmAsync(_actor, run, wait.Step, gate.ActionKey, gate.People, default);
        else if (wait.Link is { IsAbsoluteUri: false } link && !link.ToString().StartsWith("/onboarding", StringComparison.Ordinal))
            await FollowAsync(new Uri(portal.Address, link));
    }

    private async Task FollowAsync(Uri page)
    {
        if (page.AbsolutePath.StartsWith("/consent", StringComparison.Ordinal))
            _consents.Add(page);
        await _browser.GoAsync(page);
    }

    /// <summary>Things requested while the fault was active are requested again once it is resolved.</summary>
    public void Forget() => _done.Clear();

    private static string Mark(WaitView wait) => $"{wait.Step} {wait.For.Key} {wait.Link} {wait.Gate?.ActionKey} {wait.Gate?.ReadyFlag} {wait.Since}";
}
