namespace Luware.Portal.Tests.Deployment;

/// <summary>A document that is made of something else: stale, it fails a test; told to, the test renews it.</summary>
internal static class Document
{
    private const string RenewVariable = "PORTAL_RENEW_DOCUMENTS";
    private const string Renew = $"It is stale. Renew it: {RenewVariable}=1 dotnet run --project tests/Luware.Portal.Tests -- -namespace \"*Deployment\"";

    /// <summary>A part of a document that people write, between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
    public static void CheckTable(string file, string name, string table)
    {
        string begin = $"<!-- {name} -->\n", end = $"<!-- /{name} -->";
        string[] parts = RepositoryFile.Read(file).Split(begin);
        parts.Length.ShouldBe(2, $"{file} says once where the table begins: {begin}");
        var rest = parts[1].Split(end);
        rest.Length.ShouldBe(2, $"{file} says once where the table ends: {end}");
        Check(file, $"{parts[0]}{begin}{table}{end}{rest[1]}");
    }

    public static void Check(string file, string wanted)
    {
        var text = File.Exists(RepositoryFile.Path(file)) ? RepositoryFile.Read(file) : "";
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
            File.WriteAllText(RepositoryFile.Path(file), wanted);
        else
            text.ShouldBe(wanted, $"{file}: {Renew}");
    }
}
