using System.Text.Json.Serialization;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Engine;

/// <summary>A reading of the world compared with what the step wants, at one moment.</summary>
/// <param name="Choice">What is chosen, in a few words, for the step's heading.</param>
/// <param name="Why">One sentence beneath it.</param>
/// <param name="Outputs">Values that dependants need, by key (see <see cref="StepContext.Known"/>).</param>
/// <param name="Questions">What a person must still choose before the plan can be approved.</param>
public sealed record StepPlan(
    string Step,
    DateTimeOffset ReadAt,
    Sentence Choice,
    Sentence Why,
    IReadOnlyList<PlannedObject> Objects,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyList<Sentence> Questions)
{
    /// <summary>One row for each key. Choices that are not to be approved yet may want a thing twice; pages tell rows apart by their keys.</summary>
    public IReadOnlyList<PlannedObject> Objects { get; init; } = [.. Objects.DistinctBy(o => o.Key, StringComparer.Ordinal)];

    /// <summary>What the step's choices can be picked from, by choice: domain, group, test-user.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ChoiceOption>> Options { get; init; } = NoOptions;

    /// <summary>The person's rights do not reach to read it: asking again changes nothing.</summary>
    public bool IsForbidden { get; init; }

    private static readonly Dictionary<string, IReadOnlyList<ChoiceOption>> NoOptions = new(StringComparer.Ordinal);

    /// <summary>Whoever chose that the portal looks at nothing, and answers for it; null where it looked.</summary>
    public Chosen? Word { get; init; }

    /// <summary>What is fulfilled so is verified by hand. A plan that was stored before words had names says so alone.</summary>
    public bool IsByHand { get => field || Word is not null; init; }

    /// <summary>What Luware's own side is set up with, as it was found.</summary>
    public IReadOnlyList<NamedValue> ForLuware { get; init; } = [];

    /// <summary>Of the region's data that it was made with: another digest now means that the region has changed since.</summary>
    public string? RegionDigest { get; init; }

    /// <summary>Why the customer goes without the step; null where it is wanted. Nothing is left to do then, and nothing was proven.</summary>
    public Sentence? Skipped { get; init; }

    [JsonIgnore]
    public bool IsSkipped => Skipped is not null;

    [JsonIgnore]
    public IEnumerable<PlannedAction> Actions => Objects.Select(o => o.Action).OfType<PlannedAction>();

    /// <summary>Nothing left to do and nothing that could not be read: what "verified" means where a reading says so.</summary>
    [JsonIgnore]
    public bool IsFulfilled => Questions.Count == 0 && Objects.All(o => o.State == ObjectState.Found);
}

/// <param name="Name">As the customer's tenant calls it.</param>
/// <param name="Value">Its id.</param>
public sealed record NamedValue(string Name, string Value);

/// <param name="Value">What is stored: an object id, a domain.</param>
/// <param name="Label">What a person reads: a name of their own tenant, the same in every language.</param>
public sealed record ChoiceOption(string Value, string Label)
{
    /// <summary>What follows from it, said before it is chosen.</summary>
    public Sentence? Note { get; init; }
}

public enum ObjectState
{
    /// <summary>There, as wanted; adopted.</summary>
    Found,

    /// <summary>Not there; its action makes it.</summary>
    Missing,

    /// <summary>There, but not as wanted; its action repairs it.</summary>
    Different,

    /// <summary>Will be made once values are known that another action makes.</summary>
    Later,

    /// <summary>Could not be read. Neither done nor broken.</summary>
    Unknown,
}

/// <param name="Key">Stable within the step: instance/1.</param>
/// <param name="Name">What a person calls it: luwarerecording-mtch-1@contoso.com.</param>
/// <param name="Kind">Application instance, policy, group assignment.</param>
/// <param name="What">What was found, or what will happen.</param>
/// <param name="Detail">The command, request or reading behind it, to be shown as it is.</param>
public sealed record PlannedObject(
    string Key, string Name, Sentence Kind, ObjectState State, Sentence What, string Detail, PlannedAction? Action = null)
{
    /// <summary>What a person may want to know before approving, one line each, to be shown with the detail.</summary>
    public IReadOnlyList<Sentence> Notes { get; init; } = [];

    /// <summary>What may be wrong although nothing is left to do, one line each: shown without being asked for.</summary>
    public IReadOnlyList<Sentence> Warnings { get; init; } = [];

    /// <summary>Of an enterprise application: what it must hold, each with its own reading.</summary>
    public IReadOnlyList<PermissionReading> Permissions { get; init; } = [];

    /// <summary>Where a person removes what stays when everything else is taken back.</summary>
    public Uri? Place { get; init; }

    /// <summary>Recording does not need it: it was found and is worth knowing.</summary>
    public bool IsAside { get; init; }

    /// <summary>How far it has reached people; null where that is not a question.</summary>
    public Spread? Spread { get; init; }
}

/// <summary>How far something has reached people, in numbers: a list of thousands belongs into no plan.</summary>
/// <param name="Defeated">Something else wins over it.</param>
/// <param name="NotAsked">Nobody has asked about them, or got an answer.</param>
/// <param name="At">When it was asked; readings of its kind are rarer than plans.</param>
public sealed record Spread(int InForce, int OnTheWay, int Defeated, int NotAsked, DateTimeOffset At)
{
    [JsonIgnore]
    public int Total => InForce + OnTheWay + Defeated + NotAsked;
}

/// <param name="Name">As Microsoft Graph calls it: User.Read.All.</param>
/// <param name="For">What the application needs it for.</param>
/// <param name="Reading">What was found, in a word or two.</param>
public sealed record PermissionReading(string Name, Sentence For, ObjectState State, Sentence Reading);

/// <param name="Key">Stable within the step, equal over readings: create-instance/1. What is approved is this key with its essence.</param>
/// <param name="Essence">Everything that an approval covers, without values that other actions make; a changed essence needs a new approval.</param>
/// <param name="Roles">Directory roles (template ids) of which the person needs one.</param>
public sealed record PlannedAction(string Key, Sentence Title, string Essence, IReadOnlyList<Guid> Roles, Impact Impact)
{
    /// <summary>The portal sends nothing: somebody else acts, and it looks whether they have.</summary>
    public bool OnlyWaits { get; init; }

    /// <summary>The page, elsewhere but leading back here, on which the person does it themselves: it opens by itself once the action is approved.</summary>
    public Uri? Page { get; init; }

    /// <summary>The Teams command that carries it out; present only in a plan made a moment ago.</summary>
    [JsonIgnore]
    public TeamsCommand? Command { get; init; }
}

/// <summary>Who notices.</summary>
/// <param name="People">How many people are known; 0 for nobody, or for those who cannot be counted where calls can stop all the same.</param>
/// <param name="CanStopCalls">A fail-close policy becomes effective for them: the safety gate applies.</param>
public sealed record Impact(int People, bool CanStopCalls, Sentence? When = null)
{
    public static readonly Impact Nobody = new(0, CanStopCalls: false);

    /// <summary>A policy that was there before may be anybody's: no cmdlet lists whom it was given to directly.</summary>
    [JsonIgnore]
    public bool IsUncounted => CanStopCalls && People == 0;

    /// <summary>Names of the chosen test users among the people, for the safety gate.</summary>
    public IReadOnlyList<string> TestUsers { get; init; } = [];

    /// <summary>The test user for whom alone it is in force now, for the safety gate.</summary>
    public string? TriedBy { get; init; }

    /// <summary>It touches one person alone, whom the approver has named: the ready flag is enough.</summary>
    [JsonIgnore]
    public bool IsNamed => (Trial ?? Named) is not null;

    /// <summary>The name of the one person who is the first to try it.</summary>
    public string? Trial { get; init; }

    /// <summary>The name of the one person whose own policy gives way to one that is in force for a test user by now.</summary>
    public string? Named { get; init; }

    public static Impact OfTrial(string name, Sentence when) => new(1, CanStopCalls: true, when) { Trial = name, TestUsers = [name] };
}
