using System.Collections.Frozen;
using System.Globalization;

namespace Luware.TeamsPowerShell;

/// <summary>
/// Describes in one line what a command does, for people who do not read PowerShell. Its text is English; for other languages the caller translates each
/// <paramref name="Sentence"/>.
/// </summary>
/// <param name="Sentence">The cmdlet's name, or <see cref="Revoke"/>.</param>
/// <param name="Values">The values of the sentence, in its order; for a change, the last one lists what is changed.</param>
public sealed record TeamsSummary(string Sentence, IReadOnlyList<string> Values)
{
    /// <summary>Key of the sentence for a grant that takes a policy away.</summary>
    public const string Revoke = nameof(Revoke);

    private const string Grant = "Grant-CsTeamsComplianceRecordingPolicy";

    private static readonly FrozenDictionary<string, (string Text, string[] Named)> Sentences =
        new Dictionary<string, (string, string[])>(StringComparer.Ordinal)
    {
        ["Get-CsTenant"] = ("Read the tenant", []),
        ["Get-CsOnlineApplicationInstance"] = ("Read the application instances", []),
        ["New-CsOnlineApplicationInstance"] = ("Make the application instance {0}", ["UserPrincipalName"]),
        ["Set-CsOnlineApplicationInstance"] = ("Change the application instance {0}: {1}", ["Identity"]),
        ["Sync-CsOnlineApplicationInstance"] = ("Make the application instance {0} known in all of Teams", ["ObjectId"]),
        ["Get-CsTeamsComplianceRecordingPolicy"] = ("Read the compliance recording policies", []),
        ["New-CsTeamsComplianceRecordingPolicy"] = ("Make the compliance recording policy {0}", ["Identity"]),
        ["Set-CsTeamsComplianceRecordingPolicy"] = ("Change the compliance recording policy {0}: {1}", ["Identity"]),
        ["Remove-CsTeamsComplianceRecordingPolicy"] = ("Remove the compliance recording policy {0}", ["Identity"]),
        ["Get-CsTeamsComplianceRecordingApplication"] = ("Read the applications that compliance recording policies invite", []),
        ["New-CsTeamsComplianceRecordingApplication"] = ("Let the policy invite the application {0}", ["Identity"]),
        ["Set-CsTeamsComplianceRecordingApplication"] = ("Change how the policy invites the application {0}: {1}", ["Identity"]),
        ["Remove-CsTeamsComplianceRecordingApplication"] = ("Take the application {0} out of its compliance recording policy", ["Identity"]),
        [TeamsCmdlets.PairedApplicationCmdlet] = ("Name the paired application {0}", ["Id"]),
        ["Get-CsGroupPolicyAssignment"] = ("Read which groups have a policy", []),
        ["New-CsGroupPolicyAssignment"] = ("Grant the policy {0} to the group {1}", ["PolicyName", "GroupId"]),
        ["Remove-CsGroupPolicyAssignment"] = ("Take the policy back from the group {0}", ["GroupId"]),
        ["Get-CsUserPolicyAssignment"] = ("Read which policy is in force for a person", []),
        [Grant] = ("Grant the policy {0} to the person {1}", ["PolicyName", "Identity"]),
        [Revoke] = ("Take the policy that was granted to the person {0} alone away again", ["Identity"]),
        ["Get-CsOnlineUser"] = ("Read the people in Teams", []),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The line in English.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, Sentences[Sentence].Text, [.. Values]);

    internal static TeamsSummary Of(TeamsCommand command)
    {
        var sentence = command.Name == Grant && command.Parameters.Any(p => p is { Name: "PolicyName", Value: TeamsValue.Null }) ? Revoke : command.Name;
        if (!Sentences.TryGetValue(sentence, out var said))
            throw new ArgumentException($"{command.Name} is not one of the cmdlets that may run.", nameof(command));
        var named = said.Named;
        var values = named.Select(name => command.Parameters.FirstOrDefault(p => p.Name == name) is { } given ? Text(given.Value) : "–");
        if (sentence.StartsWith("Set-", StringComparison.Ordinal))
            values = values.Append(string.Join(", ", command.Parameters.Where(p => !named.Contains(p.Name)).Select(p => $"{p.Name} {Text(p.Value)}")));
        return new TeamsSummary(sentence, [.. values.Select(value => value.ReplaceLineEndings(" "))]);
    }

    private static string Text(TeamsValue value) => value switch
    {
        TeamsValue.Text text => text.Value,
        TeamsValue.Flag flag => $"{flag.Value}",
        TeamsValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        TeamsValue.Id id => $"{id.Value}",
        TeamsValue.Date date => date.Value.ToString("O", CultureInfo.InvariantCulture),
        TeamsValue.Null => "–",
        TeamsValue.List list => string.Join(", ", list.Items.Select(Text)),
        TeamsValue.Nested nested => string.Join(", ", nested.Command.Parameters.Select(p => Text(p.Value))),
        TeamsValue.Later later => $"{later.Prefix}‹{later.What}›",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "This kind of value has no words."),
    };
}
