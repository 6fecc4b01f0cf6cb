using System.Net;
using System.Security.Cryptography;
using Luware.Portal.Tests.Doubles;
using Luware.TeamsPowerShell;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

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

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(TestPortal portal, string path)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(portal.At(path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class LostKeys : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => plaintext;

        public byte[] Unprotect(byte[] protectedData) => throw new CryptographicException("The key {…} was not found in the key ring.");
    }
}
