namespace Luware.Onboarding.Steps.Policies;

/// <summary>One of the four flags, in the order of the article.</summary>
/// <param name="Property">What Teams calls it.</param>
/// <param name="Key">Under which its sentences lie.</param>
internal sealed record RecordingFlag(string Property, string Key, Func<RecordingRules, bool> Of, Func<RecordingRules, bool, RecordingRules> Set)
{
    public static readonly IReadOnlyList<RecordingFlag> All =
    [
        new("RequiredBeforeCallEstablishment", "Policies.Flag.BeforeCall", r => r.BeforeCall, (r, value) => r with { BeforeCall = value }),
        new("RequiredDuringCall", "Policies.Flag.DuringCall", r => r.DuringCall, (r, value) => r with { DuringCall = value }),
        new("RequiredBeforeMeetingJoin", "Policies.Flag.BeforeMeeting", r => r.BeforeMeeting, (r, value) => r with { BeforeMeeting = value }),
        new("RequiredDuringMeeting", "Policies.Flag.DuringMeeting", r => r.DuringMeeting, (r, value) => r with { DuringMeeting = value }),
    ];

    /// <summary>What it asks of the recorder.</summary>
    public string Title => $"{Key}.Title";

    public string When => $"{Key}.When";

    /// <summary>What another value than the wanted one means, and what becomes of it.</summary>
    public string Repair(RecordingRules found) => Of(found) ? $"{Key}.TooStrict" : $"{Key}.TooLax";

    /// <summary>What people notice with this value when the recorder does not come, or is lost.</summary>
    public string Consequence(bool value) => value ? $"{Key}.True" : $"{Key}.False";
}
