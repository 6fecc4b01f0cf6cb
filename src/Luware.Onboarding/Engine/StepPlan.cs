using System.Text.Json.Serialization;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Engine;

/// <summary>What was read in the tenant at one moment, compared with what the step wants.</summary>
/// <param name="Choice">The choice in a few words, for the step's heading.</param>
/// <param name="Why">One sentence beneath it.</param>
/// <param name="Outputs">Values that dependants need, by key (see <see cref="StepContext.Known"/>).</param>
/// <param name="Questions">What a person must still choose before the plan can be approved.</param>
public sealed record StepPlan(
    string Step,
    Sentence Choice,
    Sentence Why,
    IReadOnlyList<PlannedObject> Objects,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyList<Sentence> Questions)
{
    /// <summary>When the reading began, set by the engine. The reading that began later is the newer one, however long each took.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>When a choice behind it was last changed, set when it is stored; null while nobody has chosen anything.</summary>
    public DateTimeOffset? ChosenAt { get; init; }

    /// <summary>The objects, one per key. Choices that cannot be approved yet may want an object twice, and pages need distinct keys.</summary>
    public IReadOnlyList<PlannedObject> Objects { get; init; } = [.. Objects.DistinctBy(o => o.Key, StringComparer.Ordinal)];

    /// <summary>The options for each choice of the step: domain, group, test-user.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ChoiceOption>> Options { get; init; } = NoOptions;

    /// <summary>True when the person's rights do not suffice to read the step, so that asking again is of no use.</summary>
    public bool IsForbidden { get; init; }

    /// <summary>Why the step could not be read, who can fix it, and what to send them; null when it was read, or nobody can say.</summary>
    public RefusalView? Refusal { get; init; }

    private static readonly Dictionary<string, IReadOnlyList<ChoiceOption>> NoOptions = new(StringComparer.Ordinal);

    /// <summary>The person who chose to vouch for the step, so that the portal reads nothing; null when it was read.</summary>
    public Chosen? Word { get; init; }

    /// <summary>True when a person vouched for the step instead of the portal reading it.</summary>
    [JsonIgnore]
    public bool IsByHand => Word is not null;

    /// <summary>Values that were found and that Luware needs to set up its own side.</summary>
    public IReadOnlyList<NamedValue> ForLuware { get; init; } = [];

    /// <summary>The digest of the region's data that the plan was made with. A different digest now means that the region has changed since.</summary>
    public string? RegionDigest { get; init; }

    /// <summary>What Luware must fix before anything of the step may be done; null if nothing prevents it.</summary>
    public Sentence? Obstacle { get; init; }

    /// <summary>Why the customer skips the step; null when it is wanted. A skipped step has nothing left to do and proves nothing.</summary>
    public Sentence? Skipped { get; init; }

    [JsonIgnore]
    public bool IsSkipped => Skipped is not null;

    [JsonIgnore]
    public IEnumerable<PlannedAction> Actions => Objects.Select(o => o.Action).OfType<PlannedAction>();

    /// <summary>True when nothing is left to do and everything could be read: this is what a reading calls verified.</summary>
    [JsonIgnore]
    public bool IsFulfilled => Obstacle is null && Questions.Count == 0 && Objects.All(o => o.State == ObjectState.Found);

    /// <summary>The plan while Luware must fix something first: it shows the obstacle instead of actions, and does nothing.</summary>
    /// <param name="obstacle">Null leaves the plan as it is.</param>
    public StepPlan HeldBy(Sentence? obstacle) => obstacle is null ? this : this with
    {
        Obstacle = obstacle,
        Why = obstacle,
        Objects = [.. Objects.Select(o => o.Action is null ? o : o with { Action = null, Warnings = [obstacle, .. o.Warnings] })],
    };
}

/// <param name="Name">As the customer's tenant calls it.</param>
/// <param name="Value">Its id.</param>
public sealed record NamedValue(string Name, string Value)
{
    /// <summary>The id of a group; null for a value of Azure, whose ids are paths.</summary>
    [JsonIgnore]
    public Guid? Group => Guid.TryParse(Value, out var id) ? id : null;
}

/// <param name="Value">What is stored: an object id, a domain.</param>
/// <param name="Label">What a person reads: a name of their own tenant, the same in every language.</param>
public sealed record ChoiceOption(string Value, string Label)
{
    /// <summary>The consequence of the option, shown before it is chosen.</summary>
    public Sentence? Note { get; init; }
}

public enum ObjectState
{
    /// <summary>Exists as wanted, and is adopted.</summary>
    Found,

    /// <summary>Does not exist; its action creates it.</summary>
    Missing,

    /// <summary>Exists, but not as wanted; its action repairs it.</summary>
    Different,

    /// <summary>Will be created once the values are known that another action creates.</summary>
    Later,

    /// <summary>Could not be read, so it counts as neither done nor broken.</summary>
    Unknown,
}

/// <param name="Key">Stable within the step: instance/1.</param>
/// <param name="Name">Its name for people: luwarerecording-mtch-1@contoso.com.</param>
/// <param name="Kind">Application instance, policy, group assignment.</param>
/// <param name="What">What was found, or what will happen.</param>
/// <param name="Detail">The command, request or reading behind it, shown unchanged.</param>
public sealed record PlannedObject(
    string Key, string Name, Sentence Kind, ObjectState State, Sentence What, string Detail, PlannedAction? Action = null)
{
    /// <summary>Stands for the name of an object that nobody has named yet.</summary>
    public const string Nameless = "–";

    /// <summary>What a person may want to know before approving, one line each, to be shown with the detail.</summary>
    public IReadOnlyList<Sentence> Notes { get; init; } = [];

    /// <summary>What may be wrong although nothing is left to do, one line each, always shown.</summary>
    public IReadOnlyList<Sentence> Warnings { get; init; } = [];

    /// <summary>The permissions that an enterprise application must hold, each with its own reading.</summary>
    public IReadOnlyList<PermissionReading> Permissions { get; init; } = [];

    /// <summary>The page where a person removes the object when it stays after everything else was taken back.</summary>
    public Uri? Link { get; init; }

    /// <summary>True when recording does not need the object; it was found and is worth knowing.</summary>
    public bool IsAside { get; init; }

    /// <summary>True while a person has still to choose something for it.</summary>
    public bool IsToChoose { get; init; }

    /// <summary>How far it has reached people; null when that does not apply.</summary>
    public Spread? Spread { get; init; }
}

/// <summary>How many people something has reached. Only numbers, because a plan must not contain lists of thousands.</summary>
/// <param name="Defeated">Something else wins over it.</param>
/// <param name="NotAsked">People for whom no answer has been read.</param>
/// <param name="At">When it was read; this is read less often than plans.</param>
public sealed record Spread(int InForce, int OnTheWay, int Defeated, int NotAsked, DateTimeOffset At)
{
    /// <summary>From when it is read again; null if that is not known.</summary>
    public DateTimeOffset? NextAt { get; init; }

    [JsonIgnore]
    public int Total => InForce + OnTheWay + Defeated + NotAsked;
}

/// <param name="Name">As Microsoft Graph calls it: User.Read.All.</param>
/// <param name="For">What the application needs it for.</param>
/// <param name="Reading">What was found, in a word or two.</param>
public sealed record PermissionReading(string Name, Sentence For, ObjectState State, Sentence Reading);

/// <param name="Key">Stable within the step and over readings: create-instance/1. An approval covers this key with its essence.</param>
/// <param name="Essence">Everything that an approval covers, except values that other actions create. A changed essence needs a new approval.</param>
/// <param name="Roles">Directory roles (template ids) of which the person needs one.</param>
public sealed record PlannedAction(string Key, Sentence Title, string Essence, IReadOnlyList<Guid> Roles, Impact Impact)
{
    /// <summary>True if somebody else acts: the portal sends nothing and only checks whether they have.</summary>
    public bool OnlyWaits { get; init; }

    /// <summary>True if approving it only lets a person's word count: nothing is created, and nothing is read.</summary>
    public bool IsWord { get; init; }

    /// <summary>A role outside the directory that the person needs for it, such as one in Azure; null for none.</summary>
    public Sentence? Right { get; init; }

    /// <summary>The external page on which the person does it, and which leads back to the portal. It opens by itself once the action is approved.</summary>
    public Uri? Page { get; init; }

    /// <summary>The Teams command that carries it out; present only in a plan made a moment ago.</summary>
    [JsonIgnore]
    public TeamsCommand? Command { get; init; }
}

/// <summary>The people whom an action affects.</summary>
/// <param name="People">The number of known people; 0 for nobody, or when none are known although calls can stop.</param>
/// <param name="CanStopCalls">A fail-close policy becomes effective for them: the safety gate applies.</param>
public sealed record Impact(int People, bool CanStopCalls, Sentence? When = null)
{
    public static readonly Impact Nobody = new(0, CanStopCalls: false);

    /// <summary>
    /// True for an existing policy that nobody is known to have, because a recent grant, or a list that Teams refuses to return, does not show.
    /// </summary>
    [JsonIgnore]
    public bool IsUncounted => CanStopCalls && People == 0;

    /// <summary>The group whose members get a policy, which the ready flag must cover. Null for none, and for one that is still to be created.</summary>
    public AffectedGroup? Group { get; init; }

    /// <summary>Names of the chosen test users among the people, for the safety gate.</summary>
    public IReadOnlyList<string> TestUsers { get; init; } = [];

    /// <summary>The test user for whom alone it is in force now, for the safety gate.</summary>
    public string? TriedBy { get; init; }

    /// <summary>True when it affects only one person, whom the approver has named; the ready flag is then enough.</summary>
    [JsonIgnore]
    public bool IsNamed => (Trial ?? Named) is not null;

    /// <summary>The name of the one person who is the first to try it.</summary>
    public string? Trial { get; init; }

    /// <summary>The name of the one person whose own policy is replaced by one that is in force for a test user already.</summary>
    public string? Named { get; init; }

    /// <summary>True when somebody tries the policy first, so that nobody else gets it while a test call has failed.</summary>
    [JsonIgnore]
    public bool FollowsTrial => (TriedBy ?? Named) is not null;

    public static Impact OfTrial(string name, Sentence when) => new(1, CanStopCalls: true, when) { Trial = name, TestUsers = [name] };
}

/// <param name="Name">As the customer's tenant calls it.</param>
public sealed record AffectedGroup(Guid Id, string Name);
