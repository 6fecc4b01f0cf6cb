using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps;

/// <summary>Actions that consist of exactly one Teams command: people see, approve and run the same value.</summary>
internal static class TeamsActions
{
    /// <param name="approved">
    /// The command with all values of other actions left open, whether or not they are known by now, so that one approval covers both; null if it has no such
    /// value.
    /// </param>
    public static PlannedAction Action(
        string key, Sentence title, TeamsCommand command, IReadOnlyList<Guid> roles, Impact impact, TeamsCommand? approved = null) =>
        new(key, title, (approved ?? command).ToPowerShell(), roles, impact) { Command = command };

    public static string Detail(TeamsCommand command) => command.ToPowerShell(PowerShellLayout.Lines);

    /// <exception cref="InvalidOperationException">The engine applied an action before its values were known.</exception>
    public static TeamsCommand Complete(PlannedAction action) =>
        action.Command is { IsComplete: true } command
            ? command
            : throw new InvalidOperationException($"{action.Key} was to be applied before its values were known.");

    /// <summary>Runs the action's command. If the object already exists, that counts as done; the next reading verifies it.</summary>
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

    /// <summary>Runs the command of an action that removes something. If it is gone already, that counts as done; the next reading verifies it.</summary>
    public static async Task<StepOutcome> RemoveAsync(this ITeams teams, StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        try
        {
            return await teams.ApplyAsync(context, action, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Answer.MeansNotFound())
        {
            return new StepOutcome.Done();
        }
    }
}
