using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.Consent;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>One tenant in which steps plan and apply without an engine; tests read the steps' own results.</summary>
internal sealed class StepWorld(Region region)
{
    public static readonly Region Switzerland = new("MTCH", "Multi-Tenant Switzerland", [Application(1, "ch")]) { EndpointSubscription = FakeStorage.Luware };
    public static readonly Region SwitzerlandWithChat = Switzerland with
    {
        Chat = new ChatApplication(new Guid("0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c301"), "Luware Recording Chat", null),
    };

    /// <summary>An instance with a former application id that no region has any more.</summary>
    public static readonly Region SwitzerlandBefore = Switzerland with
    {
        Applications = [Switzerland.Applications[0] with { ApplicationId = new Guid("5b0e3f52-1d0c-4a86-9f0e-6a4d2c9be710") }],
    };
    public static readonly Region Germany = new("MTDE", "Multi-Tenant Germany", [Application(1, "de"), Application(2, "de")])
    {
        EndpointSubscription = FakeStorage.Luware,
    };

    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PastAction> past = new(StringComparer.Ordinal);

    public FakeTeams Teams => field ??= new FakeTeams(Directory, Time);
    public FakeDirectory Directory { get; } = new();
    public FakeStorage Azure { get; } = new();
    public StorageOptions StorageOptions { get; } = new() { Article = "https://help.example.com/storage" };
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    public StepChoices Choices { get; set; } = StepChoices.None;
    public Region Region { get; set; } = region;

    public SecurityGroupsOptions GroupSettings { get; } = new();

    public IStep SecurityGroups => new SecurityGroupsStep(Directory, Teams, Options.Create(GroupSettings));
    public OwnApplicationOptions Own { get; } = new() { Instance = new Uri("https://login.microsoftonline.com"), ClientId = Guid.CreateVersion7() };

    public IStep Consent => new ConsentStep(Directory, Time, Options.Create(Own));
    public IStep Whitelisting => new WhitelistingStep(Teams, Directory, new BothRegions());
    public IStep Policies => new PoliciesStep(Teams, Directory, Options.Create(new EngineOptions()), Time);
    public IStep Grants => new GrantsStep(Teams, Directory, Options.Create(new EngineOptions()), Time);
    public IStep Storage => new StorageStep(Azure, Options.Create(StorageOptions));

    public IStep ChatCapture => new ChatCaptureStep(Directory, Time, Options.Create(Own), Options.Create(ChatSettings));

    public static ChatCaptureOptions ChatSettings { get; } = new()
    {
        Article = "https://help.example.com/chat",
        Permissions = { Chat("Chat.Read.All", "6b7d71aa-70aa-4810-a8d9-5d9fb2830017"), Chat("Luware.Own.Permission", "7b2449af-6ccd-4f4d-9f78-e550c193f0d1") },
        AttachmentPermissions = { Chat("Files.Read.All", "01d4889c-1287-42c6-ac1f-5d1e02578ef6") },
    };

    public StepContext Context => new(
        new OnboardingTenant(Guid.NewGuid(), new Guid("3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01"), "Contoso", Ready: true), Region,
        new TenantAccess(new Guid("3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01"), Guid.NewGuid(), "home", "session"), Choices, known) { Past = past };

    /// <summary>The group of recorded users, found by name, with this person as the test user of all groups, after a reading of step 1.</summary>
    public async Task ChooseTestersAsync(params IReadOnlyList<Guid> testers)
    {
        Choices = Choices.With(SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = testers });
        await PlanAsync(SecurityGroups);
    }

    public async Task<StepPlan> PlanAsync(IStep step)
    {
        var plan = await step.PlanAsync(Context, Never) with { ReadAt = Time.GetUtcNow() };
        foreach (var gone in known.Keys.Where(k => k.StartsWith($"{plan.Step}/", StringComparison.Ordinal)).ToList())
            known.Remove(gone);
        foreach (var (key, value) in plan.Outputs)
            known[key] = value;
        // Pages use these as element keys, and duplicate keys break a page.
        plan.Objects.Select(o => o.Key).ShouldBeUnique();
        plan.Actions.Select(a => a.Key).ShouldBeUnique();
        plan.Options.Values.ToList().ForEach(options => options.Select(o => o.Value).ShouldBeUnique());
        StepTextsTests.ShouldBeSayable([plan.Choice, plan.Why, .. plan.Questions]);
        StepTextsTests.ShouldBeSayable(
            plan.Objects.SelectMany(o => (Sentence?[])[o.Kind, o.What, .. o.Notes, .. o.Warnings, o.Action?.Title, o.Action?.Impact.When]));
        return plan;
    }

    public async Task<StepOutcome> ApplyAsync(IStep step, PlannedAction action)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var before = past.GetValueOrDefault(action.Key);
        // As in the journal, a wait begins only once.
        if (!action.OnlyWaits || before is null || before.DoneAt >= before.BegunAt)
            past[action.Key] = new PastAction(Time.GetUtcNow(), before?.DoneAt) { ReturnedAt = before?.ReturnedAt };
        var outcome = await step.ApplyAsync(Context, action, Never);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        if (outcome is StepOutcome.Done)
            past[action.Key] = past[action.Key] with { DoneAt = Time.GetUtcNow() };
        StepTextsTests.ShouldBeSayable([(outcome as StepOutcome.Waiting)?.For]);
        return outcome;
    }

    /// <summary>A person returns from the page on which the action is done.</summary>
    public void Return(PlannedAction action) => past[action.Key] = past[action.Key] with { ReturnedAt = Time.GetUtcNow() };

    /// <summary>An action was begun, and its process died before it knew the result.</summary>
    public void Begin(PlannedAction action) => past[action.Key] = new PastAction(Time.GetUtcNow(), past.GetValueOrDefault(action.Key)?.DoneAt);

    /// <summary>Plans and applies one action after the other, as a run does, until nothing is left or a person must act.</summary>
    public async Task<StepPlan> RunAsync(IStep step)
    {
        for (var turn = 0; turn < 20; turn++)
        {
            var plan = await PlanAsync(step);
            if (plan.Actions.FirstOrDefault() is not { } action || await ApplyAsync(step, action) is not StepOutcome.Done)
                return plan;
        }
        throw new InvalidOperationException($"{step.Name} goes on for ever.");
    }

    internal sealed class BothRegions : IRegionCatalog
    {
        public IReadOnlyCollection<Region> All => [Switzerland, Germany];

        public Region? Find(string key) => All.FirstOrDefault(r => r.Key == key);
    }

    private static PermissionSettings Chat(string name, string id) => new() { Name = name, Id = id };

    private static RecordingApplication Application(int number, string region) => new(
        number, new Guid($"0c6a9f1e-7d54-4b0b-8a39-5f2e61b7{(region == "ch" ? "c1" : "d2")}0{number}"),
        $"Luware Recording MT{region.ToUpperInvariant()} {number}", $"luwarerecording-mt{region}-{number}", null);
}
