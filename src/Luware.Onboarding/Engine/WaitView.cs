using System.Text.Json.Serialization;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>A wait that holds a part of the run.</summary>
/// <param name="Link">Where the person acts; null if there is no such page.</param>
/// <param name="Gate">Set when the safety gate asks: the action, and what it does to how many people.</param>
/// <param name="Refusal">Set when the wait is a refusal.</param>
public sealed record WaitView(
    string Step, WaitsFor On, Sentence For, DateTimeOffset Since, DateTimeOffset? NextReading, Uri? Link, GateView? Gate, RefusalView? Refusal)
{
    /// <summary>Microsoft's reason for a wait that is not a refusal; null when it gave none.</summary>
    public RefusalView? Why { get; init; }

    /// <inheritdoc cref="StepOutcome.Waiting.YieldsToApproval"/>
    public bool YieldsToApproval { get; init; }

    /// <summary>True when a person answers it in the choices of the step.</summary>
    [JsonIgnore]
    public bool AsksForChoice => On == WaitsFor.Customer && Link == StepOutcome.Waiting.ChoicesOf(Step);

    /// <summary>True if nothing is read at <see cref="NextReading"/>, because the run waits for a colleague whose admission ends then.</summary>
    [JsonIgnore]
    public bool EndsUnread => For.Key is ColleagueSignIn or ColleagueMustSignIn;

    /// <summary>The colleague who has the step, if the link helps only when that person follows it; otherwise null.</summary>
    public Guid? Colleague { get; init; }

    internal const string ColleagueSignIn = "Engine.ColleagueSignIn";

    internal const string ColleagueMustSignIn = "Engine.ColleagueMustSignIn";
}

/// <param name="People">The number that a person must type; 0 if nobody is known, so that nothing is typed.</param>
/// <param name="TestUsers">Names of the chosen test users among them.</param>
public sealed record GateView(string ActionKey, int People, IReadOnlyList<string> TestUsers, bool ReadyFlag)
{
    /// <summary>The test user for whom alone it is in force now; null if it was not tried first.</summary>
    public string? TriedBy { get; init; }
}

/// <param name="Answer">What the remote system said; null when the portal itself refuses.</param>
public sealed record RefusalView(Sentence Title, Sentence What, Sentence WhoCanFix, Sentence WhenAgain, Sentence Letter, RemoteAnswer? Answer)
{
    public static RefusalView Of(Refusal refusal, RemoteAnswer? answer) =>
        new(refusal.Title, refusal.What, refusal.WhoCanFix, refusal.WhenAgain, refusal.Letter, answer);
}
