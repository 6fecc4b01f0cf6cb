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
                ("Staff:TenantId", "luware"), ("Invitations:Lifetime", "00:00:01"), ("Packages:Standard:MostGroups", "2"), ("Packages:Large:MostGroups", "20"),
            ]);

        var error = await Should.ThrowAsync<Exception>(start);
        var faults = (error is AggregateException all ? all.InnerExceptions : [error])
            .OfType<OptionsValidationException>().SelectMany(e => e.Failures).ToList();

        faults.ShouldContain(f => f.StartsWith("Engine:FirstPoll is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Engine:QuickRetries is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Consent:StateLifetime is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Colleagues:LinkLifetime is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Staff:TenantId is \"luware\"", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Invitations:Lifetime is", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Packages:Standard:MostGroups is 2.", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Packages:Large:Name is missing.", StringComparison.Ordinal));
    }
}
