namespace Luware.Onboarding.Engine;

/// <summary>The steps in the order in which they are planned and applied.</summary>
public interface IStepCatalog
{
    IReadOnlyList<StepEntry> Entries { get; }
}

/// <param name="DependsOn">Names of steps that must be verified before this one is applied.</param>
public sealed record StepEntry(IStep Step, IReadOnlyList<string> DependsOn)
{
    /// <summary>True if the step can be settled and approved later: no other step depends on it, so its open points do not prevent the approval.</summary>
    public bool CanFollow { get; init; }
}
