using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Tenants;

namespace Luware.Onboarding.Tests.Steps.SecurityGroups;

public sealed class SecurityGroupsOptionsTests
{
    [Fact]
    public void The_defaults_are_good() => new SecurityGroupsOptions().Faults().ShouldBeEmpty();

    [Theory]
    [InlineData(2)]
    [InlineData(65)]
    public void Every_fault_is_named_with_its_key(int most)
    {
        var options = new SecurityGroupsOptions { MostGroups = most, RecordingLicences = { "SPE_E5", "" } };

        var failures = options.Faults().ToList();

        failures.Count.ShouldBe(2);
        failures[0].ShouldStartWith($"SecurityGroups:MostGroups is {most}.");
        failures[1].ShouldStartWith("SecurityGroups:RecordingLicences");
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_package_has_the_same_bounds_in_the_same_words(int most, bool isGood)
    {
        var unknown = new SecurityGroupsOptions { MostGroups = most }.Faults().SingleOrDefault();
        var package = new PackageOptions { Packages = { ["Large"] = new PackageSettings { Name = "Large", MostGroups = most } } }.Faults().SingleOrDefault();

        (unknown is null, package).ShouldBe((isGood, unknown?.Replace("SecurityGroups:", "Packages:Large:", StringComparison.Ordinal)));
    }
}
