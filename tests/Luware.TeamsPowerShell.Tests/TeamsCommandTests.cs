using System.Management.Automation.Language;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Luware.TeamsPowerShell.Protocol;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests;

public sealed class TeamsCommandTests
{
    private static readonly TeamsCommand Waiting = new(
        "New-CsTeamsComplianceRecordingApplication",
        [
            new("Identity", new TeamsValue.Later("Tag:luwarerecordingfailclose1/", "object id of mtde-1, known after step 3")),
            new("RequiredBeforeCallEstablishment", new TeamsValue.Flag(true)),
            new("Priority", new TeamsValue.Number(1)),
        ],
        []);

    [Fact]
    public void Commands_with_the_same_contents_are_equal()
    {
        var same = new TeamsCommand(Commands.Pairing.Name, [.. Commands.Pairing.Parameters], [.. Commands.Pairing.Select]);

        same.ShouldBe(Commands.Pairing);
        same.GetHashCode().ShouldBe(Commands.Pairing.GetHashCode());
        (same with { Select = ["Identity"] }).ShouldNotBe(same);
        (same with { Parameters = [same.Parameters[0]] }).ShouldNotBe(same);
    }

    [Fact]
    public void A_command_is_shown_as_an_administrator_would_write_it() =>
        Commands.Pairing.ToPowerShell().ShouldBe(
            "Set-CsTeamsComplianceRecordingApplication -Identity 'Tag:luwarerecordingfailclose1/b00d2f48-bdc2-4e27-b2a5-93090e99c17e' " +
            "-ComplianceRecordingPairedApplications @(New-CsTeamsComplianceRecordingPairedApplication -Id '52097e72-d9b8-4a1a-8d23-d44e2e03c27b')");

    [Fact]
    public void A_value_that_is_not_known_yet_is_named_where_it_will_stand() =>
        Waiting.ToPowerShell(PowerShellLayout.Lines).ShouldBe(
            """
            New-CsTeamsComplianceRecordingApplication `
              -Identity 'Tag:luwarerecordingfailclose1/‹object id of mtde-1, known after step 3›' `
              -RequiredBeforeCallEstablishment $true `
              -Priority 1
            """);

    [Fact]
    public void In_a_script_a_value_that_another_command_makes_is_its_variable()
    {
        var paired = new TeamsCommand(
            "New-CsTeamsComplianceRecordingPairedApplication", [new("Id", new TeamsValue.Later("", "object id of mtde-2") { Variable = "instance2" })], []);
        TeamsParameter[] parameters =
        [
            new("Identity", new TeamsValue.Later("Tag:it’s/", "object id of mtde-1") { Variable = "instance1" }),
            new("ComplianceRecordingPairedApplications", new TeamsValue.List([new TeamsValue.Nested(paired)])),
        ];
        var command = new TeamsCommand("Set-CsTeamsComplianceRecordingApplication", parameters, []);

        command.ToPowerShell(PowerShellLayout.Script).ShouldBe(
            "Set-CsTeamsComplianceRecordingApplication -Identity ('Tag:it’’s/' + $instance1) " +
            "-ComplianceRecordingPairedApplications @(New-CsTeamsComplianceRecordingPairedApplication -Id $instance2)");
        command.ToPowerShell().ShouldNotContain("$instance");
        command.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void PowerShell_reads_every_comment_as_nothing_but_comments() =>
        Prop.ForAll(HostileTexts.All, text =>
        {
            Parser.ParseInput(PowerShellText.Comment(text), out var tokens, out var errors);
            return errors.Length == 0 && tokens.All(t => t.Kind is TokenKind.Comment or TokenKind.NewLine or TokenKind.EndOfInput);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("one\r\ntwo\rthree\nfour", "# one\n# two\n# three\n# four")]
    [InlineData("Requires -Version 99", "# Requires -Version 99")]
    [InlineData("", "#")]
    public void Every_line_of_a_comment_is_one(string text, string comment) => PowerShellText.Comment(text).ShouldBe(comment);

    [Fact]
    public void A_switch_is_written_as_a_switch()
    {
        TeamsParameter[] revoke =
        [
            new("Identity", new TeamsValue.Text("anna@contoso.com")),
            new("PolicyName", new TeamsValue.Null()),
            new("Confirm", new TeamsValue.Flag(false)),
        ];

        new TeamsCommand("Grant-CsTeamsComplianceRecordingPolicy", revoke, []).ToPowerShell()
            .ShouldBe("Grant-CsTeamsComplianceRecordingPolicy -Identity 'anna@contoso.com' -PolicyName $null -Confirm:$false");
    }

    [Fact]
    public void PowerShell_reads_every_quoted_string_back_unchanged() =>
        Prop.ForAll(HostileTexts.All, text => ReadLiteral(PowerShellText.Quote(text)) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void PowerShell_reads_every_command_as_one_command_with_these_values() => Prop.ForAll(HostileTexts.All, HostileTexts.All, (name, description) =>
    {
        var command = new TeamsCommand(
            "New-CsTeamsComplianceRecordingPolicy",
            [
                new("Identity", new TeamsValue.Text(name)), new("Enabled", new TeamsValue.Flag(true)),
                new("Description", new TeamsValue.List([new TeamsValue.Text(description), new TeamsValue.Number(-5), new TeamsValue.Null()])),
            ],
            []);
        var parsed = Parse(command.ToPowerShell(PowerShellLayout.Lines));

        return parsed.CommandElements.Count == 7
            && ((StringConstantExpressionAst)parsed.CommandElements[2]).Value == name
            && parsed.CommandElements[6].Find(
                node => node is StringConstantExpressionAst text && text.Value == description, searchNestedScriptBlocks: false) is not null;
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task PowerShell_runs_commands_with_exactly_these_values(string powerShell)
    {
        const int Commands = 300;
        var texts = HostileTexts.Sample(2 * Commands);
        var commands = texts.Take(Commands).Zip(texts.Skip(Commands), (name, description) => new TeamsCommand(
            "New-CsTeamsComplianceRecordingPolicy", [new("Identity", new TeamsValue.Text(name)), new("Description", new TeamsValue.Text(description))], []));
        var script = Path.Combine(Directory.CreateTempSubdirectory("quoting-").FullName, "script.ps1");
        await File.WriteAllLinesAsync(
            script,
            [
                """function Show([string]$text) { [Console]::Out.WriteLine('.' + [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))) }""",
                """function New-CsTeamsComplianceRecordingPolicy([string]$Identity, [string]$Description) { Show $Identity; Show $Description }""",
                .. commands.Select((command, i) => command.ToPowerShell(i % 2 == 0 ? PowerShellLayout.Lines : PowerShellLayout.OneLine)),
            ],
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            CancellationToken.None);

        var read = await PowerShell.RunAsync(powerShell, script);

        read.Select(line => Encoding.Unicode.GetString(Convert.FromBase64String(line[1..])))
            .ShouldBe(commands.SelectMany(c => c.Parameters).Select(p => ((TeamsValue.Text)p.Value).Value));
        Directory.GetParent(script)!.Delete(recursive: true);
    }

    [Fact]
    public void Every_kind_of_value_is_one_argument()
    {
        TeamsValue[] values =
        [
            new TeamsValue.Number(-5), new TeamsValue.Id(Guid.NewGuid()), new TeamsValue.Date(DateTimeOffset.UnixEpoch), new TeamsValue.Null(),
            new TeamsValue.Flag(false), new TeamsValue.List([]), new TeamsValue.Later("x", "it's later"),
            new TeamsValue.List([new TeamsValue.Nested(Commands.Policies), new TeamsValue.Nested(Commands.Policies)]), new TeamsValue.Nested(Commands.Policies),
        ];

        foreach (var value in values)
            Parse(new TeamsCommand("Get-CsTenant", [new("X", value)], []).ToPowerShell()).CommandElements.Count.ShouldBe(3, value.ToString());
    }

    [Fact]
    public void The_wire_holds_types_and_reads_back_as_the_same_command()
    {
        var wire = ProtocolJson.WriteRequest(new InvokeMessage(1, Commands.Pairing));

        Encoding.UTF8.GetString(wire).ShouldContain("""{"name":"Id","value":{"type":"text","value":"52097e72-d9b8-4a1a-8d23-d44e2e03c27b"}}""");
        ProtocolJson.ReadRequest(wire).ShouldBe(new InvokeMessage(1, Commands.Pairing));
    }

    private static string ReadLiteral(string literal)
    {
        var script = Parser.ParseInput(literal, out _, out var errors);
        errors.ShouldBeEmpty();
        var pipeline = (PipelineAst)script.EndBlock.Statements.Single();
        return ((StringConstantExpressionAst)((CommandExpressionAst)pipeline.PipelineElements.Single()).Expression).Value;
    }

    private static CommandAst Parse(string text)
    {
        var script = Parser.ParseInput(text, out _, out var errors);
        errors.ShouldBeEmpty();
        return (CommandAst)((PipelineAst)script.EndBlock.Statements.Single()).PipelineElements.Single();
    }
}
