using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Engine;

public sealed class SettingsTests
{
    [Fact]
    public async Task Every_fault_of_the_settings_is_said_at_start_with_its_key()
    {
        var start = EngineHost.StartAsync(
            new FakeWorld(), settings:
            [
                ("Engine:FirstPoll", "00:00:00"), ("Engine:QuickRetries", "9"), ("Consent:StateLifetime", "00:00:01"), ("Colleagues:LinkLifetime", "00:00:01"),
                ("Customers:0:Region", "MTXX"), ("Customers:1:TenantId", "contoso"), ("Customers:2:TenantId", $"{EngineHost.Tenant}"),
            ]);

        var error = await Should.ThrowAsync<Exception>(start);
        var faults = (error is AggregateException all ? all.InnerExceptions : [error]).OfType<OptionsValidationException>().SelectMany(e => e.Failures).ToList();

        faults.ShouldContain(f => f.StartsWith("Engine:FirstPoll is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Engine:QuickRetries is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Consent:StateLifetime is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Colleagues:LinkLifetime is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Customers:0:Region is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Customers:1:TenantId is \"contoso\"", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Customers:1:Name is missing", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Customers:2:TenantId is 1111", StringComparison.Ordinal));
    }
}
