using System.Net;
using System.Security.Cryptography;
using Luware.Portal.Operations;
using Luware.Portal.Tests.Doubles;
using Luware.TeamsPowerShell;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Portal.Tests.Operations;

public sealed class HealthTests
{
    [Theory]
    [InlineData(TeamsPoolState.Ready, HttpStatusCode.OK, "Healthy")]
    [InlineData(TeamsPoolState.Untried, HttpStatusCode.ServiceUnavailable, "Unhealthy: pool")]
    [InlineData(TeamsPoolState.Failing, HttpStatusCode.OK, "Degraded: pool")]
    public async Task A_portal_is_ready_once_a_worker_has_imported_the_module(TeamsPoolState state, HttpStatusCode status, string text)
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Services.GetRequiredService<FakePool>().State = state;

        (await AskAsync(portal, "/health/ready")).ShouldBe((status, text));
        (await AskAsync(portal, "/health/live")).ShouldBe((HttpStatusCode.OK, "Healthy"));
    }

    [Fact]
    public async Task A_portal_whose_database_does_not_answer_is_not_ready()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Stores.Fails = new IOException("disk I/O error");

        (await AskAsync(portal, "/health/ready")).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy: database"));
    }

    [Fact]
    public async Task A_portal_that_cannot_use_its_keys_is_not_ready()
    {
        await using var portal = await TestPortal.StartAsync(builder => builder.Services.AddSingleton<IDataProtectionProvider, LostKeys>());

        (await AskAsync(portal, "/health/ready")).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy: keys"));
    }

    [Fact]
    public async Task A_probe_gets_its_answer_although_the_database_that_holds_the_keys_stays_silent()
    {
        using var keys = new SilentKeys();
        await using var portal = await TestPortal.StartAsync(builder => builder.Services.AddSingleton<IKeyManager>(keys));
        keys.FallSilent();

        (await AskAsync(portal, "/health/ready").WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
            .ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy: keys"));
    }

    [Fact]
    public async Task While_a_reading_of_the_keys_is_held_up_no_other_one_begins()
    {
        using var keys = new SilentKeys();
        await using var portal = await TestPortal.StartAsync(builder => builder.Services.AddSingleton<IKeyManager>(keys));
        keys.FallSilent();
        var before = keys.Readings;

        for (var probe = 0; probe < 3; probe++)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Should.ThrowAsync<OperationCanceledException>(() =>
                portal.Services.GetRequiredService<KeyRingHealth>().CheckHealthAsync(new HealthCheckContext(), limit.Token));
        }

        await Until.TrueAsync(() => keys.Readings > before, "the reading has begun");
        keys.Readings.ShouldBe(before + 1);
    }

    [Fact]
    public async Task However_many_ask_the_database_is_asked_once_in_two_seconds()
    {
        var (checks, clock) = (new CountedChecks(), new FakeTimeProvider());
        using var readiness = new Readiness(checks, clock);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => readiness.AskAsync(default)));
        clock.Advance(TimeSpan.FromSeconds(1.9));
        await readiness.AskAsync(default);
        checks.Count.ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(0.1));
        await readiness.AskAsync(default);
        checks.Count.ShouldBe(2);
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(TestPortal portal, string path)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(portal.At(path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class CountedChecks : HealthCheckService
    {
        public int Count { get; private set; }

        public override async Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default)
        {
            Count++;
            await Task.Yield();
            return new HealthReport(new Dictionary<string, HealthReportEntry>(StringComparer.Ordinal), TimeSpan.Zero);
        }
    }

    private sealed class LostKeys : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => plaintext;

        public byte[] Unprotect(byte[] protectedData) => throw new CryptographicException("The key {…} was not found in the key ring.");
    }

    /// <summary>Keys in a database that answers until it falls silent, and from then on never again.</summary>
    private sealed class SilentKeys : IKeyManager, IDisposable
    {
        private readonly ManualResetEventSlim _answers = new(initialState: true);
        private int _readings;

        public int Readings => Volatile.Read(ref _readings);

        public void FallSilent() => _answers.Reset();

        public IReadOnlyCollection<IKey> GetAllKeys()
        {
            Interlocked.Increment(ref _readings);
            _answers.Wait();
            return [];
        }

        public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => throw new NotSupportedException();

        public void RevokeKey(Guid keyId, string? reason = null) => throw new NotSupportedException();

        public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => throw new NotSupportedException();

        public CancellationToken GetCacheExpirationToken() => CancellationToken.None;

        /// <summary>Lets the threads go that still ask.</summary>
        public void Dispose() => _answers.Set();
    }
}
