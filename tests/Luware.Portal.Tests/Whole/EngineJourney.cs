using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Person = Luware.Portal.Sandbox.World.Person;

namespace Luware.Portal.Tests.Whole;

/// <summary>A portal with a world and blobs, and a person who does what a run asks for; only the pages are left out.</summary>
public abstract class EngineJourney(AzuriteFixture azurite, params KeyValuePair<string, string?>[] settings) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    protected SandboxWorld World { get; private set; } = null!;

    protected RunningPortal Portal { get; private set; } = null!;

    private IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Logging:LogLevel:Default", "Warning"), new("Engine:FirstPoll", "00:00:00.500"), new("Engine:LastPoll", "00:00:02"), .. settings];

    protected IEngine Engine => Portal.Services.GetRequiredService<IEngine>();

    public async ValueTask InitializeAsync()
    {
        World = await azurite.StartWorldAsync();
        Portal = await RunningPortal.StartAsync(World, Settings);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Portal.DisposeAsync();
        await World.DisposeAsync();
    }

    /// <summary>The same portal, whose Teams commands run in a real PowerShell.</summary>
    protected async Task UsePowerShellAsync()
    {
        Assert.SkipWhen(InstalledPowerShell.Program is null, InstalledPowerShell.Missing);
        await Portal.DisposeAsync();
        Portal = await RunningPortal.StartAsync(World, InstalledPowerShell.Program, Settings);
    }

    /// <param name="arrival">Where the person comes in.</param>
    internal async Task<Actor> ApproveAsync(Visitor browser, Person person, Func<Actor, Task>? choose = null, string arrival = "/sign-in")
    {
        await browser.GoAsync(new Uri(Portal.Address, arrival));
        await browser.GoAsync(new Uri(Portal.Address, "/sign-in/more"));
        var actor = await Portal.ActorAsync(person);
        await Engine.PlanAsync(actor, null, default);
        var testUser = Guid.Parse((await Engine.ReadAsync(actor, default))!.Steps[0].Plan!.Options[SecurityGroupsStep.PersonOption][0].Value);
        await Engine.ChooseAsync(actor, SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = [testUser] }, default);
        await Engine.PlanAsync(actor, SecurityGroupsStep.StepName, default);
        var account = World.Tenants.Find($"{actor.Access.TenantId}")!.Azure!.Id;
        await Engine.ChooseAsync(actor, StorageStep.StepName, new StorageChoice() with { ResourceId = account }, default);
        await Engine.PlanAsync(actor, StorageStep.StepName, default);
        if (choose is not null)
        {
            await choose(actor);
            await Engine.PlanAsync(actor, null, default);
        }

        var plan = (await Engine.ReadAsync(actor, default))!;
        (await Engine.ApproveAsync(actor, plan.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        return actor;
    }

    /// <summary>Does what a run asks of people until it is done.</summary>
    internal async Task<OnboardingView> RunAsync(Actor actor, Visitor browser, Action<GateView>? beforeConfirming = null)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var view = await UntilAsync(actor, v => v.Run!.State is RunState.Done or RunState.Failed
                || v.Run.Waits.Any(w => w.On != WaitsFor.Microsoft && !done.Contains(Mark(w))));
            if (view.Run!.State is RunState.Done or RunState.Failed)
                return view;

            foreach (var wait in view.Run.Waits.Where(w => w.On != WaitsFor.Microsoft && done.Add(Mark(w))))
            {
                if (wait.Gate is { ReadyFlag: false })
                    await Portal.Services.GetRequiredService<ITenants>().SetReadyAsync(actor.Access.TenantId, true, "Lu", default);
                else if (wait.Gate is { } gate)
                {
                    beforeConfirming?.Invoke(gate);
                    (await Engine.ConfirmAsync(actor, view.Run.Id, wait.Step, gate.ActionKey, gate.People, default)).Problem.ShouldBeNull();
                }
                else if (wait.Link is { } link)
                    await browser.GoAsync(new Uri(Portal.Address, link));
            }
        }

        static string Mark(WaitView wait) => $"{wait.Step} {wait.For.Key} {wait.Link} {wait.Gate?.ActionKey} {wait.Gate?.ReadyFlag}";
    }

    protected async Task<OnboardingView> UntilAsync(Actor actor, Func<OnboardingView, bool> wanted)
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

        var waits = last?.Run?.Waits.Select(w => $"{w.Step} {w.On} {w.For.Key} {w.Refusal?.Answer?.WordForWord}") ?? [];
        throw new TimeoutException($"{last?.Run?.State}: {string.Join("; ", waits)}");
    }
}
