using Luware.Onboarding.Steps.SecurityGroups;

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
}
