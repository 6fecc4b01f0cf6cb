using System.Management.Automation.Language;
using Luware.Onboarding.Engine.Scripts;
using Luware.TeamsPowerShell.Tests.Worker;

namespace Luware.Onboarding.Tests.Engine.Scripts;

/// <summary>What is the same in every script that a person runs at home, where PowerShell may be as old as Windows' own.</summary>
public sealed class FrameTests
{
    /// <summary>The lists are reviewed against Windows PowerShell 5.1: what is new here must be looked up there first.</summary>
    [Fact]
    public void The_frame_uses_only_what_Windows_PowerShell_has()
    {
        using var reader = new StreamReader(typeof(ScriptWriter).Assembly.GetManifestResourceStream("Frame.ps1")!);
        var used = ScriptVocabulary.Of(Parser.ParseInput(reader.ReadToEnd(), out _, out _));

        used.Commands.ShouldBe(ScriptVocabulary.Reviewed(
            """
            Connect-MicrosoftTeams -TenantId
            Disconnect-MicrosoftTeams
            Get-CsTenant
            Import-Module -MinimumVersion
            ConvertTo-Json -InputObject
            ConvertTo-Json -Depth
            ForEach-Object
            Where-Object
            Out-Null
            Write-Host
            Start-Sleep -Seconds
            Start-Transcript -Path
            Start-Transcript -Append
            Stop-Transcript
            & $Find
            & $Make
            & $When
            & { Set-StrictMode -Off; . $steps }
            Set-StrictMode -Off
            . $steps
            """));
        used.Types.ShouldBe(ScriptVocabulary.ReviewedWords(
            """
            string scriptblock ordered DateTimeOffset System.Collections.Generic.List[object] System.IO.File System.IO.Path System.Text.UTF8Encoding
            """));
        used.Members.ShouldBe(ScriptVocabulary.ReviewedWords(
            """
            [DateTimeOffset]::UtcNow .ToString [System.IO.Path]::Combine .Path [System.IO.File]::WriteAllText [System.Text.UTF8Encoding]::new
            [System.Collections.Generic.List[object]]::new .Add .Count .Exception .Message .TenantId
            .steps .objects .id .state .problem .endedAt .module .otherTenant .report .stopped .waiting
            """));
        used.Syntax.ShouldBe(ScriptVocabulary.ReviewedWords(
            """
            ScriptBlock NamedBlock Parameter FunctionDefinition StatementBlock Pipeline Command CommandParameter CommandExpression ScriptBlockExpression
            AssignmentStatement IfStatement ForStatement TryStatement CatchClause ThrowStatement ReturnStatement ExitStatement
            VariableExpression ConstantExpression StringConstantExpression ExpandableStringExpression ArrayExpression ArrayLiteral Hashtable
            ParenExpression SubExpression IndexExpression MemberExpression InvokeMemberExpression ConvertExpression TypeExpression TypeConstraint
            BinaryExpression UnaryExpression
            Equals Or Not Ine Ige Iin Inotmatch Minus PostfixPlusPlus
            """));
    }
}
