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
        _script.FindAll(
            node => node is CommandAst command && command.GetCommandName() is "Invoke-Expression" or "iex" or "Add-Type",
            searchNestedScriptBlocks: true).ShouldBeEmpty();
        _script.FindAll(IsEvaluator, searchNestedScriptBlocks: true).ShouldBeEmpty();
    }

    /// <summary>Features that came with PowerShell 7 or later, or that evaluate text; the lists below must reject them.</summary>
    [Theory]
    [InlineData("$a ? 1 : 2", "TernaryExpression")]
    [InlineData("$a ?? 1", "QuestionQuestion")]
    [InlineData("$a ??= 1", "QuestionQuestionEquals")]
    [InlineData("${a}?.B", "?.B")]
    [InlineData("Get-A && Get-B", "PipelineChain")]
    [InlineData("Get-A &", "Background")]
    [InlineData("1 | ForEach-Object -Parallel { $_ }", "ForEach-Object -Parallel")]
    [InlineData("[scriptblock]::Create($a)", "[scriptblock]::Create")]
    [InlineData("& $a", "& $a")]
    [InlineData(". $a", ". $a")]
    public void What_a_script_uses_is_seen(string script, string used)
    {
        var vocabulary = ScriptVocabulary.Of(Parser.ParseInput(script, out _, out _));

        vocabulary.Commands.Concat(vocabulary.Types).Concat(vocabulary.Members).Concat(vocabulary.Syntax).ShouldContain(used);
    }

    /// <summary>The lists were reviewed against PowerShell 7.4 on .NET 8; check anything new there before adding it.</summary>
    [Fact]
    public void The_script_uses_only_what_PowerShell_7_4_has()
    {
        var used = ScriptVocabulary.Of(_script);

        used.Commands.ShouldBe(ScriptVocabulary.Reviewed(
            """
            Set-StrictMode -Version
            /bin/sh -c
            & $write
            """));
        used.Types.ShouldBe(ScriptVocabulary.ReviewedWords(
            """
            bool byte short int uint long string string[] datetime datetimeoffset version uri switch scriptblock ordered regex
            Console Environment Exception ValueType IDictionary IEnumerable Generic.List[string]
            Stream MemoryStream StreamReader NamedPipeClientStream PipeDirection PipeOptions System.Diagnostics.Process System.Text.UTF8Encoding
            JsonDocument JsonDocumentOptions JsonElement JsonWriterOptions Utf8JsonWriter
            powershell runspacefactory InitialSessionState SessionStateVariableEntry SessionStateEntryVisibility CommandTypes
            PSDataCollection[psobject] PSDataStreams PSLanguageMode PSPropertyInfo PSThreadOptions
            ErrorRecord IContainsErrorRecord MethodInvocationException
            """));
        used.Members.ShouldBe(ScriptVocabulary.ReviewedWords(
            """
            [Console]::Error [Environment]::Exit [System.Diagnostics.Process]::GetCurrentProcess .Kill .GetType .ToString .Dispose .Name .Message
            [Generic.List[string]]::new .Add .Clear .Count .Key .Keys .GetEnumerator .Split .InnerException
            [NamedPipeClientStream]::new [PipeDirection]::In [PipeDirection]::InOut [PipeOptions]::CurrentUserOnly .Connect
            [MemoryStream]::new [StreamReader]::new [System.Text.UTF8Encoding]::new .ReadByte .ReadLine .WriteByte .WriteLine .WriteTo .Flush
            [JsonDocument]::Parse [JsonDocumentOptions]::new .RootElement .GetProperty .EnumerateArray
            .GetString .GetBoolean .GetInt32 .GetGuid .GetDateTimeOffset
            [Utf8JsonWriter]::new [JsonWriterOptions]::new .WriteStartObject .WriteEndObject .WriteStartArray .WriteEndArray .WritePropertyName
            .WriteString .WriteNumber .WriteStringValue .WriteNumberValue .WriteBooleanValue .WriteNullValue
            [regex]::Match .Success .Groups .Value
            [powershell]::Create .AddCommand .AddParameter .AddArgument .AddScript .Invoke .BeginInvoke .EndInvoke .AsyncWaitHandle .WaitOne
            [PSDataCollection[psobject]]::new .Complete .ReadAll
            .Streams .Error .Warning .Verbose .Debug .Information .Progress .MessageData .Activity .StatusDescription
            [InitialSessionState]::CreateDefault2 .ThreadOptions [PSThreadOptions]::ReuseThread .Variables [SessionStateVariableEntry]::new
            [runspacefactory]::CreateRunspace .Open .SessionStateProxy .InvokeCommand .GetCommands .Visibility [SessionStateEntryVisibility]::Private
            .Applications .Scripts .LanguageMode [PSLanguageMode]::NoLanguage
            [ErrorRecord]::new .ErrorRecord .ErrorDetails .Exception .CategoryInfo .Category .TargetName .FullyQualifiedErrorId
            .psobject .Properties .Version .PSVersion
            """));
        used.Syntax.ShouldBe(ScriptVocabulary.ReviewedWords(
            """
            ScriptBlock NamedBlock ParamBlock Parameter FunctionDefinition UsingStatement StatementBlock
            Pipeline Command CommandParameter CommandExpression ScriptBlockExpression
            AssignmentStatement IfStatement SwitchStatement ForStatement ForEachStatement WhileStatement DoUntilStatement
            TryStatement CatchClause ThrowStatement
            VariableExpression ConstantExpression StringConstantExpression ExpandableStringExpression ArrayExpression ArrayLiteral Hashtable
            ParenExpression SubExpression IndexExpression MemberExpression InvokeMemberExpression ConvertExpression TypeExpression TypeConstraint
            BinaryExpression UnaryExpression
            Equals And Or Not Is Ieq Ine Igt Ile Inotin Cnotin Plus Minus
            """));
    }

    /// <summary>Calls that turn an argument into code; script blocks in the script itself are code already.</summary>
    private static bool IsEvaluator(Ast node) =>
        node is InvokeMemberExpressionAst { Member: StringConstantExpressionAst member } call
        && Evaluators.Contains(member.Value)
        && call.Arguments is { Count: > 0 } arguments
        && arguments[0] is not ScriptBlockExpressionAst
        && !(call.Expression is TypeExpressionAst type && type.TypeName.Name is "powershell");
}
