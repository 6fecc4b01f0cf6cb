using System.Diagnostics;
using System.Text.Json;
using Luware.Onboarding.Tenants;
using Luware.Portal.SignIn;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.Portal.Tests.Deployment;

/// <summary>deploy/register-apps.ps1 in a real PowerShell, before an Azure CLI that the test plays: a function wins over a program.</summary>
public sealed class RegistrationScriptTests : IDisposable
{
    private const string PlayedAzure = """
        function az {
            $line = $args -join ' '
            $body = ''
            for ($i = 0; $i -lt $args.Count; $i++) {
                if ($args[$i] -in '--body', '--file') { $body = Get-Content -Raw -LiteralPath ("$($args[$i + 1])".TrimStart('@')) }
            }
            @{ line = $line; body = $body } | ConvertTo-Json -Compress | Add-Content -LiteralPath $env:SEEN
            $global:LASTEXITCODE = 0
            if ($line -match "appId eq '(?<id>[0-9a-f-]+)'") {
                $scopes = 'openid', 'profile', 'offline_access', 'User.Read', 'Directory.Read.All', 'Group.ReadWrite.All', 'user_impersonation' | ForEach-Object { @{ value = $_; id = "id of $_" } }
                @{ value = @(@{ id = 'principal'; displayName = $Matches.id; oauth2PermissionScopes = $scopes }) } | ConvertTo-Json -Depth 5
            }
            elseif ($line -match '--method GET .*/applications') { @{ id = 'object'; appId = '0d9f5c1e-2b6a-4a8e-9c55-3f7f6a1b2c01' } | ConvertTo-Json }
            elseif ($line -match '/organization') { @{ value = @(@{ id = 'the-tenant-id' }) } | ConvertTo-Json }
            elseif ($line -match 'addPassword') { @{ secretText = 'very-secret'; endDateTime = '2028-11-27T08:00:00.1234567Z' } | ConvertTo-Json }
        }

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("registration-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_registers_what_the_portal_needs_and_shows_no_secret()
    {
        var (code, output) = await RunAsync("-PublicAddress https://portal.example.com -Vault vault");

        code.ShouldBe(0, output);
        output.ShouldContain("0d9f5c1e-2b6a-4a8e-9c55-3f7f6a1b2c01");
        output.ShouldContain("the-tenant-id");
        output.ShouldNotContain("very-secret");
        var calls = Calls();
        calls.ShouldAllBe(c => !c.Line.Contains("very-secret"));
        calls.ShouldContain(c => c.Line.StartsWith("keyvault secret set --vault-name vault --name entra-client-secret --") && c.Line.Contains("--expires 2028-11-27T08:00:00Z") && c.Body == "very-secret");
        calls.ShouldContain(c => c.Line.Contains("--name entra-client-secret-expires ") && c.Body == "2028-11-27T08:00:00Z");

        var (_, body) = calls.Single(c => c.Line.Contains("--method PATCH"));
        var registration = JsonDocument.Parse(body).RootElement;
        registration.GetProperty("signInAudience").GetString().ShouldBe("AzureADMultipleOrgs");
        registration.GetProperty("groupMembershipClaims").GetString().ShouldBe("DirectoryRole");
        registration.GetProperty("appRoles").EnumerateArray().Select(r => r.GetProperty("value").GetString()).ShouldBe([Staff.SuccessSpecialist, Staff.PortalAdministrator]);
        registration.GetProperty("web").GetProperty("redirectUris").EnumerateArray().Select(u => u.GetString())
            .ShouldBe([$"https://portal.example.com{SignInPaths.Callback}", $"https://portal.example.com{SignInPaths.SignedOut}"]);
        registration.GetProperty("requiredResourceAccess").GetArrayLength().ShouldBe(4);
        body.ShouldContain("id of Group.ReadWrite.All");
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

    private async Task<(int Code, string Output)> RunAsync(string arguments)
    {
        Assert.SkipWhen(InstalledPowerShell.Program is null, InstalledPowerShell.Missing);
        var script = Path.Combine(_folder.FullName, "run.ps1");
        await File.WriteAllTextAsync(script, $"{PlayedAzure}& '{RepositoryFile.Path("deploy/register-apps.ps1")}' {arguments} | Format-List | Out-String -Width 200");
        var start = new ProcessStartInfo(InstalledPowerShell.Program!, ["-NoProfile", "-NonInteractive", "-File", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SEEN"] = Path.Combine(_folder.FullName, "seen");
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }

    private List<(string Line, string Body)> Calls() =>
        new FileInfo(Path.Combine(_folder.FullName, "seen")) is { Exists: true } seen
            ? [.. File.ReadLines(seen.FullName).Select(l => JsonDocument.Parse(l).RootElement).Select(e => (e.GetProperty("line").GetString()!, e.GetProperty("body").GetString()!))]
            : [];
}
