using System.Collections.Concurrent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>The customer's tenant as fake steps see it: it outlives the portal that works on it.</summary>
internal sealed class FakeWorld
{
    public static readonly Guid Role = Guid.Parse("69091246-20e8-4a56-aa4d-066075b2a7a8");

    /// <summary>Serves steps, but none of their actions.</summary>
    public static readonly Guid LesserRole = Guid.Parse("fe930be7-5e62-47db-91af-98c3a49a38b1");

    public FakeStepState First { get; } = new("first");

    public FakeStepState Second { get; } = new("second") { DependsOn = ["first"] };

    public FakeStepState Aside { get; init; } = new("aside");

    public IReadOnlyList<FakeStepState> Steps => [First, Second, Aside];

    public IReadOnlyList<Guid> Roles { get; set; } = [Role];

    /// <summary>Where somebody's differ from those of all.</summary>
    public ConcurrentDictionary<Guid, IReadOnlyList<Guid>> RolesOf { get; } = new();

    /// <summary>Every action that reached the world, in order: step/object by the session that did it.</summary>
    public ConcurrentQueue<string> Applied { get; } = new();

    public ConcurrentQueue<string> Sessions { get; } = new();

    public FakeTenantNames Names { get; } = new();

    /// <summary>Called after each save of the portal, before the code that saved goes on.</summary>
    public Action<PortalDbContext>? OnSaved { get; set; }

    /// <summary>How long after its portal the scheduler starts by itself; null starts it at once.</summary>
    public TimeSpan? SchedulerDelay { get; init; }

    /// <summary>What happens before the directory says who holds what.</summary>
    public Func<Task>? WhileRolesRead { get; set; }

    /// <summary>Set while the directory does not say who holds what.</summary>
    public GatewayException? DirectoryFault { get; set; }
}

internal sealed class FakeStepState(string name)
{
    public string Name { get; } = name;

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Directory roles of which a person needs one for the step.</summary>
    public IReadOnlyList<Guid> Roles { get; init; } = [FakeWorld.Role, FakeWorld.LesserRole];

    /// <summary>What the step wants.</summary>
    public List<FakeObject> Wanted { get; } = [new("object")];

    public ConcurrentDictionary<string, bool> Made { get; } = new(StringComparer.Ordinal);

    /// <summary>While set, what was made does not show in readings yet.</summary>
    public bool Propagating { get; set; }

    public int Reads;

    public List<string> Questions { get; } = [];

    /// <summary>What Luware must mend first.</summary>
    public string? Obstacle { get; set; }

    public bool CanFollow { get; set; }

    /// <summary>Set while the step cannot be read.</summary>
    public GatewayException? ReadFault { get; set; }

    /// <summary>Set while taking back cannot see what was made.</summary>
    public bool IsBlind { get; set; }

    /// <summary>Set while nobody can say what there is to take back.</summary>
    public GatewayException? UndoFault { get; set; }

    /// <summary>What taking back leaves to a person.</summary>
    public List<string> Staying { get; } = [];

    /// <summary>What holds the removal of an object; null to remove it.</summary>
    public Func<string, StepOutcome?>? OnRemove { get; set; }

    /// <summary>What happens after an object was removed and before anybody is told.</summary>
    public Func<Task>? WhileRemoved { get; set; }

    public Action<StepContext>? OnRead { get; set; }

    public Action<StepContext>? OnPlanUndo { get; set; }

    public Func<StepContext, FakeObject, CancellationToken, Task<StepOutcome?>>? OnApply { get; set; }

    /// <summary>What the step's gateway does besides answering, in a reading and in an action.</summary>
    public Func<Commentary, Task>? WhileRead { get; set; }

    /// <summary>What happens after the world was read and before anybody is told.</summary>
    public Func<StepPlan, Task>? WhileAnswered { get; set; }

    public Action<Commentary>? WhileApplied { get; set; }

    public Refusal? Explanation { get; set; }

    /// <summary>What of a region's data the step says that it rests on.</summary>
    public Func<Region, string?>? RestsOn { get; set; }

    /// <summary>Lets its actions wait for a person.</summary>
    public void Waits(string words, TimeSpan? pollAfter = null) => OnApply = (_, _, _) =>
        Task.FromResult<StepOutcome?>(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence(words), PollAfter: pollAfter));

    /// <summary>Keeps back its next action.</summary>
    public HeldCall HoldApply()
    {
        var held = new HeldCall();
        OnApply = async (_, _, _) =>
        {
            OnApply = null;
            await held.WaitAsync();
            return null;
        };
        return held;
    }

    /// <summary>Keeps back its next reading.</summary>
    public HeldCall HoldRead()
    {
        var held = new HeldCall();
        WhileRead = _ =>
        {
            WhileRead = null;
            return held.WaitAsync();
        };
        return held;
    }

    public bool Shows(FakeObject wanted) => Made.ContainsKey(wanted.Key) && !Propagating;
}

internal sealed record FakeObject(string Key, string Essence = "as agreed", int People = 0, bool CanStopCalls = false)
{
    public IReadOnlyList<Guid> Roles { get; init; } = [FakeWorld.Role];

    /// <summary>Somebody else acts.</summary>
    public bool OnlyWaits { get; init; }

    /// <summary>Where somebody else acts, on a page that leads back.</summary>
    public Uri? Page { get; init; }

    /// <summary>Who tries it alone.</summary>
    public string? Trial { get; init; }

    /// <summary>Who has it by now.</summary>
    public string? TriedBy { get; init; }

    /// <summary>Whose own policy gives way.</summary>
    public string? Named { get; init; }

    /// <summary>Which group gets it; Luware is told of it.</summary>
    public AffectedGroup? Group { get; init; }
}

/// <summary>What may be chosen about a fake step.</summary>
internal sealed record FakeWish
{
    public bool Unwanted { get; init; }

    /// <summary>What was found may stay: nothing is asked any more.</summary>
    public bool Acknowledged { get; init; }

    /// <summary>Whoever chooses it answers for the step.</summary>
    public bool ByHand { get; init; }
}

internal sealed record FakeRefusal(TimeSpan? Again = null) : Refusal(new("T"), new("W"), new("F"), new("A"), new("L"))
{
    public override TimeSpan? LookAgainAfter => Again;
}
