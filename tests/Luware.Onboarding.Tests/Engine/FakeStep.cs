using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Engine;

internal sealed class FakeStep(FakeStepState state, FakeWorld world, Commentary said) : IStep
{
    public string Name => state.Name;

    public IReadOnlyList<Guid> Roles => state.Roles;

    public string? RestsOn(Region region) => state.RestsOn?.Invoke(region);

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Interlocked.Increment(ref state.Reads);
        if (state.WhileRead is not null)
            await state.WhileRead(said).WaitAsync(cancellationToken);
        state.OnRead?.Invoke(context);
        if (state.ReadFault is { } fault)
            throw fault;
        var wish = context.Choices.Get<FakeWish>(Name);
        if (wish.Unwanted)
        {
            return new StepPlan(Name, new Sentence("Choice"), new Sentence("Why"), [], new Dictionary<string, string>(StringComparer.Ordinal), [])
            {
                Skipped = new Sentence("Not wanted"),
            };
        }

        var outputs = state.Wanted.Where(state.Shows).ToDictionary(o => $"{Name}/{o.Key}", o => $"id of {o.Key}", StringComparer.Ordinal);
        outputs[$"{Name}/essence"] = state.Wanted[0].Essence;
        var word = wish.ByHand ? context.Choices.Chosen[Name] : null;
        var plan = new StepPlan(
            Name, new Sentence("Choice"), new Sentence("Why"), [.. state.Wanted.Select(o => Object(o, word))], outputs,
            [.. state.Questions.Where(_ => !wish.Acknowledged).Select(q => new Sentence(q))])
        {
            Word = word,
            ForLuware = [.. state.Wanted.Select(o => o.Group).OfType<AffectedGroup>().Select(g => new NamedValue(g.Name, $"{g.Id}"))],
        };
        if (state.WhileAnswered is not null)
            await state.WhileAnswered(plan).WaitAsync(cancellationToken);
        return plan.HeldBy(state.Obstacle is { } obstacle ? new Sentence(obstacle) : null);
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        await Task.Yield();
        state.WhileApplied?.Invoke(said);
        if (action.Key.StartsWith("remove-", StringComparison.Ordinal))
        {
            var key = action.Key["remove-".Length..];
            if (state.OnRemove?.Invoke(key) is { } held)
                return held;
            state.Made.TryRemove(key, out _);
            if (state.WhileRemoved is not null)
            {
                world.Applied.Enqueue($"{Name}/{action.Key}");
                await state.WhileRemoved();
                return new StepOutcome.Done();
            }

            world.Applied.Enqueue($"{Name}/{action.Key}");
            return new StepOutcome.Done();
        }

        var wanted = state.Wanted.Single(o => $"make-{o.Key}" == action.Key);
        if (state.OnApply is not null && await state.OnApply(context, wanted, cancellationToken) is { } outcome)
            return outcome;

        world.Applied.Enqueue($"{Name}/{wanted.Key}");
        world.Sessions.Enqueue(context.Access.SessionId);
        state.Made[wanted.Key] = true;
        return new StepOutcome.Done();
    }

    public Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        state.OnPlanUndo?.Invoke(context);
        if (state.UndoFault is { } fault)
            throw fault;
        return Task.FromResult<StepPlan?>(new StepPlan(
            Name, new Sentence("Undo"), new Sentence("Why"),
            [.. state.Made.Keys.Order(StringComparer.Ordinal).Select(k => state.IsBlind
                ? new PlannedObject(k, k, new Sentence("Kind"), ObjectState.Unknown, new Sentence("Cannot be seen"), "")
                : new PlannedObject(k, k, new Sentence("Kind"), ObjectState.Different, new Sentence("What"), "", Action($"remove-{k}", new FakeObject(k)))),
                .. state.Staying.Select(k => new PlannedObject(k, k, new Sentence("Kind"), ObjectState.Different, new Sentence("Stays"), ""))],
            new Dictionary<string, string>(StringComparer.Ordinal), []));
    }

    public IReadOnlyList<string> UndoScript(StepContext context) =>
        Name == "aside" ? [] : [$"Remove-CsGroupPolicyAssignment {context.Find($"{Name}/essence")}"];

    public IReadOnlyList<ScriptPart> Script(StepContext context) => Name == "aside" ? [] : [new ScriptPart.Person("by-hand", new Sentence("Engine.Reading"))];

    public Refusal? Explain(RemoteAnswer answer) => state.Explanation;

    private PlannedObject Object(FakeObject wanted, Chosen? word)
    {
        var shows = state.Shows(wanted);
        return new PlannedObject(
            wanted.Key, wanted.Key, new Sentence("Kind"), shows ? ObjectState.Found : ObjectState.Missing,
            word is null ? new Sentence("What") : new Sentence("What", Sentence.Mention(word.By)), "detail",
            shows ? null : Action($"make-{wanted.Key}", wanted));
    }

    private static PlannedAction Action(string key, FakeObject wanted)
    {
        var impact = new Impact(wanted.People, wanted.CanStopCalls)
        {
            TestUsers = ["Ann"], Trial = wanted.Trial, Named = wanted.Named, TriedBy = wanted.TriedBy, Group = wanted.Group,
        };
        return new(key, new Sentence("Title"), wanted.Essence, wanted.Roles, impact) { OnlyWaits = wanted.OnlyWaits, Page = wanted.Page };
    }
}

internal sealed class FakeCatalog(FakeWorld world, Commentary said) : IStepCatalog
{
    public IReadOnlyList<StepEntry> Entries { get; } =
        [.. world.Steps.Select(s => new StepEntry(new FakeStep(s, world, said), s.DependsOn) { CanFollow = s.CanFollow })];
}

/// <summary>A directory of which the engine asks one thing: the roles.</summary>
internal sealed class FakeRoles(FakeWorld world) : IDirectory
{
    public async Task<IReadOnlyList<Guid>> GetActiveRolesAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        if (world.WhileRolesRead is { } during)
            await during();
        return world.DirectoryFault is { } fault ? throw fault : world.RolesOf.GetValueOrDefault(access.PersonId, world.Roles);
    }

    public Task<int> CountPeopleAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Organization> GetOrganizationAsync(TenantAccess access, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ServicePrincipal?> FindServicePrincipalAsync(TenantAccess access, Guid applicationId, CancellationToken cancellationToken) =>
        world.DirectoryFault is { } fault ? Task.FromException<ServicePrincipal?>(fault) : Task.FromResult<ServicePrincipal?>(null);

    public Task<IReadOnlyList<Group>> FindGroupsAsync(TenantAccess access, string displayNameStart, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Group?> FindGroupAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<GroupMember>> GetMembersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Group?> FindGroupAsync(TenantAccess access, string uniqueName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<GroupMember>> GetOwnersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Person>> SearchPeopleAsync(TenantAccess access, string text, CancellationToken cancellationToken) =>
        world.DirectoryFault is { } fault ? Task.FromException<IReadOnlyList<Person>>(fault) : Task.FromResult<IReadOnlyList<Person>>([]);

    public Task<Person?> FindPersonAsync(TenantAccess access, Guid personId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Licence>> GetLicencesAsync(TenantAccess access, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CreateGroupAsync(TenantAccess access, NewGroup group, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AddToGroupAsync(TenantAccess access, Guid groupId, GroupRelation relation, Guid personId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
