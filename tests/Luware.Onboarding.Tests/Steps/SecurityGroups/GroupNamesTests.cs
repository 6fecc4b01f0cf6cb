using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Tests.Steps.SecurityGroups;

public sealed class GroupNamesTests
{
    [Theory]
    [InlineData("LuwareRecording-RecordedUsers")]
    [InlineData("Börse Zürich / Händler (2. Stock)")]
    [InlineData("集団")]
    [InlineData("-")]
    public void A_key_is_what_Entra_allows_and_no_longer_than_it_allows(string name)
    {
        GroupNames.Check(name).ShouldBeNull();
        GroupNames.UniqueName(name).ShouldMatch("^[a-z0-9][a-z0-9-]*$");
        GroupNames.UniqueName(new string('x', 256)).Length.ShouldBeLessThanOrEqualTo(64);
    }

    [Fact]
    public void Different_names_have_different_keys_and_the_same_name_the_same()
    {
        string[] names = ["Desk A", "Desk-A", "DeskA", "Desk Ä", "Desk A1", "集団", "集合", new('x', 255), new('x', 256)];

        names.Select(GroupNames.UniqueName).ShouldBeUnique();
        GroupNames.UniqueName("Desk A").ShouldBe(GroupNames.UniqueName("desk a"), "Entra compares names without their case");
    }

    [Theory]
    [InlineData("", "SecurityGroups.Name.Empty")]
    [InlineData("  ", "SecurityGroups.Name.Empty")]
    [InlineData(" x", "SecurityGroups.Name.Spaces")]
    [InlineData("a\tb", "SecurityGroups.Name.Invisible")]
    public void A_name_that_cannot_be_is_refused_with_its_reason(string name, string reason) => GroupNames.Check(name)!.Key.ShouldBe(reason);

    [Fact]
    public void A_name_that_is_too_long_is_refused() => GroupNames.Check(new string('x', 257))!.Key.ShouldBe("SecurityGroups.Name.TooLong");
}
