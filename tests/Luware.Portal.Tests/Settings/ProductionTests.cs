using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Settings;

/// <summary>What may start in Production and what may not.</summary>
public sealed class ProductionTests : IDisposable
{
    private const string Drawn = "Xk2~Qw9.zT4_mB7vLp1RcY8nHd3sGf6jKa5uEo0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("production-");
    private readonly DirectoryInfo _secrets;
    private readonly Dictionary<string, string?> _settings;

    public ProductionTests()
    {
        _secrets = _folder.CreateSubdirectory("secrets");
        var certificate = Path.Combine(_folder.FullName, "keys.pem");
        File.WriteAllText(certificate, MakeCertificate());
        _settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["environment"] = "Production",
            ["Portal:PublicAddress"] = "https://portal.contoso.com",
            ["Portal:Proxies:0"] = "10.0.0.0/8",
            ["Entra:ClientId"] = "6f2a1c1e-36d4-4a52-9d1f-2f4f6c0b8e11",
            ["DataProtection:CertificateFile"] = certificate,
            ["Audit:CurrentKey"] = "1",
            ["Secrets:Directory"] = _secrets.FullName,
            ["Database:ConnectionString"] = $"Data Source={Path.Combine(_folder.FullName, "portal.db")}",
            ["Regions:MTCH:Applications:0:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101",
            ["Regions:MTDE:Applications:0:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c102",
            ["Regions:MTDE:Applications:1:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c103",
        };
        WriteSecret("Entra:ClientSecret", Drawn);
        WriteSecret("Audit:Keys:1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    [Fact]
    public async Task With_its_own_addresses_secrets_and_certificate_a_portal_is_built()
    {
        await using var app = Build();

        app.Services.GetRequiredService<IOptions<PortalSettings>>().Value.IsHttps.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Portal:PublicAddress", "http://portal.contoso.com")]
    [InlineData("Portal:PublicAddress", "http://127.0.0.1:5000")]
    [InlineData("Portal:PublicAddress", "https://localhost:5001")]
    [InlineData("Entra:Instance", "http://127.0.0.1:5100")]
    [InlineData("Entra:TokenInstance", "https://localhost:5100")]
    [InlineData("Graph:BaseAddress", "http://127.0.0.1:5100/v1.0")]
    [InlineData("Azure:ResourceManager", "http://[::1]:5100/arm")]
    public void An_address_without_https_or_on_this_machine_is_refused(string key, string address) => ShouldBeRefused(key, address);

    [Fact]
    public void A_portal_that_is_never_told_that_people_came_by_https_is_refused() => ShouldBeRefused("Portal:Proxies:0", null);

    [Theory]
    [InlineData("Kestrel:Endpoints:Door:Url", "https://*:8443")]
    [InlineData("urls", "http://*:8080;https://*:8443")]
    [InlineData("https_ports", "8443")]
    public async Task A_portal_that_speaks_https_itself_needs_no_proxy(string key, string value)
    {
        _settings["Portal:Proxies:0"] = null;
        _settings[key] = value;

        await using var app = Build();
    }

    [Theory]
    [InlineData("sandbox-portal-secret")]
    [InlineData("change-me-before-going-live")]
    [InlineData("0123456789")]
    [InlineData("")]
    public void A_secret_that_anybody_could_guess_is_refused(string secret)
    {
        WriteSecret("Entra:ClientSecret", secret);

        ShouldBeRefused("Entra:ClientSecret");
    }

    public static TheoryData<string> GuessableKeys =>
    [
        Convert.ToBase64String(new byte[32]),
        Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 48)]),
        Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]),
        Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)(i % 16 * 13))]),
        Convert.ToBase64String("a passphrase that somebody typed"u8),
        Convert.ToBase64String(SHA256.HashData("sandbox"u8)),
        "change-me", "changemechangemechangemechangemechangemecha=", "",
    ];

    [Theory]
    [MemberData(nameof(GuessableKeys))]
    public void A_key_of_the_audit_that_nobody_has_drawn_is_refused_by_its_name(string key)
    {
        WriteSecret("Audit:Keys:1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        WriteSecret("Audit:Keys:2019", key);

        var line = Refuse().Message.Split('\n').Single(l => l.Contains("Audit:Keys:2019", StringComparison.Ordinal));

        line.ShouldContain("openssl rand -base64 32");
        if (key.Length > 0)
            line.ShouldNotContain(key);
    }

    [Fact]
    public async Task A_key_of_the_audit_that_was_drawn_is_taken()
    {
        for (var i = 0; i < 50; i++)
        {
            WriteSecret($"Audit:Keys:{i}", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32 + i)));
        }

        await using var app = Build();
    }

    [Theory]
    [InlineData("Entra:ClientSecret", Drawn)]
    [InlineData("DataProtection:CertificatePassword", Drawn)]
    [InlineData("DataProtection:DecryptionCertificates:0:Password", Drawn)]
    [InlineData("Audit:Keys:1", "NjC8ecA4xvQ5rE2yq0uB3bJ1w7p6o9s8d4f3g2h1j0k=")]
    [InlineData("Database:ConnectionString", "Server=sql.contoso.com;Database=portal;User Id=portal;Password=Xk2~Qw9.zT4_mB7v")]
    [InlineData("Database:ConnectionString", "Server=sql.contoso.com;Database=portal;UID=portal;PWD=Xk2~Qw9.zT4_mB7v")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "api-key=Xk2~Qw9.zT4_mB7v")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "api-key=Xk2~Qw9.zT4_mB7v")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "api-key=Xk2~Qw9.zT4_mB7v")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "api-key=Xk2~Qw9.zT4_mB7v")]
    [InlineData("Kestrel:Certificates:Default:Password", Drawn)]
    [InlineData("Kestrel:Endpoints:Https:Certificate:Password", Drawn)]
    public void A_secret_that_does_not_come_from_a_file_of_its_own_is_refused(string key, string value)
    {
        _settings[key] = value;

        var line = Refuse().Message.Split('\n').Single(l => l.Contains("is a secret"));

        line.ShouldContain($"{key} is a secret and comes from the command line.");
        line.ShouldContain($"a file {key.Replace(":", "__", StringComparison.Ordinal)} below Secrets:Directory ('{_secrets.FullName}')");
        line.ShouldNotContain(value);
    }

    [Fact]
    public void What_a_file_says_too_is_a_secret_in_the_environment_all_the_same()
    {
        // Of this test alone: the process belongs to the others, too.
        var prefix = $"T{Guid.NewGuid():N}_";
        Environment.SetEnvironmentVariable($"{prefix}Entra__ClientSecret", Drawn);

        var refusal = Should.Throw<SettingsException>(() => Build(builder => builder.Configuration.AddEnvironmentVariables(prefix)));

        refusal.Message.Split('\n').Skip(1).ShouldHaveSingleItem().ShouldContain("Entra:ClientSecret is a secret and comes from an environment variable.");
    }

    [Fact]
    public async Task Who_may_throw_a_switch_sets_nothing_else()
    {
        var switches = _folder.CreateSubdirectory("switches");
        _settings["Switches:Directory"] = switches.FullName;
        File.WriteAllText(Path.Combine(switches.FullName, "Entra__ClientSecret"), "of somebody else, and long enough");
        File.WriteAllText(Path.Combine(switches.FullName, "Audit__CurrentKey"), "2");
        File.WriteAllText(Path.Combine(switches.FullName, "Safety__NoWrites"), "");

        await using var app = Build();

        app.Configuration["Entra:ClientSecret"].ShouldBe(Drawn);
        app.Configuration["Audit:CurrentKey"].ShouldBe("1");
        app.Services.GetRequiredService<IOptionsMonitor<SafetyOptions>>().CurrentValue.WritesStopped.ShouldBeTrue();
    }

    [Fact]
    public void A_file_of_another_directory_is_no_place_for_a_secret()
    {
        var other = _folder.CreateSubdirectory("other");
        File.Move(SecretFile("Entra:ClientSecret"), Path.Combine(other.FullName, "Entra__ClientSecret"));

        var refusal = Should.Throw<SettingsException>(() => Build(builder => builder.Configuration.AddKeyPerFile(other.FullName, optional: false)));

        refusal.Message.ShouldContain("Entra:ClientSecret is a secret and comes from a file of another directory.");
    }

    [Theory]
    [InlineData("Secrets:Directory", "/nowhere/secrets")]
    [InlineData("Switches:Directory", "/nowhere/switches")]
    [InlineData("Switches:Directory", "switches")]
    public void A_directory_that_was_named_and_is_not_there_ends_the_start(string key, string directory)
    {
        _settings[key] = directory;

        Refuse().Message.ShouldContain($"{key} is '{directory}', which is no directory here.");
    }

    [Fact]
    public void A_settings_file_is_no_place_for_a_secret()
    {
        var file = Path.Combine(_folder.FullName, "more.json");
        File.WriteAllText(file, $$"""{ "Entra": { "ClientSecret": "{{Drawn}}" } }""");

        var refusal = Should.Throw<SettingsException>(() => Build(builder => builder.Configuration.AddJsonFile(file, optional: false)));

        refusal.Message.ShouldContain("Entra:ClientSecret is a secret and comes from more.json.");
    }

    [Fact]
    public async Task A_connection_string_without_a_password_may_be_read_by_anybody()
    {
        _settings["Database:Provider"] = "SqlServer";
        _settings["Database:ConnectionString"] = "Server=sql.contoso.com;Database=portal;Authentication=Active Directory Managed Identity;Encrypt=Strict";

        await using var app = Build();
    }

    [Theory]
    [InlineData("SqlServer", "Server=sql.contoso.com;Database=portal;Integrated Security=true;Encrypt=Optional")]
    [InlineData("SqlServer", "Server=tcp:sql.contoso.com,1433;Database=portal;Integrated Security=true;TrustServerCertificate=true")]
    [InlineData("PostgreSql", "Host=db.contoso.com;Database=portal;Username=portal")]
    [InlineData("PostgreSql", "Host=db.contoso.com;Database=portal;Username=portal;SSL Mode=Require")]
    [InlineData("PostgreSql", "Host=127.0.0.1,db.contoso.com;Database=portal;Username=portal;SSL Mode=Disable")]
    public async Task A_database_on_another_machine_that_is_not_checked_is_refused(string provider, string connection)
    {
        _settings["Database:Provider"] = provider;

        ShouldBeRefused("Database:ConnectionString", connection);

        _settings["Database:AllowUnprotected"] = "true";
        await using var app = Build();
    }

    [Theory]
    [InlineData("SqlServer", "Server=sql.contoso.com;Database=portal;Integrated Security=true")]
    [InlineData("SqlServer", "Server=localhost\\portal;Database=portal;Integrated Security=true;Encrypt=Optional")]
    [InlineData("PostgreSql", "Host=db.contoso.com;Database=portal;Username=portal;SSL Mode=VerifyFull")]
    [InlineData("PostgreSql", "Host=/var/run/postgresql;Database=portal;Username=portal")]
    [InlineData("PostgreSql", "Host=::1;Database=portal;Username=portal")]
    public async Task A_database_that_is_checked_or_on_this_machine_is_taken(string provider, string connection)
    {
        (_settings["Database:Provider"], _settings["Database:ConnectionString"]) = (provider, connection);

        await using var app = Build();
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "HEADERS")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "HEADERS")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "LOGS_HEADERS")]
    public async Task A_collectors_credentials_travel_in_clear_to_no_other_machine(string key, string headers)
    {
        WriteSecret($"OTEL_EXPORTER_OTLP_{headers}", $"api-key={Drawn}");

        ShouldBeRefused(key, "http://collector.contoso.com:4317");

        _settings[key] = "http://127.0.0.1:4317";
        await using var app = Build();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/keys.pfx")]
    public void Keys_that_would_lie_in_the_database_in_clear_are_refused(string certificate) => ShouldBeRefused("DataProtection:CertificateFile", certificate);

    [Fact]
    public async Task On_a_developers_machine_all_of_it_is_allowed()
    {
        _settings["environment"] = "Development";
        _settings["Portal:PublicAddress"] = _settings["Entra:Instance"] = _settings["Graph:BaseAddress"] = "http://127.0.0.1:5000";
        _settings["Entra:TokenInstance"] = "https://localhost:5000";
        _settings["Entra:ClientSecret"] = "secret";
        File.Delete(SecretFile("Entra:ClientSecret"));
        _settings["DataProtection:CertificateFile"] = null;

        await using var app = Build();
    }

    [Fact]
    public void No_refusal_repeats_the_secret()
    {
        WriteSecret("Entra:ClientSecret", "guessed-secret");

        Refuse().Message.ShouldNotContain("guessed-secret");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void ShouldBeRefused(string key, string? value)
    {
        _settings[key] = value;

        ShouldBeRefused(value is null ? key[..key.LastIndexOf(':')] : key);
    }

    private void ShouldBeRefused(string key)
    {
        var faults = Refuse().Message.Split('\n').Skip(1).ToList();
        faults.ShouldNotBeEmpty();
        faults.ShouldAllBe(line => line.Contains(key), "nothing else is wrong");
    }

    private SettingsException Refuse() => Should.Throw<SettingsException>(() => Build());

    private string SecretFile(string key) => Path.Combine(_secrets.FullName, key.Replace(":", "__", StringComparison.Ordinal));

    private void WriteSecret(string key, string value) => File.WriteAllText(SecretFile(key), value);

    private WebApplication Build(Action<WebApplicationBuilder>? configure = null) =>
        PortalApp.Build([.. _settings.Where(s => s.Value is not null).Select(s => $"--{s.Key}={s.Value}")], configure);

    private static string MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=portal keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
