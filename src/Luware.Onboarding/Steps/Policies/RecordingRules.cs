using System.Text.Json;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The four flags of an application link: what happens to a call or a meeting when the recorder does not come, or leaves.</summary>
internal sealed record RecordingRules(bool BeforeCall, bool DuringCall, bool BeforeMeeting, bool DuringMeeting)
{
    public static readonly IReadOnlyList<string> Properties =
        ["RequiredBeforeCallEstablishment", "RequiredDuringCall", "RequiredBeforeMeetingJoin", "RequiredDuringMeeting"];

    public static RecordingRules For(bool failClose) => new(failClose, failClose, failClose, failClose);

    public static RecordingRules From(JsonElement link) =>
        new(link.Flag(Properties[0]), link.Flag(Properties[1]), link.Flag(Properties[2]), link.Flag(Properties[3]));

    private bool[] Values => [BeforeCall, DuringCall, BeforeMeeting, DuringMeeting];

    public bool CanStopCalls => Values.Contains(true);

    public IEnumerable<TeamsParameter> Parameters => Properties.Zip(Values, (name, value) => new TeamsParameter(name, new TeamsValue.Flag(value)));

    /// <summary>A condition in PowerShell that holds for a link with these rules.</summary>
    public string ToPowerShellCondition() => string.Join(" -and ", Properties.Zip(Values, (name, value) => $"$_.{name} -eq ${(value ? "true" : "false")}"));

    public IEnumerable<string> DifferencesTo(RecordingRules wanted) =>
        Properties.Zip(Values.Zip(wanted.Values)).Where(p => p.Second.First != p.Second.Second).Select(p => p.First);
}
