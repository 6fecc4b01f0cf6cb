using System.Text.Json;
using System.Text.Json.Serialization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// How far a group's policy has reached its members, according to the latest requests. It is handed from reading to reading, so it names few people.
/// </summary>
/// <param name="Next">Where the next reading continues in the group's list.</param>
/// <param name="Late">People whom the policy had not reached; they are asked about first.</param>
internal sealed record Reached(DateTimeOffset At, int Next, IReadOnlyList<Guid> Late, int InForce, int OnTheWay, int Outranked)
{
    public const string Prefix = "grants/reached/";

    /// <summary>True if Teams has answered for at least one person.</summary>
    [JsonIgnore]
    public bool IsSaid => InForce + OnTheWay + Outranked > 0;

    public static string KeyOf(RecordedUsers recorded) => $"{Prefix}{recorded.Identity}/{recorded.Policy.Name}";

    public static Reached? From(StepContext context, RecordedUsers recorded) =>
        context.Find(KeyOf(recorded)) is { } stored ? JsonSerializer.Deserialize<Reached>(stored, JsonSerializerOptions.Web) : null;

    public string ToOutput() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>An informative row that never blocks the step: test users verify a grant, and the others follow in Microsoft's time.</summary>
    /// <param name="directly">Members whose direct policy takes precedence over the group's.</param>
    public PlannedObject Row(RecordedUsers recorded, int directly, DateTimeOffset? since)
    {
        var defeated = directly + Outranked;
        var notAsked = Math.Max(0, recorded.People.Count - InForce - OnTheWay - defeated);
        var spread = new Spread(InForce, OnTheWay, defeated, notAsked, At) { NextAt = At + Propagation.PaceOf(this, recorded) };
        var (inForce, total, onTheWay) = (Sentence.Number(InForce), Sentence.Number(spread.Total), Sentence.Number(OnTheWay));
        var what = spread switch
        {
            { InForce: 0, OnTheWay: 0, NotAsked: > 0 } => new Sentence("Grants.Reached.Unread", since?.Utc() ?? "–"),
            { InForce: 1, OnTheWay: 0, Defeated: 0, NotAsked: 0 } => new Sentence("Grants.Reached.AllOne"),
            { OnTheWay: 0, Defeated: 0, NotAsked: 0 } => new Sentence("Grants.Reached.All", inForce),
            { NotAsked: 0 } when IsLate(since) && OnTheWay > 0 => new Sentence("Grants.Reached.Late", inForce, total, onTheWay, since!.Value.Utc()),
            { NotAsked: 0, Defeated: 0 } => new Sentence("Grants.Reached.OnTheWay", inForce, total, onTheWay),
            { NotAsked: 0 } => new Sentence("Grants.Reached.Some", inForce, total, onTheWay, Sentence.Number(defeated)),
            _ => new Sentence("Grants.Reached.Asked", inForce, Sentence.Number(spread.Total - spread.NotAsked), total, since?.Utc() ?? "–"),
        };
        var command = TeamsActions.Detail(MemberPolicies.Command([.. recorded.People.Take(1)]));
        return new PlannedObject($"reached/{recorded.Identity}", recorded.Name, new Sentence("Grants.Kind.Reached"), ObjectState.Found, what, command)
        {
            Spread = spread, IsAside = true,
        };
    }

    /// <summary>True after more than the day that Microsoft names.</summary>
    private bool IsLate(DateTimeOffset? since) => At - since > TimeSpan.FromDays(1);
}
