using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Offboarding;

/// <summary>Everything that the portal made, to be taken back in the safe order, dependent steps first. Made by reading the tenant.</summary>
/// <param name="Steps">In the order in which they are taken back. An object with an action is removed; an existing one without is left to a person.</param>
/// <param name="Choices">The choices with which each step was made, not the current ones.</param>
public sealed record OffboardingPlan(Guid EntraTenantId, DateTimeOffset ReadAt, IReadOnlyList<StepPlan> Steps, StepChoices Choices)
{
    /// <summary>Why the portal cannot take anything back, so that a person has to; null when it can.</summary>
    public Sentence? Obstacle { get; init; }

    /// <summary>True when something could not be read, so that its removal cannot be promised.</summary>
    public bool IsUnread => Steps.Any(p => p.Objects.Any(o => o.State == ObjectState.Unknown));

    public IEnumerable<string> StepsToTakeBack => Steps.Where(p => p.Actions.Any()).Select(p => p.Step);

    /// <summary>True if the object exists and is left to a person.</summary>
    public static bool Stays(PlannedObject item) => item is { Action: null, State: ObjectState.Different };
}
