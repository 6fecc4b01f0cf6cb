namespace Luware.Onboarding.Engine;

/// <summary>The steps in the order in which they are planned and applied.</summary>
public interface IStepCatalog
{
    IReadOnlyList<StepEntry> Entries { get; }
}

/// <param name="DependsOn">Names of steps that must be verified before this one is applied.</param>
public sealed record StepEntry(IStep Step, IReadOnlyList<string> DependsOn)
{
    /// <summary>What is still open in it holds no approval back: no other step rests on it, and it can be settled and approved later.</summary>
    public bool CanFollow { get; init; }
}
