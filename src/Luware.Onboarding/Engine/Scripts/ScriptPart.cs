using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Engine.Scripts;

/// <summary>One part of a step's script; parts are in the script's order.</summary>
/// <param name="Key">Stable within the step; for what is made, the key of the same action in the step's plan.</param>
public abstract record ScriptPart(string Key)
{
    /// <summary>An object that the script looks for and creates if it is missing.</summary>
    /// <param name="Find">PowerShell that writes something if the object is there as wanted, and nothing otherwise.</param>
    /// <param name="Make">The one command that creates or repairs it; values that other commands create appear in it as script variables.</param>
    public sealed record Made(string Key, string Find, TeamsCommand Make) : ScriptPart(Key)
    {
        /// <summary>
        /// True if it could make a fail-close policy effective for people when the script runs, whatever the latest reading says. Its command is then left out
        /// of the script until Luware is ready.
        /// </summary>
        public bool CanStopCalls { get; init; }

        /// <summary>The groups that the ready flag must cover; until then the command is also left out.</summary>
        public IReadOnlyList<Guid> Groups { get; init; } = [];

        /// <summary>A condition that is checked when the object is missing; null for none.</summary>
        public ScriptCondition? Only { get; init; }

        /// <summary>The variable that other parts use, which holds what <see cref="Find"/> writes.</summary>
        public string? Variable { get; init; }

        /// <summary>The property of the command's output that the variable holds after creation.</summary>
        public string? Property { get; init; }
    }

    /// <summary>Created by another step, in the same script or elsewhere.</summary>
    /// <param name="Variable">Holds what <paramref name="Find"/> writes, unless it was set before.</param>
    /// <param name="Missing">What to do when it is missing.</param>
    public sealed record Needed(string Key, string Variable, string Find, Sentence Missing) : ScriptPart(Key);

    /// <summary>Something that only a person can do, outside of PowerShell.</summary>
    public sealed record Person(string Key, Sentence What, Uri? Link = null) : ScriptPart(Key);
}

/// <param name="Holds">PowerShell that writes something if the condition holds.</param>
/// <param name="Otherwise">What is left to the person if it does not hold.</param>
public sealed record ScriptCondition(string Holds, Sentence Otherwise)
{
    /// <summary>The switch by which a person confirms that a test call was made and recorded.</summary>
    public const string TestCallDone = "$TestCallDone";
}
