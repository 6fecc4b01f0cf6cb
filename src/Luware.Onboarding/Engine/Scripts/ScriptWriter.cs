using System.Globalization;
using System.Reflection;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Engine.Scripts;

/// <param name="WayBack">The commands that take it back, written as comments beside commands that can stop calls.</param>
internal sealed record StepScript(string Step, IReadOnlyList<ScriptPart> Parts, IReadOnlyList<string> WayBack);

/// <summary>Writes a script for Windows PowerShell 5.1 and newer: first what is specific to it, then the common frame that runs it.</summary>
/// <remarks>Values from outside appear only as quoted literals or as comment lines, never as script text.</remarks>
internal sealed class ScriptWriter(Say say, TimeProvider time)
{
    private static readonly Lazy<string> Frame = new(ReadFrame);

    private static readonly string[] Words = ["found", "made", "byHand", "leftOut", "failed", "waiting", "module", "otherTenant", "stopped", "report"];

    public string Write(OnboardingTenant tenant, string name, IReadOnlyList<StepScript> steps)
    {
        // A command that the portal may not run must not be in a script either.
        foreach (var made in steps.SelectMany(s => s.Parts).OfType<ScriptPart.Made>())
            TeamsCmdlets.Check(made.Make);

        var usesTeams = steps.Any(s => s.Parts.Any(p => p is not ScriptPart.Person));
        return string.Join('\n',
        [
            "#Requires -Version 5.1",
            Comment("Script.Title", string.Join(", ", steps.Select(s => say.Step(s.Step))), tenant.Name, $"{tenant.EntraTenantId}"),
            Comment("Script.Written", time.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
            Comment("Script.ExitCodes"),
            Comment("Script.Files", $"luware-{name}-{tenant.EntraTenantId}"),
            .. Switches(steps),
            "",
            $"$tenant = {PowerShellText.Quote($"{tenant.EntraTenantId}")}",
            $"$scriptName = {PowerShellText.Quote(name)}",
            $"$oldestModule = {PowerShellText.Quote($"{TeamsCmdlets.OldestModule}")}",
            $"$usesTeams = {(usesTeams ? "$true" : "$false")}",
            "$words = @{",
            .. Words.Select(w => $"    {w} = {Quote(new Sentence($"Script.Words.{w}", w == "module" ? [$"{TeamsCmdlets.OldestModule}"] : []))}"),
            "}",
            "",
            "$steps = {",
            // An earlier script may have left them in the session.
            .. steps.SelectMany(s => s.Parts).Select(VariableOf).OfType<string>().Distinct(StringComparer.Ordinal).Select(v => $"    ${v} = $null"),
            .. steps.SelectMany(s => Step(s, tenant)),
            "}",
            "",
            Frame.Value,
        ]);
    }

    private static string? VariableOf(ScriptPart part) => part switch
    {
        ScriptPart.Made made => made.Variable,
        ScriptPart.Needed needed => needed.Variable,
        _ => null,
    };

    /// <summary>The switches that a person can set when starting the script.</summary>
    private IEnumerable<string> Switches(IReadOnlyList<StepScript> steps) =>
        steps.Any(s => s.Parts.OfType<ScriptPart.Made>().Any(m => m.Only?.Holds.Contains(ScriptCondition.TestCallDone, StringComparison.Ordinal) == true))
            ? ["", Comment("Script.TestCallDone"), $"param([switch]{ScriptCondition.TestCallDone})"]
            : [];

    private IEnumerable<string> Step(StepScript step, OnboardingTenant tenant) =>
    [
        $"    Start-Step {PowerShellText.Quote(step.Step)} {PowerShellText.Quote(say.Step(step.Step))}",
        "",
        .. step.Parts.SelectMany(p => Part(
            p, tenant, wayBack: p == step.Parts.OfType<ScriptPart.Made>().FirstOrDefault(m => m.CanStopCalls) ? step.WayBack : [])),
    ];

    private IEnumerable<string> Part(ScriptPart part, OnboardingTenant tenant, IReadOnlyList<string> wayBack) => part switch
    {
        ScriptPart.Made { CanStopCalls: true } made when !tenant.IsReadyFor(made.Groups) => LeftOut(made),
        ScriptPart.Made made => Made(made, wayBack),
        ScriptPart.Needed needed => Needed(needed),
        ScriptPart.Person person => Person(person),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "This kind of part has no script."),
    };

    private IEnumerable<string> Made(ScriptPart.Made made, IReadOnlyList<string> wayBack)
    {
        var title = say[made.Make.InWords()];
        var command = made.Make.ToPowerShell(PowerShellLayout.Script);
        yield return Indent(PowerShellText.Comment(title));
        if (wayBack.Count > 0)
            yield return Indent($"{Comment("Script.WayBack")}\n{PowerShellText.Comment(string.Join('\n', wayBack))}");
        yield return $"    ${made.Variable ?? "null"} = Use-Object {PowerShellText.Quote(made.Key)} {PowerShellText.Quote(title)} {{";
        yield return $"        {made.Find}";
        yield return "    } {";
        yield return $"        {(made.Property is null ? command : $"({command}).{made.Property}")}";
        yield return made.Only is { } only ? $"    }} -When {{ {only.Holds} }} -Otherwise {Quote(only.Otherwise)}\n" : "    }\n";
    }

    private IEnumerable<string> LeftOut(ScriptPart.Made made)
    {
        var title = say[made.Make.InWords()];
        yield return Indent(Comment("Script.LeftOut", title));
        yield return $"    Skip-Object {PowerShellText.Quote(made.Key)} {PowerShellText.Quote(title)} {{";
        yield return $"        {made.Find}";
        yield return "    }\n";
    }

    private IEnumerable<string> Needed(ScriptPart.Needed needed)
    {
        yield return $"    if (-not ${needed.Variable}) {{";
        yield return $"        ${needed.Variable} = Get-Needed {PowerShellText.Quote(needed.Key)} {Quote(needed.Missing)} {{ {needed.Find} }}";
        yield return "    }\n";
    }

    private IEnumerable<string> Person(ScriptPart.Person person)
    {
        var what = person.Link is { } link ? $"{say[person.What].TrimEnd('.')}: {link}" : say[person.What];
        yield return Indent(PowerShellText.Comment(what));
        yield return $"    Add-Object {PowerShellText.Quote(person.Key)} 'byHand' {PowerShellText.Quote(what)}\n";
    }

    private string Comment(string key, params string[] arguments) => PowerShellText.Comment(say[new Sentence(key, arguments)]);

    private static string Indent(string comment) => $"    {comment.Replace("\n", "\n    ", StringComparison.Ordinal)}";

    private string Quote(Sentence sentence) => PowerShellText.Quote(say[sentence]);

    private static string ReadFrame()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Frame.ps1")
            ?? throw new InvalidOperationException("Frame.ps1 is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
