using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Tests.Steps;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>The seven steps as they read a German tenant before and after: real plans, none of them written by hand.</summary>
internal sealed class SevenSteps
{
    public static readonly IReadOnlyList<string> Names = ["security-groups", "consent", "whitelisting", "policies", "grants", "storage", "chat-capture"];

    private static readonly Region Germany = StepWorld.Germany with { Chat = StepWorld.SwitzerlandWithChat.Chat, StorageLocations = ["germanywestcentral"] };
    private static readonly Lazy<Task<SevenSteps>> Once = new(MakeAsync);

    private SevenSteps(
        IReadOnlyDictionary<string, StepPlan> fresh, IReadOnlyDictionary<string, StepPlan> done,
        IReadOnlyDictionary<string, IStep> steps, StepChoices choices) =>
        (Fresh, Done, Steps, Choices) = (fresh, done, steps, choices);

    /// <summary>Nothing exists yet.</summary>
    public IReadOnlyDictionary<string, StepPlan> Fresh { get; }

    /// <summary>Everything exists and was read back.</summary>
    public IReadOnlyDictionary<string, StepPlan> Done { get; }

    public StepChoices Choices { get; }

    /// <summary>Microsoft did not answer the reading.</summary>
    public StepPlan Unread(string step)
    {
        var answer = new RemoteAnswer("Microsoft", "ServiceUnavailable", "503", "Try later.", "c-1");
        return Planner.Unread(Steps[step], Fresh[step], Hold.Busy(answer, null)) with { ReadAt = Scenes.Now };
    }

    private IReadOnlyDictionary<string, IStep> Steps { get; }

    public IReadOnlyList<Guid> RolesOf(string step) => Steps[step].Roles;

    public static Task<SevenSteps> ReadAsync() => Once.Value;

    /// <summary>An onboarding in which every step is ready to be approved, except one whose status a test sets.</summary>
    public OnboardingView With(string step, Func<StepView, StepView> change, RunView? run = null) => new(
        new OnboardingTenant(new("018f2b6c-0000-7000-8000-0000000000aa"), Scenes.Jonas.Access.TenantId, "Fabrikam GmbH", Ready: true), Germany, Choices,
        [.. Names.Select(name => name == step ? change(View(name)) : View(name))], run, Digest: run is null ? "7f3c" : null, WritesStopped: false);

    private StepView View(string name) => new(name, StepStatus.Ready, null, Fresh[name], null) { Roles = Steps[name].Roles };

    private static async Task<SevenSteps> MakeAsync()
    {
        var world = new StepWorld(Germany);
        var tester = world.Directory.AddPerson("Nina Graf").Id;
        (world.Azure.Account, world.Azure.Container, world.Azure.NetworkState) =
            (world.Azure.Account! with { Location = "germanywestcentral" }, null, "NotRegistered");
        world.Choices = StepChoices.None
            .With(SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = [tester] })
            .With(StorageStep.StepName, new StorageChoice() with { ResourceId = FakeStorage.Id.ToString() })
            .With(ChatCaptureStep.StepName, new ChatCaptureChoice() with { Wanted = true });
        IStep[] steps = [world.SecurityGroups, world.Consent, world.Whitelisting, world.Policies, world.Grants, world.Storage, world.ChatCapture];

        var fresh = await ReadAsync(world, steps);
        foreach (var application in Germany.Applications)
            world.Directory.Consent(application.ApplicationId);
        world.Directory.Principals[Germany.Chat!.ApplicationId] = new ServicePrincipal(
            Guid.NewGuid(), Germany.Chat.ApplicationId, "Luware Recording Chat", Enabled: true,
            [.. StepWorld.ChatSettings.Permissions.Select(p => new Guid(p.Id!))], []);
        foreach (var step in steps)
            await world.RunAsync(step);
        world.Teams.Reached.Add(tester);
        await world.RunAsync(world.Grants);
        var done = await ReadAsync(world, steps);
        done.Values.ShouldAllBe(p => p.IsFulfilled);
        return new SevenSteps(fresh, done, steps.ToDictionary(s => s.Name, StringComparer.Ordinal), world.Choices);
    }

    private static async Task<Dictionary<string, StepPlan>> ReadAsync(StepWorld world, IEnumerable<IStep> steps)
    {
        var plans = new Dictionary<string, StepPlan>(StringComparer.Ordinal);
        foreach (var step in steps)
            plans[step.Name] = await world.PlanAsync(step);
        return plans;
    }
}
