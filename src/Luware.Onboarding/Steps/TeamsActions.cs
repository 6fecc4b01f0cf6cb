using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps;

/// <summary>An action that is exactly one Teams command: what people see, what they approve and what runs is one value.</summary>
internal static class TeamsActions
{
    /// <param name="approved">
    /// The command with every value of another action left open, known by now or not, so that an approval covers it before and after;
    /// null where the command has no such value.
    /// </param>
    public static PlannedAction Action(
        string key, Sentence title, TeamsCommand command, IReadOnlyList<Guid> roles, Impact impact, TeamsCommand? approved = null) =>
        new(key, title, (approved ?? command).ToPowerShell(), roles, impact) { Command = command };

    public static string Detail(TeamsCommand command) => command.ToPowerShell(PowerShellLayout.Lines);

    /// <exception cref="InvalidOperationException">The engine applied an action before what it needs was there.</exception>
    public static TeamsCommand Complete(PlannedAction action) =>
        action.Command is { IsComplete: true } command ? command : throw new InvalidOperationException($"{action.Key} was to be applied before its values were known.");

    /// <summary>Runs the action's command. That somebody made the object in the meantime is as good: the next reading tells.</summary>
    public static async Task<StepOutcome> ApplyAsync(this ITeams teams, StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        var command = Complete(action);
        try
        {
            await teams.InvokeAsync(context.Access, command, cancellationToken);
        }
        catch (RefusedException refused) when (command.Name.StartsWith("New-", StringComparison.Ordinal) && refused.Answer.MeansAlreadyThere())
        {
            return new StepOutcome.Done();
        }

        return new StepOutcome.Done();
    }
}
