using System.Globalization;
using System.Text;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps;

/// <summary>An action that is exactly one Teams command: what people see, what they approve and what runs is one value.</summary>
internal static class TeamsActions
{
    /// <param name="preview">
    /// The command with every value of another action left open, known by now or not: an approval covers it before and after.
    /// </param>
    public static PlannedAction Action(
        string key, Sentence title, TeamsCommand command, IReadOnlyList<Guid> roles, Impact impact, TeamsCommand? preview = null) =>
        new(key, title, (preview ?? command).ToPowerShell(), roles, impact) { Command = command };

    /// <summary>Runs the action's command. Finding that somebody made the object in the meantime is as good: the next reading tells.</summary>
    public static async Task<StepOutcome> ApplyAsync(this ITeams teams, StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        if (action.Command is not { IsComplete: true } command)
            throw new InvalidOperationException($"{action.Key} was to be applied before its values were known.");

        try
        {
            await teams.InvokeAsync(context.Access, command, cancellationToken);
        }
        catch (RefusedException refused) when (IsCreation(command) && refused.Answer.MeansAlreadyThere())
        {
            return new StepOutcome.Done();
        }

        return new StepOutcome.Done();
    }

    private static bool IsCreation(TeamsCommand command) => command.Name.StartsWith("New-", StringComparison.Ordinal);
}
