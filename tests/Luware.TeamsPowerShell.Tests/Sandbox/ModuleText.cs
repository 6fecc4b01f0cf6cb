using System.Management.Automation.Language;

namespace Luware.TeamsPowerShell.Tests.Sandbox;

/// <summary>The stand-in module as PowerShell's own parser reads it.</summary>
internal static class ModuleText
{
    public static readonly string Manifest = Path.Combine(AppContext.BaseDirectory, "Module", "MicrosoftTeams", "MicrosoftTeams.psd1");

    private static readonly ScriptBlockAst Script = Parse(Path.ChangeExtension(Manifest, ".psm1"));

    public static IReadOnlyList<string> Exported { get; } =
        [.. Parse(Manifest).FindAll(n => n is StringConstantExpressionAst text && text.Value.Contains('-'), true)
            .Select(n => ((StringConstantExpressionAst)n).Value)
            .Where(name => Script.Find(n => n is FunctionDefinitionAst f && f.Name == name, true) is not null)];

    public static CmdletFacts Read(string cmdlet, CmdletFacts wanted)
    {
        var function = (FunctionDefinitionAst)Script.Find(n => n is FunctionDefinitionAst f && f.Name == cmdlet, searchNestedScriptBlocks: true);
        var binding = Attributes(function.Body.ParamBlock.Attributes, "CmdletBinding").Single();
        var parameters = function.Body.ParamBlock.Parameters;
        var sets = wanted.Sets.Select(set => new ParameterSetFacts(
            set.Name,
            [.. parameters.Select(p => Read(p, set.Name, wanted)).OfType<ParameterFacts>()],
            Text(binding, "DefaultParameterSetName") == set.Name));
        return new CmdletFacts(cmdlet, Argument(binding, "SupportsShouldProcess") is not null, [.. sets]);
    }

    /// <summary>The parameter within the set; null if the set does not contain it.</summary>
    private static ParameterFacts? Read(ParameterAst parameter, string set, CmdletFacts wanted)
    {
        var attributes = Attributes(parameter.Attributes, "Parameter").ToList();
        var own = attributes.Find(a => Text(a, "ParameterSetName") is null || Text(a, "ParameterSetName") == set);
        if (own is null && attributes.Count > 0)
            return null;
        var name = parameter.Name.VariablePath.UserPath;
        var type = parameter.Attributes.OfType<TypeConstraintAst>().Single().TypeName.FullName;
        var position = own is null ? null : (int?)(Argument(own, "Position")?.Argument as ConstantExpressionAst)?.Value;
        return new ParameterFacts(name, Translate(name, type, wanted), own is not null && Argument(own, "Mandatory") is not null, position);
    }

    /// <summary>The type on the reference page, if this one may stand in for it.</summary>
    private static string Translate(string name, string type, CmdletFacts wanted)
    {
        var documented = wanted.Sets.SelectMany(s => s.Parameters).FirstOrDefault(p => p.Name == name)?.Type ?? "";
        return ParameterTypes.StandIns.GetValueOrDefault(documented) == type ? documented : type;
    }

    private static IEnumerable<AttributeAst> Attributes(IEnumerable<AttributeBaseAst> attributes, string name) =>
        attributes.OfType<AttributeAst>().Where(a => a.TypeName.Name == name);

    private static NamedAttributeArgumentAst? Argument(AttributeAst attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.ArgumentName == name);

    private static string? Text(AttributeAst attribute, string name) => (Argument(attribute, name)?.Argument as StringConstantExpressionAst)?.Value;

    private static ScriptBlockAst Parse(string path)
    {
        var script = Parser.ParseFile(path, out _, out var errors);
        errors.ShouldBeEmpty();
        return script;
    }
}
