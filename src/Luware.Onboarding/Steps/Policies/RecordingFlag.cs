namespace Luware.Onboarding.Steps.Policies;

/// <summary>One of the four flags, in the order of the article.</summary>
/// <param name="Property">Its name in Teams.</param>
/// <param name="Key">The prefix of its text keys.</param>
internal sealed record RecordingFlag(string Property, string Key, Func<RecordingRules, bool> Of, Func<RecordingRules, bool, RecordingRules> Set)
{
    public static readonly IReadOnlyList<RecordingFlag> All =
    [
        new("RequiredBeforeCallEstablishment", "Policies.Flag.BeforeCall", r => r.BeforeCall, (r, value) => r with { BeforeCall = value }),
        new("RequiredDuringCall", "Policies.Flag.DuringCall", r => r.DuringCall, (r, value) => r with { DuringCall = value }),
        new("RequiredBeforeMeetingJoin", "Policies.Flag.BeforeMeeting", r => r.BeforeMeeting, (r, value) => r with { BeforeMeeting = value }),
        new("RequiredDuringMeeting", "Policies.Flag.DuringMeeting", r => r.DuringMeeting, (r, value) => r with { DuringMeeting = value }),
    ];

    /// <summary>The text key that says what the flag requires of the recorder.</summary>
    public string Title => $"{Key}.Title";

    public string When => $"{Key}.When";

    /// <summary>The text key that explains a value that differs from the wanted one, and its repair.</summary>
    public string Repair(RecordingRules found) => Of(found) ? $"{Key}.TooStrict" : $"{Key}.TooLax";

    /// <summary>The text key that says what people notice with this value when the recorder does not join or is lost.</summary>
    public string Consequence(bool value) => value ? $"{Key}.True" : $"{Key}.False";
}
