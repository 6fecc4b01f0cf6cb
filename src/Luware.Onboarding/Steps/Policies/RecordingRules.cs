using System.Text.Json;
using System.Text.Json.Serialization;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The four flags of an application link: what happens to a call or a meeting when the recorder does not join, or leaves.</summary>
public sealed record RecordingRules(bool BeforeCall, bool DuringCall, bool BeforeMeeting, bool DuringMeeting)
{
    public static readonly RecordingRules FailClose = new(true, true, true, true);
    public static readonly RecordingRules FailOpen = new(false, false, false, false);

    [JsonIgnore]
    public bool CanStopCalls => this != FailOpen;

    internal IEnumerable<TeamsParameter> Parameters => RecordingFlag.All.Select(f => new TeamsParameter(f.Property, new TeamsValue.Flag(f.Of(this))));

    internal static RecordingRules From(JsonElement link) => RecordingFlag.All.Aggregate(FailOpen, (rules, flag) => flag.Set(rules, link.Flag(flag.Property)));

    /// <summary>Whether these rules stop calls or meetings that the others allow.</summary>
    internal bool IsStricterThan(RecordingRules other) => RecordingFlag.All.Any(f => f.Of(this) && !f.Of(other));

    /// <summary>Picks one of three values: for rules that stop calls in all four cases, in none, or in some.</summary>
    internal T Pick<T>(T failClose, T failOpen, T custom) => this == FailClose ? failClose : this == FailOpen ? failOpen : custom;

    /// <summary>A PowerShell condition that is true for a link with these rules.</summary>
    internal string ToPowerShellCondition() => string.Join(" -and ", RecordingFlag.All.Select(f => $"$_.{f.Property} -eq ${(f.Of(this) ? "true" : "false")}"));

    /// <summary>The flags as Teams writes them.</summary>
    internal string Words() => string.Join(", ", RecordingFlag.All.Select(f => $"{f.Property} {f.Of(this)}"));

    internal IEnumerable<RecordingFlag> DifferencesTo(RecordingRules wanted) => RecordingFlag.All.Where(f => f.Of(this) != f.Of(wanted));
}
