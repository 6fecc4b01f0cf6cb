using System.Diagnostics.Metrics;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>
/// Warns once a day before the client secret or the key certificate expires, or if a portal on https has no certificate or does not know when the secret
/// expires, and reports the days left as a metric.
/// </summary>
/// <remarks>The secret's expiry comes from the settings: the secret does not contain it, and the portal has no right to ask Entra.</remarks>
internal sealed partial class CredentialWatch : BackgroundService
{
    private const string MeterName = "Luware.Portal.Credentials";

    private static readonly TimeSpan Notice = TimeSpan.FromDays(30), Every = TimeSpan.FromDays(1);

    private readonly List<Credential> _credentials = [];
    private readonly bool _isSecretUnknown;
    private readonly bool _areKeysInClear;
    private readonly TimeProvider _time;
    private readonly ILogger<CredentialWatch> _logger;

    public CredentialWatch(
        IMeterFactory meters, IOptions<EntraSettings> entra, IOptions<DataProtectionSettings> protection, IOptions<PortalSettings> portal, TimeProvider time,
        ILogger<CredentialWatch> logger)
    {
        (_time, _logger) = (time, logger);
        if (entra.Value.ClientSecretExpires is { } end)
            _credentials.Add(new Credential("client-secret", end, Log.SecretExpires));
        _isSecretUnknown = _credentials.Count == 0 && portal.Value.IsHttps;
        using var certificate = protection.Value.Certificate.Load();
        _areKeysInClear = certificate is null && portal.Value.IsHttps;
        if (certificate is not null)
            _credentials.Add(new Credential("keys-certificate", new DateTimeOffset(certificate.NotAfter), Log.CertificateExpires));
        meters.Create(MeterName).CreateObservableGauge(
            "portal.credential.days_left", Measure, "d", "For how many days a credential of the portal's own is still good.");
    }

    public void Look()
    {
        if (_isSecretUnknown)
            Log.SecretUnknown(_logger);
        if (_areKeysInClear)
            Log.KeysInClear(_logger);
        foreach (var credential in _credentials.Where(c => Left(c) < Notice))
            credential.Warn(_logger, credential.End);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends without an exception: a host that ends because it could not start would report that as the failure of this service.
        using var timer = new PeriodicTimer(Every, _time);
        await using var end = stoppingToken.Register(timer.Dispose);
        do
        {
            Look();
        }
        while (await timer.WaitForNextTickAsync(CancellationToken.None));
    }

    private IEnumerable<Measurement<double>> Measure() =>
        _credentials.Select(c => new Measurement<double>(Left(c).TotalDays, new KeyValuePair<string, object?>("credential", c.Name)));

    private TimeSpan Left(Credential credential) => credential.End - _time.GetUtcNow();

    private sealed record Credential(string Name, DateTimeOffset End, Action<ILogger, DateTimeOffset> Warn);

    private static partial class Log
    {
        [LoggerMessage(3040, LogLevel.Warning, "DataProtection:CertificateFile is not set: the keys of sessions and tokens lie in the database in clear.")]
        public static partial void KeysInClear(ILogger logger);

        [LoggerMessage(3041, LogLevel.Warning, "The certificate of DataProtection:CertificateFile expires at {NotAfter:u}: change it before.")]
        public static partial void CertificateExpires(ILogger logger, DateTimeOffset notAfter);

        [LoggerMessage(3042, LogLevel.Warning, "The client secret of Entra:ClientSecret expires at {End:u}: change it before, or nobody signs in any more.")]
        public static partial void SecretExpires(ILogger logger, DateTimeOffset end);

        [LoggerMessage(3043, LogLevel.Warning, "Entra:ClientSecretExpires is not set: nobody is told before the client secret expires.")]
        public static partial void SecretUnknown(ILogger logger);
    }
}
