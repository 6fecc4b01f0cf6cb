using System.Diagnostics;
using Luware.Portal.Settings;

namespace Luware.Portal.Tests.Settings;

public sealed class SettingsTests
{
    [Fact]
    public async Task A_portal_without_settings_names_every_one_that_it_needs_and_ends()
    {
        var (code, errors) = await StartAsync();

        code.ShouldBe(1);
        string[] keys =
        [
            "Portal:PublicAddress", "Entra:ClientId", "Entra:ClientSecret", "Audit:CurrentKey",
            "Regions:MTCH:Applications:0:ApplicationId", "Regions:MTDE:Applications:1:ApplicationId",
        ];
        foreach (var key in keys)
            errors.ShouldContain(key);
        errors.ShouldNotContain("   at ");
        errors.ShouldNotContain("Unhandled exception");
    }

    [Fact]
    public async Task Values_that_cannot_be_read_are_faults_among_the_others()
    {
        var (code, errors) = await StartAsync(
            "--Sessions:Recheck=soon", "--Graph:Retries=many", "--Portal:PublicAddress=http://portal.example.com", "--Entra:GraphScopes:0=a b",
            "--Portal:Proxies:0=nowhere", "--Teams:MaxWorkers=0", "--Engine:ParallelRuns=many", "--DataProtection:CertificateFile=/nowhere/key.pfx",
            "--Azure:ResourceManager=http://management.azure.com", "--Azure:BlobSuffixes:0=windows", "--Entra:BlobScope=user_impersonation",
            "--Storage:Article=", "--Storage:Requirements:Tls:Required=true", "--Regions:MTCH:StorageLocations:0=Switzerland North",
            "--Audit:CurrentKey=now", "--Audit:Keys:now=short", "--Audit:AnchorEvery=00:00:01");

        code.ShouldBe(1);
        string[] keys =
        [
            "Sessions:Recheck", "Graph:Retries", "Portal:PublicAddress", "Entra:GraphScopes", "Portal:Proxies", "Teams:MaxWorkers", "Engine:ParallelRuns",
            "DataProtection:CertificateFile", "Azure:ResourceManager", "Azure:BlobSuffixes", "Entra:BlobScope", "Storage:Article", "Storage:Requirements:Tls",
            "Regions:MTCH:StorageLocations", "Audit:Keys:now", "Audit:AnchorEvery",
        ];
        foreach (var key in keys)
            errors.ShouldContain(key);
        errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("https://portal.example.com", true)]
    [InlineData("https://portal.example.com/", true)]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://portal.example.com", false)]
    [InlineData("https://portal.example.com/portal", false)]
    [InlineData("portal.example.com", false)]
    [InlineData("ftp://portal.example.com", false)]
    [InlineData("https://portal.xn--bcher-kva.example", true)]
    [InlineData("https://portal.bücher.example", false)]
    [InlineData("", false)]
    public void The_public_address_is_https_at_the_root(string address, bool good) =>
        (!new PortalSettings { PublicAddress = address }.Faults().Any()).ShouldBe(good);

    [Fact]
    public void A_public_address_is_given_as_browsers_send_it() =>
        new PortalSettings { PublicAddress = "https://portal.bücher.example" }.Faults().Single().ShouldEndWith("portal.xn--bcher-kva.example.");

    [Fact]
    public void Addresses_are_built_from_the_public_address_alone() =>
        new PortalSettings { PublicAddress = "https://portal.example.com/" }.At("/consent/landing").AbsoluteUri
            .ShouldBe("https://portal.example.com/consent/landing");

    [Theory]
    [InlineData("48ac35b8-9aa8-4d74-927d-1f4a14a0b239/user_impersonation", true)]
    [InlineData("48ac35b8-9aa8-4d74-927d-1f4a14a0b239/.default", false)]
    [InlineData("user_impersonation", false)]
    [InlineData(null, false)]
    public void The_teams_scope_is_asked_for_by_name(string? scope, bool good)
    {
        var settings = new EntraSettings
        {
            Instance = "https://login.microsoftonline.com", ClientId = Guid.NewGuid().ToString(), ClientSecret = "x", TeamsScope = scope,
        };
        settings.GraphScopes.Add("Directory.Read.All");

        (!settings.Faults().Any()).ShouldBe(good);
    }

    [Fact]
    public void No_fault_repeats_a_secret()
    {
        var faults = new EntraSettings { ClientSecret = "very-secret" }.Faults()
            .Concat(new DataProtectionSettings { CertificateFile = "/nowhere", CertificatePassword = "very-secret" }.Faults());

        faults.ShouldAllBe(f => !f.Contains("very-secret"));
    }

    private static async Task<(int Code, string Errors)> StartAsync(params string[] arguments)
    {
        var portal = typeof(PortalApp).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [portal, .. arguments])
        {
            UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await errors + await output);
    }
}
