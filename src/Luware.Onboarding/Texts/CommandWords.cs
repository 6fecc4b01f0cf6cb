using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Texts;

/// <summary>The summary of a Teams command in the reader's language.</summary>
public static class CommandWords
{
    public static Sentence InWords(this TeamsCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var summary = command.ToSummary();
        return new Sentence($"Command.{summary.Sentence}", [.. summary.Values]);
    }
}
