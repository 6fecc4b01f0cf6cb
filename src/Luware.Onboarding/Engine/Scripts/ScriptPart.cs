using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Engine.Scripts;

/// <summary>One thing that the script of a step sees to, in the script's order.</summary>
/// <param name="Key">Stable within the step; for what is made, the key of the same action in the step's plan.</param>
public abstract record ScriptPart(string Key)
{
    /// <summary>An object that is looked for first and made only if it is missing.</summary>
    /// <param name="Find">PowerShell that writes something if the object is there as wanted, and nothing otherwise.</param>
    /// <param name="Make">The one command that makes or repairs it; what other commands make stands in it as a script's variable.</param>
    public sealed record Made(string Key, string Find, TeamsCommand Make) : ScriptPart(Key)
    {
        /// <summary>
        /// True when it could make a fail-close policy effective for people, whatever the latest reading says, because the script runs later. Its command
        /// is then left out of the script until Luware is ready.
        /// </summary>
        public bool CanStopCalls { get; init; }

        /// <summary>The groups for which Luware must have said that it is ready; until then the command is left out of the script as well.</summary>
        public IReadOnlyList<Guid> Groups { get; init; } = [];

        /// <summary>A condition that is checked when the object is missing; null for none.</summary>
        public ScriptCondition? Only { get; init; }

        /// <summary>The variable that other parts use, which holds what <see cref="Find"/> writes.</summary>
        public string? Variable { get; init; }

        /// <summary>The property of what the command writes that the variable holds once it was made.</summary>
        public string? Property { get; init; }
    }

    /// <summary>Made by another step, whose script may or may not be the same one.</summary>
    /// <param name="Variable">Holds what <paramref name="Find"/> writes, unless it was set before.</param>
    /// <param name="Missing">What to do when it is missing.</param>
    public sealed record Needed(string Key, string Variable, string Find, Sentence Missing) : ScriptPart(Key);

    /// <summary>Only a person can do it, outside of PowerShell.</summary>
    public sealed record Person(string Key, Sentence What, Uri? Link = null) : ScriptPart(Key);
}

/// <param name="Holds">PowerShell that writes something if the condition holds.</param>
/// <param name="Otherwise">What is left to the person if it does not.</param>
public sealed record ScriptCondition(string Holds, Sentence Otherwise)
{
    /// <summary>The switch with which a person says that a test call was made and recorded.</summary>
    public const string TestCallDone = "$TestCallDone";
}
