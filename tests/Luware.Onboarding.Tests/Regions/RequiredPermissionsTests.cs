using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Tests.Regions;

public sealed class RequiredPermissionsTests
{
    [Fact]
    public void Eight_application_permissions_and_the_sign_in_each_once()
    {
        RequiredPermissions.Recording.All.Count(p => !p.Delegated).ShouldBe(8);
        RequiredPermissions.Recording.All.Single(p => p.Delegated).Name.ShouldBe("User.Read");
        RequiredPermissions.Recording.All.Select(p => p.Id).ShouldBeUnique();
        RequiredPermissions.Recording.All.Select(p => p.Name).ShouldBeUnique();
    }
}
