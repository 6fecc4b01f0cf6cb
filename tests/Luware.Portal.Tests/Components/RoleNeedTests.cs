using Luware.Portal.Components.Pages;

namespace Luware.Portal.Tests.Components;

public sealed class RoleNeedTests
{
    private static readonly Guid Global = Guid.NewGuid(), Teams = Guid.NewGuid(), User = Guid.NewGuid();

    [Fact]
    public void One_role_that_serves_everything_is_asked_for_once()
    {
        var need = RoleNeed.Missing([Lacking([Global, User], "whitelisting"), Lacking([Global, Teams], "policies", "grants")]).ShouldHaveSingleItem();

        need.Roles.ShouldBe([Global]);
        need.Steps.ShouldBe(["whitelisting", "policies", "grants"]);
    }

    [Fact]
    public void What_is_active_is_not_asked_for() =>
        RoleNeed.Missing([new RoleNeed([Global, Teams], ["policies"], Teams), Lacking([Global, User], "whitelisting")])
            .ShouldHaveSingleItem().Steps.ShouldBe(["whitelisting"]);

    [Fact]
    public void Roles_without_a_common_one_are_asked_for_one_by_one() =>
        RoleNeed.Missing([Lacking([User], "whitelisting"), Lacking([Teams], "policies")]).Count.ShouldBe(2);

    private static RoleNeed Lacking(Guid[] roles, params string[] steps) => new(roles, steps, Active: null);
}
