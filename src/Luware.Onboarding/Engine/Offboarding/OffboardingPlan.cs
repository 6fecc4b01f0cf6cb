using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Offboarding;

/// <summary>Everything that the portal made, to be taken back in the safe order: the step that rests on others first. Made by reading the tenant.</summary>
/// <param name="Steps">In the order in which they are taken back. An object with an action goes; one that is there and has none stays, for a person.</param>
/// <param name="Choices">Those with which each step was made, whatever is chosen by now.</param>
public sealed record OffboardingPlan(Guid EntraTenantId, DateTimeOffset ReadAt, IReadOnlyList<StepPlan> Steps, StepChoices Choices)
{
    /// <summary>Why the portal can take nothing back by itself; then it holds what the portal has made, for a person. Null where it can.</summary>
    public Sentence? Obstacle { get; init; }

    /// <summary>What cannot be seen cannot be promised to go.</summary>
    public bool IsUnread => Steps.Any(p => p.Objects.Any(o => o.State == ObjectState.Unknown));

    public IEnumerable<string> StepsToTakeBack => Steps.Where(p => p.Actions.Any()).Select(p => p.Step);

    /// <summary>It is there, and the approval says that the portal leaves it alone.</summary>
    public static bool Stays(PlannedObject item) => item is { Action: null, State: ObjectState.Different };
}
