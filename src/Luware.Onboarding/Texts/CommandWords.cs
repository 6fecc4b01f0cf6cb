using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Texts;

/// <summary>What a Teams command does, in one sentence: the rendering for people who do not read PowerShell.</summary>
public static class CommandWords
{
    /// <summary>The parameters that a cmdlet's sentence names, in its order. One that changes something says with a last argument what it changes.</summary>
    private static readonly Dictionary<string, string[]> Named = new(StringComparer.Ordinal)
    {
        ["New-CsOnlineApplicationInstance"] = ["UserPrincipalName"],
        ["Set-CsOnlineApplicationInstance"] = ["Identity"],
        ["Sync-CsOnlineApplicationInstance"] = ["ObjectId"],
        ["New-CsTeamsComplianceRecordingPolicy"] = ["Identity"],
        ["Set-CsTeamsComplianceRecordingPolicy"] = ["Identity"],
        ["Remove-CsTeamsComplianceRecordingPolicy"] = ["Identity"],
        ["New-CsTeamsComplianceRecordingApplication"] = ["Identity"],
        ["Set-CsTeamsComplianceRecordingApplication"] = ["Identity"],
        ["Remove-CsTeamsComplianceRecordingApplication"] = ["Identity"],
        ["New-CsTeamsComplianceRecordingPairedApplication"] = ["Id"],
        ["New-CsGroupPolicyAssignment"] = ["PolicyName", "GroupId"],
        ["Remove-CsGroupPolicyAssignment"] = ["GroupId"],
        ["Grant-CsTeamsComplianceRecordingPolicy"] = ["PolicyName", "Identity"],
    };

    public static Sentence InWords(this TeamsCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var named = Named.GetValueOrDefault(command.Name, []);
        if (command is { Name: "Grant-CsTeamsComplianceRecordingPolicy", Parameters: [var person, { Name: "PolicyName", Value: TeamsValue.Null }, ..] })
            return new Sentence("Command.Revoke", Text(person.Value));

        IEnumerable<string> arguments = named.Select(name => command.Parameters.FirstOrDefault(p => p.Name == name) is { } p ? Text(p.Value) : "–");
        var changes = command.Parameters.Where(p => !named.Contains(p.Name)).Select(p => $"{p.Name} {Text(p.Value)}");
        return new Sentence(
            $"Command.{command.Name}",
            [.. arguments, .. command.Name.StartsWith("Set-", StringComparison.Ordinal) ? [string.Join(", ", changes)] : Array.Empty<string>()]);
    }

    private static string Text(TeamsValue value) => value switch
    {
        TeamsValue.Text text => text.Value,
        TeamsValue.Flag flag => $"{flag.Value}",
        TeamsValue.Number number => $"{number.Value}",
        TeamsValue.Id id => $"{id.Value}",
        TeamsValue.Date date => $"{date.Value:O}",
        TeamsValue.Null => "–",
        TeamsValue.List list => string.Join(", ", list.Items.Select(Text)),
        TeamsValue.Nested nested => string.Join(", ", nested.Command.Parameters.Select(p => Text(p.Value))),
        TeamsValue.Later later => $"{later.Prefix}‹{later.What}›",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "This kind of value has no words."),
    };
}
