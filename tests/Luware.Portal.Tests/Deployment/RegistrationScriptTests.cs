using System.Diagnostics;
using System.Text.Json;
using Luware.Onboarding.Tenants;
using Luware.Portal.SignIn;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.Portal.Tests.Deployment;

/// <summary>
/// deploy/register-apps.ps1 in a real PowerShell, before an Azure CLI and a Graph that the test plays: a function wins over a program and a cmdlet.
/// </summary>
public sealed class RegistrationScriptTests : IDisposable
{
    private const string PlayedAzure = """
        function Note($Line, $Body) { @{ line = $Line; body = "$Body" } | ConvertTo-Json -Compress | Add-Content -LiteralPath $env:SEEN }

        function az {
            $line = $args -join ' '
            $file = [array]::IndexOf($args, '--file')
            Note $line $(if ($file -ge 0) { Get-Content -Raw -LiteralPath $args[$file + 1] })
            $global:LASTEXITCODE = 0
            if ($line -match 'get-access-token') { @{ accessToken = 'token-of-the-administrator' } | ConvertTo-Json }
        }

        function Start-Sleep([int] $Seconds) { Note "sleep $Seconds" }

        # What was made shows only to whoever asks again.
        $asked = @{}
        function Invoke-RestMethod($Method, [uri] $Uri, $Authentication, [securestring] $Token, [hashtable] $Headers, $TimeoutSec, $Body, $ContentType, [switch] $SkipHttpErrorCheck, $StatusCodeVariable) {
            $line = "$Method $Uri $($Headers['Prefer'])".TrimEnd()
            Note $line $Body
            if ($Authentication -ne 'Bearer' -or ($Token | ConvertFrom-SecureString -AsPlainText) -ne 'token-of-the-administrator') { throw 'Nobody is signed in.' }
            $asked[$line]++
            $status = switch -Wildcard ($line) {
                'GET */applications(*' { if ($asked[$line] -lt 3) { 404 } else { 200 } }
                'POST */servicePrincipals' { if ($asked[$line] -lt 2) { 400 } else { 201 } }
                "*$env:REFUSED" { 403 }
                default { 200 }
            }
            Set-Variable -Name $StatusCodeVariable -Value $status -Scope 1
            if ($status -ge 400) { return [pscustomobject]@{ error = @{ code = "Status$status" } } }
            switch -Wildcard ($line) {
                "*appId eq '$env:CLIENT'" { return [pscustomobject]@{ value = @() } }
                '*appId eq *' {
                    $scopes = 'openid', 'profile', 'offline_access', 'User.Read', 'Directory.Read.All', 'Group.ReadWrite.All', 'user_impersonation' | ForEach-Object { [pscustomobject]@{ value = $_; id = "id of $_" } }
                    return [pscustomobject]@{ value = @([pscustomobject]@{ id = 'a-service'; displayName = $line; oauth2PermissionScopes = $scopes }) }
                }
                'POST */servicePrincipals' { return [pscustomobject]@{ id = 'the-principal' } }
                'GET */applications(*' { return [pscustomobject]@{ id = 'object'; appId = $env:CLIENT } }
                '*/organization' { return [pscustomobject]@{ value = @([pscustomobject]@{ id = 'the-tenant-id' }) } }
                '*/addPassword' { return [pscustomobject]@{ secretText = 'very-secret'; endDateTime = '2028-11-27T08:00:00.1234567Z' } }
            }
        }

        """;

    private const string Client = "0d9f5c1e-2b6a-4a8e-9c55-3f7f6a1b2c01", Graph = "https://graph.microsoft.com/v1.0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("registration-");

    private static readonly char[] _meantForTheShellOfWindows = [.. "()&|<>^%\"'"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_registers_what_the_portal_needs_and_shows_no_secret()
    {
        var (code, output) = await RunAsync("-PublicAddress https://portal.example.com -Vault vault");

        code.ShouldBe(0, output);
        output.ShouldContain(Client);
        output.ShouldContain("the-tenant-id");
        output.ShouldContain("the-principal");
        output.ShouldNotContain("very-secret");
        output.ShouldNotContain("token-of-the-administrator");
        var calls = Calls();
        calls.ShouldAllBe(c => !c.Line.Contains("very-secret") && !c.Line.Contains("token-of-the-administrator"));
        calls.Where(c => c.Line.StartsWith("account ", StringComparison.Ordinal) || c.Line.StartsWith("keyvault ", StringComparison.Ordinal))
            .ShouldAllBe(c => c.Line.IndexOfAny(_meantForTheShellOfWindows) < 0, "az is a batch file on Windows");
        calls.ShouldContain(c => c.Line.StartsWith("keyvault secret set --vault-name vault --name entra-client-secret --")
            && c.Line.Contains("--expires 2028-11-27T08:00:00Z") && c.Body == "very-secret");
        calls.ShouldContain(c => c.Line.Contains("--name entra-client-secret-expires ") && c.Body == "2028-11-27T08:00:00Z");

        var (_, body) = calls.Single(c => c.Line == $"PATCH {Graph}/applications(uniqueName='luware-portal') create-if-missing");
        var registration = JsonDocument.Parse(body).RootElement;
        registration.GetProperty("signInAudience").GetString().ShouldBe("AzureADMultipleOrgs");
        registration.GetProperty("groupMembershipClaims").GetString().ShouldBe("DirectoryRole");
        registration.GetProperty("appRoles").EnumerateArray().Select(r => r.GetProperty("value").GetString())
            .ShouldBe([Staff.SuccessSpecialist, Staff.PortalAdministrator]);
        registration.GetProperty("web").GetProperty("redirectUris").EnumerateArray().Select(u => u.GetString())
            .ShouldBe([$"https://portal.example.com{SignInPaths.Callback}", $"https://portal.example.com{SignInPaths.SignedOut}"]);
        registration.GetProperty("requiredResourceAccess").GetArrayLength().ShouldBe(4);
        body.ShouldContain("id of Group.ReadWrite.All");
    }

    [Fact]
    public async Task What_entra_does_not_know_yet_is_asked_for_again_and_a_secret_is_drawn_once()
    {
        (await RunAsync("-PublicAddress https://portal.example.com -Vault vault")).Code.ShouldBe(0);

        var lines = Calls().ConvertAll(c => c.Line);
        lines.Count(l => l == $"GET {Graph}/applications(uniqueName='luware-portal')").ShouldBe(3);
        lines.Count(l => l == $"POST {Graph}/servicePrincipals").ShouldBe(2);
        lines.Count(l => l == "sleep 5").ShouldBe(3);
        lines.Count(l => l == $"POST {Graph}/applications/object/addPassword").ShouldBe(1);
    }

    [Fact]
    public async Task What_graph_refuses_ends_it_with_graphs_own_word_and_is_not_asked_again()
    {
        var (code, output) = await RunAsync("-PublicAddress https://portal.example.com -Vault vault", refused: "/addPassword");

        code.ShouldNotBe(0);
        output.ShouldContain("Graph refused (403)");
        output.ShouldContain("Status403");
        var lines = Calls().ConvertAll(c => c.Line);
        lines.Count(l => l == $"POST {Graph}/applications/object/addPassword").ShouldBe(1);
        lines.ShouldNotContain(l => l.Contains("keyvault"));
    }

    [Theory]
    [InlineData("http://portal.example.com")]
    [InlineData("https://portal.example.com/portal")]
    public async Task An_address_that_the_portal_would_not_take_registers_nothing(string address)
    {
        var (code, output) = await RunAsync($"-PublicAddress {address}");

        code.ShouldNotBe(0);
        output.ShouldContain("Give the https address");
        Calls().ShouldBeEmpty();
    }

    private async Task<(int Code, string Output)> RunAsync(string arguments, string refused = "nothing")
    {
        Assert.SkipWhen(InstalledPowerShell.Program is null, InstalledPowerShell.Missing);
        var script = Path.Combine(_folder.FullName, "run.ps1");
        await File.WriteAllTextAsync(
            script, $"{PlayedAzure}& '{RepositoryFile.Path("deploy/register-apps.ps1")}' {arguments} | Format-List | Out-String -Width 200");
        var start = new ProcessStartInfo(InstalledPowerShell.Program!, ["-NoProfile", "-NonInteractive", "-File", script])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["CLIENT"], start.Environment["REFUSED"]) = (Client, refused);
        start.Environment["SEEN"] = Path.Combine(_folder.FullName, "seen");
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }

    private List<(string Line, string Body)> Calls() =>
        new FileInfo(Path.Combine(_folder.FullName, "seen")) is { Exists: true } seen
            ? [.. File.ReadLines(seen.FullName).Select(l => JsonDocument.Parse(l).RootElement)
                .Select(e => (e.GetProperty("line").GetString()!, e.GetProperty("body").GetString()!))]
            : [];
}
