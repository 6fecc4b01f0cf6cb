using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Luware.Portal.Operations;
using Luware.Portal.Settings;
using Luware.Portal.Tests.Doubles;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Portal.Tests.Operations;

public sealed class CredentialWatchTests : IDisposable
{
    private const string Secret = "client secret", Certificate = "certificate of";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly LogBook _book = new();
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("credentials-");

    public void Dispose()
    {
        _services.Dispose();
        _book.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(29, true)]
    [InlineData(-5, true)]
    public void What_expires_is_named_from_a_month_before(int days, bool isNamed)
    {
        using var watch = Watch(Now.AddDays(days), MakeCertificate(days));

        watch.Look();

        _book.Text.Contains(Secret, StringComparison.Ordinal).ShouldBe(isNamed);
        _book.Text.Contains(Certificate, StringComparison.Ordinal).ShouldBe(isNamed);
    }

    [Fact]
    public async Task A_process_that_runs_for_months_names_it_too()
    {
        using var watch = Watch(Now.AddDays(40));
        await watch.StartAsync(default);

        await Until.TrueAsync(IsNamedOrADayGoesBy, "the secret that expires is named");

        (_clock.GetUtcNow() - Now).ShouldBeInRange(TimeSpan.FromDays(10), TimeSpan.FromDays(12), "neither too early nor long after");
    }

    [Fact]
    public void How_long_each_is_still_good_is_measured_as_time_goes_by()
    {
        using var watch = Watch(Now.AddDays(10), MakeCertificate(20));
        _clock.Advance(TimeSpan.FromDays(1));

        var measured = Measure();

        measured["client-secret"].ShouldBe(9, 0.01);
        measured["keys-certificate"].ShouldBe(19, 0.01);
    }

    [Theory]
    [InlineData("https://portal.contoso.com", true)]
    [InlineData("http://127.0.0.1:5000", false)]
    public void Where_nobody_has_said_when_the_secret_expires_that_is_said(string address, bool isNamed)
    {
        using var watch = Watch(null, address: address);

        watch.Look();

        _book.Text.Contains("Entra:ClientSecretExpires is not set", StringComparison.Ordinal).ShouldBe(isNamed);
        Measure().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://portal.contoso.com", false, true)]
    [InlineData("https://portal.contoso.com", true, false)]
    [InlineData("http://127.0.0.1:5000", false, false)]
    public void Where_the_keys_lie_in_the_database_in_clear_that_is_said(string address, bool hasCertificate, bool isNamed)
    {
        using var watch = Watch(Now.AddDays(90), hasCertificate ? MakeCertificate(90) : null, address);

        watch.Look();

        _book.Text.Contains("lie in the database in clear", StringComparison.Ordinal).ShouldBe(isNamed);
    }

    private CredentialWatch Watch(DateTimeOffset? secretExpires, string? certificate = null, string address = "https://portal.contoso.com") => new(
        _services.GetRequiredService<IMeterFactory>(), Options.Create(new EntraSettings { ClientSecretExpires = secretExpires }),
        Options.Create(new DataProtectionSettings { CertificateFile = certificate }),
        Options.Create(new PortalSettings { PublicAddress = address }), _clock, _book.For<CredentialWatch>());

    private bool IsNamedOrADayGoesBy()
    {
        if (_book.Text.Contains(Secret, StringComparison.Ordinal))
            return true;
        _clock.Advance(TimeSpan.FromDays(1));
        return false;
    }

    private Dictionary<string, double> Measure()
    {
        var measured = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, itself) =>
        {
            if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                itself.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => measured[$"{tags[0].Value}"] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }

    private string MakeCertificate(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=portal keys", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-30), Now.AddDays(days));
        var file = Path.Combine(_folder.FullName, "keys.pfx");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12));
        return file;
    }
}
