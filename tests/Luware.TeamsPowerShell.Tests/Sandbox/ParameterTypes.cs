namespace Luware.TeamsPowerShell.Tests.Sandbox;

/// <summary>Maps the parameter types of the reference pages to those of the stand-in module.</summary>
internal static class ParameterTypes
{
    /// <summary>The module's own types, which a script cannot declare, with their stand-ins.</summary>
    public static readonly IReadOnlyDictionary<string, string> StandIns = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["XdsIdentity"] = "string", ["UserIdParameter"] = "string", ["OUIdParameter"] = "string", ["Fqdn"] = "string",
        ["Unlimited"] = "string", ["LogLevel"] = "string",
        ["PSCredential"] = "pscredential", ["X509Certificate2"] = "System.Security.Cryptography.X509Certificates.X509Certificate2", ["Uri"] = "uri",
        ["PSObject"] = "psobject", ["IIc3AdminConfigRpPolicyIdentity"] = "psobject", ["SendAsyncStep[]"] = "object[]",
    };

    private static readonly Dictionary<string, string> Net = new(StringComparer.Ordinal)
    {
        ["string"] = "String", ["string[]"] = "String[]", ["guid"] = "Guid", ["int"] = "Int32", ["uint32"] = "UInt32",
        ["bool"] = "Boolean", ["switch"] = "SwitchParameter",
        ["pscredential"] = "PSCredential", ["System.Security.Cryptography.X509Certificates.X509Certificate2"] = "X509Certificate2", ["uri"] = "Uri",
        ["psobject"] = "PSObject", ["object[]"] = "Object[]",
    };

    /// <summary>The name of the .NET type of a documented type, or of its stand-in.</summary>
    public static string Of(string documented)
    {
        var type = StandIns.GetValueOrDefault(documented, documented);
        return Net.GetValueOrDefault(type, type);
    }
}
