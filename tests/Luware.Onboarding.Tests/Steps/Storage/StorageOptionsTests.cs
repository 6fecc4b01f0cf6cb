using Luware.Onboarding.Steps;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Tests.Architecture;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Steps.Storage;

public sealed class StorageOptionsTests
{
    [Fact]
    public void The_settings_file_names_every_requirement_with_its_source()
    {
        var options = Read(new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.json")));

        options.Requirements.Keys.Order(StringComparer.Ordinal).ShouldBe(Enum.GetNames<StorageRequirement>().Order(StringComparer.Ordinal));
        Enum.GetValues<StorageRequirement>().ShouldAllBe(r => options.Requires(r) && options.LinkOf(r).StartsWith("https://", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Storage:Article", "help.luware.com", "Storage:Article is 'help.luware.com'")]
    [InlineData("Storage:SoftDeleteDays", "0", "Storage:SoftDeleteDays is 0")]
    [InlineData("Storage:Requirements:Tls:Required", "true", "Storage:Requirements:Tls is no requirement")]
    [InlineData("Storage:Requirements:MinimumTls:Link", "ftp://example.com", "Storage:Requirements:MinimumTls:Link is 'ftp://example.com'")]
    public void A_fault_names_its_key_and_what_to_do(string key, string value, string says)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.json"))
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>(key, value)]);

        var fault = Should.Throw<OptionsValidationException>(() => Read(settings)).Failures.ShouldHaveSingleItem();

        fault.ShouldStartWith(says);
    }

    private static StorageOptions Read(IConfigurationBuilder settings)
    {
        using var services = new ServiceCollection().AddOnboardingSteps(settings.Build()).BuildServiceProvider();
        return services.GetRequiredService<IOptions<StorageOptions>>().Value;
    }
}
