using System.Management.Automation.Language;

namespace Luware.TeamsPowerShell.Tests.Worker;

/// <summary>worker.ps1 as PowerShell's own parser reads it.</summary>
public sealed class WorkerScriptTextTests
{
    private static readonly string[] Evaluators = ["AddScript", "InvokeScript", "NewScriptBlock", "ExpandString", "Create"];

    private readonly ScriptBlockAst _script;
    private readonly ParseError[] _errors;
    private readonly string _text;

    public WorkerScriptTextTests()
    {
        using var reader = new StreamReader(typeof(TeamsCommand).Assembly.GetManifestResourceStream("worker.ps1")!);
        _text = reader.ReadToEnd();
        _script = Parser.ParseInput(_text, out _, out _errors);
    }

    [Fact]
    public void The_script_has_no_syntax_errors() => _errors.ShouldBeEmpty();

    [Fact]
    public void The_script_is_plain_ascii() => _text.ShouldAllBe(c => c < 128);

    [Fact]
    public void The_script_evaluates_no_text()
    {
        _script.FindAll(node => node is CommandAst command && command.GetCommandName() is "Invoke-Expression" or "iex" or "Add-Type", searchNestedScriptBlocks: true).ShouldBeEmpty();
        _script.FindAll(IsEvaluator, searchNestedScriptBlocks: true).ShouldBeEmpty();
    }

    /// <summary>A call that turns its argument into code; a script block that stands in the script itself is code already.</summary>
    private static bool IsEvaluator(Ast node) =>
        node is InvokeMemberExpressionAst { Member: StringConstantExpressionAst member } call
        && Evaluators.Contains(member.Value)
        && call.Arguments is { Count: > 0 } arguments
        && arguments[0] is not ScriptBlockExpressionAst
        && !(call.Expression is TypeExpressionAst type && type.TypeName.Name is "powershell");
}
