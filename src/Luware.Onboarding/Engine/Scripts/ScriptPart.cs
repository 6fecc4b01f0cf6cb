using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Engine.Scripts;

/// <summary>One thing that the script of a step sees to, in the script's order.</summary>
/// <param name="Key">Stable within the step; for what is made, the key of the same action in the step's plan.</param>
public abstract record ScriptPart(string Key)
{
    /// <summary>Looked for first, and made only where it is not.</summary>
    /// <param name="Find">PowerShell that writes something where the object is there as wanted, and nothing where it is not.</param>
    /// <param name="Make">The one command that makes or repairs it; what other commands make stands in it as a script's variable.</param>
    public sealed record Made(string Key, string Find, TeamsCommand Make) : ScriptPart(Key)
    {
        /// <summary>
        /// It could make a policy that fails close effective for people, whatever the latest reading says: the script runs later
        /// than any reading. Then its command stands in the script only once Luware is ready.
        /// </summary>
        public bool CanStopCalls { get; init; }

        /// <summary>What must hold besides; looked at when the object is not there. Null for nothing.</summary>
        public ScriptCondition? Only { get; init; }

        /// <summary>The variable that other parts use, which holds what <see cref="Find"/> writes.</summary>
        public string? Variable { get; init; }

        /// <summary>The property of what the command writes that the variable holds once it was made.</summary>
        public string? Property { get; init; }
    }

    /// <summary>Made by another step, whose script may or may not be the same one.</summary>
    /// <param name="Variable">Holds what <paramref name="Find"/> writes, unless it was set before.</param>
    /// <param name="Missing">What to do where it is not there.</param>
    public sealed record Needed(string Key, string Variable, string Find, Sentence Missing) : ScriptPart(Key);

    /// <summary>Only a person can do it, outside of PowerShell.</summary>
    public sealed record Person(string Key, Sentence What, Uri? Link = null) : ScriptPart(Key);
}

/// <param name="Holds">PowerShell that writes something where the condition holds.</param>
/// <param name="Otherwise">What is left to the person where it does not.</param>
public sealed record ScriptCondition(string Holds, Sentence Otherwise)
{
    /// <summary>The switch with which a person says that a test call was made and recorded.</summary>
    public const string TestCallDone = "$TestCallDone";
}
