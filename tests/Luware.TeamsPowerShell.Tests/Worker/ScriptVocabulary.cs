using System.Management.Automation.Language;

namespace Luware.TeamsPowerShell.Tests.Worker;

/// <summary>
/// Everything that a script uses and that a version of PowerShell or .NET may lack: commands with their parameters, types, members and syntax, each named
/// once. The parser is newer than the oldest PowerShell in which the script must run, so it would accept newer things.
/// </summary>
internal sealed record ScriptVocabulary(
    IReadOnlyList<string> Commands, IReadOnlyList<string> Types, IReadOnlyList<string> Members, IReadOnlyList<string> Syntax)
{
    public static ScriptVocabulary Of(ScriptBlockAst script)
    {
        var nodes = script.FindAll(_ => true, searchNestedScriptBlocks: true).ToList();
        var own = nodes.OfType<FunctionDefinitionAst>().Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return new ScriptVocabulary(
            Sort(nodes.OfType<CommandAst>().SelectMany(Name).Where(name => !own.Contains(name.Split(' ')[0]))),
            Sort(nodes.Select(TypeName).OfType<string>()),
            Sort(nodes.OfType<MemberExpressionAst>().Select(Name)),
            Sort(nodes.SelectMany(SyntaxOf)));
    }

    /// <summary>A reviewed list, in the order of this class.</summary>
    public static string[] Reviewed(string list) => Sort(list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>The same for names without spaces, of which many fit on a line.</summary>
    public static string[] ReviewedWords(string list) => Sort(list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Name(CommandAst command)
    {
        var name = command.GetCommandName() ?? $"{(command.InvocationOperator == TokenKind.Dot ? "." : "&")} {command.CommandElements[0]}";
        return command.CommandElements.OfType<CommandParameterAst>().Select(p => $"{name} -{p.ParameterName}").DefaultIfEmpty(name);
    }

    private static string? TypeName(Ast node) => node switch
    {
        TypeExpressionAst type => type.TypeName.FullName,
        TypeConstraintAst type => type.TypeName.FullName,
        AttributeAst attribute => attribute.TypeName.FullName,
        _ => null,
    };

    private static string Name(MemberExpressionAst member) =>
        $"{(member.NullConditional ? "?" : "")}{(member.Static ? $"[{((TypeExpressionAst)member.Expression).TypeName.FullName}]::" : ".")}{member.Member}";

    /// <summary>The kind of the node without its suffix, and the name of an operator.</summary>
    private static IEnumerable<string> SyntaxOf(Ast node)
    {
        yield return node.GetType().Name[..^3];
        switch (node)
        {
            case BinaryExpressionAst binary:
                yield return $"{binary.Operator}";
                break;
            case UnaryExpressionAst unary:
                yield return $"{unary.TokenKind}";
                break;
            case AssignmentStatementAst assignment:
                yield return $"{assignment.Operator}";
                break;
            case PipelineAst { Background: true }:
                yield return "Background";
                break;
        }
    }

    private static string[] Sort(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
