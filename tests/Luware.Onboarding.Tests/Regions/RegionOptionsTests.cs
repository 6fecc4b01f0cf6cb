using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Tests.Architecture;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Regions;

public sealed class RegionOptionsTests
{
    private readonly Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Regions:MTCH:Name"] = "Multi-Tenant Switzerland",
        ["Regions:MTCH:Applications:0:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101",
        ["Regions:MTCH:Applications:0:DisplayName"] = "Luware Recording MTCH 1",
        ["Regions:MTCH:Applications:0:UserPrincipalNamePrefix"] = "luwarerecording-mtch-1",
        ["Regions:MTCH:Applications:0:ConsentRedirect"] = "Portal",
        ["Regions:MTDE:Name"] = "Multi-Tenant Germany",
        ["Regions:MTDE:Applications:0:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7d201",
        ["Regions:MTDE:Applications:0:DisplayName"] = "Luware Recording MTDE 1",
        ["Regions:MTDE:Applications:0:UserPrincipalNamePrefix"] = "luwarerecording-mtde-1",
        ["Regions:MTDE:Applications:1:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7d202",
        ["Regions:MTDE:Applications:1:DisplayName"] = "Luware Recording MTDE 2",
        ["Regions:MTDE:Applications:1:UserPrincipalNamePrefix"] = "luwarerecording-mtde-2",
        ["Regions:MTDE:Applications:1:ConsentRedirect"] = "https://luware.com",
    };

    [Fact]
    public void Regions_are_read_with_their_applications_in_order()
    {
        var catalog = Catalog();

        var germany = catalog.Find("mtde").ShouldNotBeNull();
        (germany.Key, germany.Name, germany.Is2N).ShouldBe(("MTDE", "Multi-Tenant Germany", true));
        germany.Applications.Select(a => (a.Number, a.DisplayName)).ShouldBe([(1, "Luware Recording MTDE 1"), (2, "Luware Recording MTDE 2")]);
        germany.Applications[0].ConsentRedirect.ShouldBeNull();
        germany.Applications[1].ConsentRedirect.ShouldBe(new Uri("https://luware.com"));
        catalog.Find("MTCH")!.Is2N.ShouldBeFalse();
        catalog.Find("MTUK").ShouldBeNull();
        catalog.All.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Regions:MTCH:Applications:0:ApplicationId", "", "is missing")]
    [InlineData("Regions:MTCH:Applications:0:ApplicationId", "mtch-1", "not an application id")]
    [InlineData("Regions:MTCH:Applications:0:ApplicationId", "00000000-0000-0000-0000-000000000000", "not an application id")]
    [InlineData("Regions:MTCH:Applications:0:ApplicationId", "0C6A9F1E-7D54-4B0B-8A39-5F2E61B7D201", "are the same")]
    [InlineData("Regions:MTCH:Applications:0:UserPrincipalNamePrefix", "luwarerecording-mtde-1", "are the same")]
    [InlineData("Regions:MTCH:Applications:0:UserPrincipalNamePrefix", "a@b", "lower-case letters")]
    [InlineData("Regions:MTCH:Applications:0:DisplayName", " ", "is missing")]
    [InlineData("Regions:MTCH:Applications:0:ConsentRedirect", "http://luware.com", "https address")]
    [InlineData("Regions:MTHC:Applications:0:ConsentRedirect", "Portal", "Regions:MTHC:Name is missing")]
    [InlineData("Regions:MTDE:Applications:2:DisplayName", "Luware Recording MTDE 3", "Regions:MTDE:Applications has 3 entries")]
    public void A_fault_names_its_key_and_what_to_do(string key, string value, string says)
    {
        settings[key] = value;

        var fault = Should.Throw<OptionsValidationException>(() => Catalog().All).Failures.First(f => f.Contains(says, StringComparison.Ordinal));

        fault.ShouldContain(key.Split(":Applications")[0]);
    }

    [Fact]
    public void Every_fault_is_listed_at_once()
    {
        settings["Regions:MTCH:Applications:0:ApplicationId"] = null;
        settings["Regions:MTDE:Applications:0:ApplicationId"] = "x";
        settings["Regions:MTDE:Name"] = null;

        Should.Throw<OptionsValidationException>(() => Catalog().All).Failures.Count().ShouldBe(3);
    }

    [Fact]
    public void No_region_at_all_is_a_fault()
    {
        settings.Clear();

        Should.Throw<OptionsValidationException>(() => Catalog().All).Message.ShouldContain("Regions is empty");
    }

    [Fact]
    public void The_settings_file_lacks_nothing_but_the_ids()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.json")).Build();

        var faults = Should.Throw<OptionsValidationException>(() => Catalog(file).All).Failures.ToList();

        faults.ShouldNotBeEmpty();
        faults.ShouldAllBe(f => f.Contains("ApplicationId is missing", StringComparison.Ordinal));
    }

    private IRegionCatalog Catalog() => Catalog(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    private static IRegionCatalog Catalog(IConfiguration configuration)
    {
        return new ServiceCollection().AddOnboardingSteps(configuration).BuildServiceProvider().GetRequiredService<IRegionCatalog>();
    }
}
