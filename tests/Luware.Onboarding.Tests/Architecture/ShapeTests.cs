using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Luware.Onboarding.Engine;
using Luware.Portal;
using Luware.TeamsPowerShell;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tests.Architecture;

/// <summary>Rules about the shape of the source: sealed classes, generated logs, sizes, folders of steps.</summary>
public sealed partial class ShapeTests
{
    [Fact]
    public void Every_concrete_class_is_sealed() =>
        Ours().Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false } && t.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Where(t => !t.IsAssignableTo(typeof(ComponentBase)) && t.Name != "_Imports"
                && t.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) != true
                && t.Namespace?.StartsWith("Luware.", StringComparison.Ordinal) == true)
            .Where(t => !IsInherited(t))
            .Select(t => t.FullName).ShouldBeEmpty();

    [Fact]
    public void Every_log_call_is_generated() =>
        Offences("*.cs", LogCall()).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_put_off_or_folded_away() =>
        Offences("*.cs", PutOff()).Concat(Offences("*.razor", PutOff())).ShouldBeEmpty();

    [Theory]
    [InlineData("*.cs", 300)]
    [InlineData("*.razor", 150)]
    [InlineData("*.razor.cs", 180)]
    public void Files_stay_small(string pattern, int limit) =>
        Repository.Files("src", pattern).Select(path => (path, Lines: Repository.Lines(path).Length)).Where(f => f.Lines > limit).ShouldBeEmpty();

    /// <summary>More of it is a class, and stands in a file of its own.</summary>
    [Fact]
    public void Code_in_markup_stays_short() =>
        Repository.Files("src", "*.razor").Select(path => (path, Lines: CodeLines(path))).Where(f => f.Lines > 25).ShouldBeEmpty();

    [Fact]
    public void No_text_for_people_stands_in_markup() =>
        Repository.Files("src/Luware.Onboarding", "*.razor").Concat(Repository.Files("src/Luware.Portal", "*.razor"))
            .SelectMany(path => Literals(Repository.Lines(path)), (path, text) => $"{path}: {text}").ShouldBeEmpty();

    [Theory]
    [InlineData("<p>Approve the plan</p>", "Approve the plan")]
    [InlineData("<a title=\"Approve\">@Say[\"Plan\"]</a>", "Approve")]
    [InlineData("<p>Hello @name</p>", "Hello …")]
    [InlineData("<p>@Say[\"Plan\", Names[0]] now</p>", "… now")]
    [InlineData("<p>@(Is<Guid>(id) ? a : b) @* a comment *@ <code>PDF</code></p>", null)]
    public void Text_in_markup_would_be_found(string markup, string? text) => Literals([markup]).FirstOrDefault().ShouldBe(text);

    /// <summary>Records carry data and are left out; a class that needs more has more than one subject.</summary>
    [Fact]
    public void No_class_depends_on_more_than_ten_things() =>
        Ours().Where(t => t.IsClass && t.Namespace is not null && t.GetMethod("<Clone>$") is null)
            .SelectMany(
                t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
                (t, c) => (t.FullName, c.GetParameters().Length))
            .Where(c => c.Length > 10).ShouldBeEmpty();

    [Fact]
    public void A_step_is_one_folder_with_its_choices_and_its_tests()
    {
        var catalog = File.ReadAllText(Path.Combine(Repository.Root, "src/Luware.Onboarding/Steps/StepCatalog.cs"));
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src/Luware.Onboarding/Steps")).Select(Path.GetFileName).ToList();
        folders.ShouldNotBeEmpty();
        foreach (var step in folders)
        {
            Repository.Files($"src/Luware.Onboarding/Steps/{step}", "*Step.cs").Count().ShouldBe(1, step);
            Repository.Files($"src/Luware.Onboarding/Steps/{step}", "*Choices.razor").Count().ShouldBeLessThanOrEqualTo(1, step);
            Repository.Files($"src/Luware.Onboarding/Steps/{step}", "*Refusals.cs").Count().ShouldBe(1, step);
            Repository.Files($"tests/Luware.Onboarding.Tests/Steps/{step}", "*Tests.cs").ShouldNotBeEmpty();
            catalog.ShouldContain($"{step}Step");
        }
    }

    private static IEnumerable<Type> Ours() =>
        new[] { typeof(IStep).Assembly, typeof(PortalApp).Assembly, typeof(TeamsCommand).Assembly, typeof(Luware.Portal.Sandbox.World.SandboxWorld).Assembly }
            .SelectMany(a => a.GetTypes());

    private static bool IsInherited(Type type) => type.Assembly.GetTypes().Any(t => t.BaseType == type);

    private static int CodeLines(string path) => Repository.Lines(path).SkipWhile(line => line != "@code {").Skip(1).SkipLast(1).Count();

    private static IEnumerable<string> Offences(string pattern, Regex offence) =>
        from path in Repository.Files("src", pattern)
        from line in Repository.Lines(path).Select((text, index) => (text, number: index + 1))
        where offence.IsMatch(line.text)
        select $"{path}:{line.number}";

    /// <summary>Words between tags and in attributes that people read, except those that are the same in every language.</summary>
    private static IEnumerable<string> Literals(IEnumerable<string> lines)
    {
        var markup = string.Join('\n', lines.TakeWhile(line => line != "@code {").Where(line => !Directive().IsMatch(line)));
        return Literal().Matches(Expression().Replace(Comment().Replace(markup, ""), "…")).Select(m => m.Groups["text"].Value.Trim())
            .Where(text => Word().Matches(text).Any(w => w.Value is not ("Luware" or "Portal" or "PDF" or "CSV" or "JSON")));
    }

    [GeneratedRegex(@"^@(inject|inherits|implements|typeparam) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Directive();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Comment();

    /// <summary>A value within the text; what has parentheses or braces ends the text anyway.</summary>
    [GeneratedRegex(@"@[A-Za-z_][\w.]*(\[([^\[\]]|\[[^\]]*\])*\])?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Expression();

    [GeneratedRegex("""(>(?<text>[^<>@{}()=;"]*)<)|((title|alt|placeholder|aria-label)="(?<text>[^"@()]*)")""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\p{L}{3,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LogCall();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|^\s*#region|NotImplementedException", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PutOff();
}
