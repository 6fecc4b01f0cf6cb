using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The policy, its application and, in 2N regions, the pairing, as parts of a script.</summary>
/// <param name="keyEnd">Distinguishes the policy's keys from those of other policies.</param>
/// <param name="wasAbsent">
/// True if the policy did not exist when it was last read. Anybody may have an existing one, so every change of it can stop calls.
/// </param>
/// <param name="formers">Object ids of Luware instances that are no longer wanted: a policy that still invites one waits for its answer too.</param>
internal sealed class PolicyScript(Region region, PolicyChoice choice, string keyEnd, bool wasAbsent, IReadOnlyList<Guid> formers)
{
    private readonly RecordingApplication first = region.Applications[0];
    private readonly string names = $"{PowerShellText.Quote(choice.Name)}, {PowerShellText.Quote($"Tag:{choice.Name}")}";

    /// <summary>The parts in order. The links of a disabled policy are corrected first, so that it comes into force as a whole.</summary>
    public IEnumerable<ScriptPart> Parts()
    {
        yield return new ScriptPart.Made(MadePolicies.Key(choice.Name), Policy(), PolicyCommands.Create(choice));
        yield return new ScriptPart.Made($"describe-policy{keyEnd}", Policy(IsDescribed()), PolicyCommands.Describe(choice.Name, choice.Description));
        yield return OfRules(new($"link-application/1{keyEnd}", Link(), PolicyCommands.Link(choice.Name, first, null, choice.Rules)));
        yield return region.Is2N
            ? Rules($"set-rules/1{keyEnd}", choice.Rules.ToPowerShellCondition(), alone: false)
            : Rules($"set-rules/1{keyEnd}", $"{choice.Rules.ToPowerShellCondition()} -and $_.ConcurrentInvitationCount -le 1", alone: true);
        yield return region.Is2N ? Pairing(region.Applications[1]) : Unpairing();
        // After the pairing, so that no call is without the second recorder in between.
        if (region.Is2N)
            yield return Unlinking(region.Applications[1]);
        foreach (var former in formers)
            yield return Unlinking(former);
        // The links of a policy that somebody disabled may be fail-close, whatever is chosen now.
        yield return Held(new($"enable-policy{keyEnd}", Policy("$_.Enabled -eq $true"), PolicyCommands.Enable(choice.Name)));
    }

    private ScriptPart.Made OfRules(ScriptPart.Made part) => choice.CanStopCalls ? Held(part) : part;

    /// <summary>
    /// Before Luware is ready, a policy may be changed only while nobody has it. The script looks again, because somebody else may have made and granted it
    /// since the reading.
    /// </summary>
    private ScriptPart.Made Held(ScriptPart.Made part) => wasAbsent
        ? part with
        {
            Only = new ScriptCondition(
                $"-not $({GroupAssignments.List.ToPowerShell()} | Where-Object {{ $_.PolicyName -in {names} }}) "
                + $"-and -not $({DirectHolders.HoldersOf(choice.Name).ToPowerShell()})",
                new Sentence("Policies.Script.HasPeople", choice.Name)),
        }
        : part with { CanStopCalls = true };

    private ScriptPart.Made Rules(string key, string condition, bool alone) =>
        OfRules(new(key, Link(condition), PolicyCommands.SetRules(choice.Name, first, null, choice.Rules, alone)));

    /// <summary>The pairing. It always resets the invitation count to one, the only count that Teams allows with a paired application.</summary>
    private ScriptPart.Made Pairing(RecordingApplication second) => OfRules(new(
        $"pair-application/2{keyEnd}", Link($"\"$(@($_.ComplianceRecordingPairedApplications).Id)\" -eq ${WhitelistingScript.Variable(second)}"),
        PolicyCommands.Pair(choice.Name, (first, null), (second, null), alone: true)));

    private ScriptPart.Made Unpairing() => OfRules(new(
        $"unpair-application/1{keyEnd}", Link("-not $_.ComplianceRecordingPairedApplications"), PolicyCommands.Unpair(choice.Name, first, null)));

    private ScriptPart.Made Unlinking(RecordingApplication second) => OfRules(new(
        $"unlink-application/2{keyEnd}", $"if (-not $({Link(second)})) {{ $true }}", PolicyCommands.Unlink(choice.Name, second)));

    /// <summary>Leaves an instance that the script itself uses: it takes what is there when it runs, which the reading may not have wanted.</summary>
    private ScriptPart.Made Unlinking(Guid former) => OfRules(new(
        $"unlink-application/{former}{keyEnd}",
        $"if ({PowerShellText.Quote($"{former}")} -in {string.Join(", ", region.Applications.Select(a => $"${WhitelistingScript.Variable(a)}"))} "
        + $"-or -not $({Listed($"{PowerShellText.Quote($"{choice.Name}/{former}")}, {PowerShellText.Quote($"Tag:{choice.Name}/{former}")}")})) {{ $true }}",
        PolicyCommands.Unlink(choice.Name, former)));

    /// <summary>As in the plan, a default that nobody typed replaces nothing and older defaults, but no words of somebody's own.</summary>
    private string IsDescribed()
    {
        const string Found = "\"$($_.Description)\".Trim()";
        var isWanted = $"{Found} -ceq {PowerShellText.Quote(choice.Description.Trim())}";
        return PolicyChoice.IsRecommendedDescription(choice.Description)
            ? $"({isWanted} -or {Found} -cnotmatch {PowerShellText.Quote($"^({PolicyChoice.RecommendedDescription})?$")})"
            : isWanted;
    }

    private string Policy(string? condition = null) =>
        $"{PolicyCommands.ListPolicies.ToPowerShell()} | Where-Object {{ $_.Identity -in {names}{(condition is null ? "" : $" -and {condition}")} }}";

    private string Link(string? condition = null) => Link(first, condition);

    private string Link(RecordingApplication application, string? condition = null)
    {
        var instance = $"${WhitelistingScript.Variable(application)}";
        var identities = $"({PowerShellText.Quote($"{choice.Name}/")} + {instance}), ({PowerShellText.Quote($"Tag:{choice.Name}/")} + {instance})";
        return Listed(identities, condition);
    }

    private static string Listed(string identities, string? condition = null) =>
        $"{PolicyCommands.ListApplications.ToPowerShell()} | Where-Object {{ $_.Identity -in {identities}{(condition is null ? "" : $" -and {condition}")} }}";
}
