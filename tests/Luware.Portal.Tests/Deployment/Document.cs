namespace Luware.Portal.Tests.Deployment;

/// <summary>A document that is made of something else: stale, it fails a test; told to, the test renews it.</summary>
internal static class Document
{
    private const string RenewVariable = "PORTAL_RENEW_DOCUMENTS";
    private const string Renew = $"It is stale. Renew it: {RenewVariable}=1 dotnet run --project tests/Luware.Portal.Tests -- -namespace \"*Deployment\"";

    /// <param name="make">Given what the file holds now.</param>
    public static void Check(string file, Func<string, string> make)
    {
        var text = File.Exists(RepositoryFile.Path(file)) ? RepositoryFile.Read(file) : "";
        var wanted = make(text);
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
            File.WriteAllText(RepositoryFile.Path(file), wanted);
        else
            text.ShouldBe(wanted, $"{file}: {Renew}");
    }
}
