using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Tests.Regions;

public sealed class RequiredPermissionsTests
{
    [Fact]
    public void Eight_application_permissions_and_the_sign_in_each_once()
    {
        RequiredPermissions.All.Count(p => !p.Delegated).ShouldBe(8);
        RequiredPermissions.All.Single(p => p.Delegated).Name.ShouldBe("User.Read");
        RequiredPermissions.All.Select(p => p.Id).ShouldBeUnique();
        RequiredPermissions.All.Select(p => p.Name).ShouldBeUnique();
    }
}
