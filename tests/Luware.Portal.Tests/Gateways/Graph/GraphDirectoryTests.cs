using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Gateways.Graph;

public sealed class GraphDirectoryTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    private IDirectory Directory => _portal.Services.GetRequiredService<IDirectory>();

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_organization_is_read_with_the_profile_alone()
    {
        var access = await SignInAsync("katrin.vogel@fabrikam.de", more: false);

        var organization = await Directory.GetOrganizationAsync(access, CancellationToken.None);

        organization.TenantId.ShouldBe(access.TenantId);
        organization.DisplayName.ShouldBe("Fabrikam");
        organization.Domains.Single(d => d.IsInitial).Name.ShouldBe("fabrikam.onmicrosoft.com");
        organization.Domains.Single(d => !d.IsManaged).Name.ShouldBe("corp.fabrikam.de");
    }

    [Fact]
    public async Task Without_the_permissions_of_the_route_reading_says_what_is_missing()
    {
        var access = await SignInAsync("katrin.vogel@fabrikam.de", more: false);

        var missing = await Should.ThrowAsync<ScopesMissingException>(() => Directory.GetActiveRolesAsync(access, CancellationToken.None));

        missing.Scopes.ShouldContain("Directory.Read.All");
    }

    [Fact]
    public async Task Active_roles_are_read_and_eligible_ones_are_not_among_them()
    {
        var anna = await SignInAsync("anna.keller@contoso.com", more: true);
        // With consent for everybody, a person without an active role may read as well.
        var tenant = _portal.World.Tenants.Contoso;
        tenant.Grants = tenant.Grants.ConvertAll(g => g with { PrincipalId = null });
        var marco = await SignInAsync("marco.bernasconi@contoso.com", more: true);

        (await Directory.GetActiveRolesAsync(anna, CancellationToken.None)).ShouldContain(Roles.GlobalAdministrator.TemplateId);
        tenant.FindPerson("marco.bernasconi@contoso.com")!.EligibleRoles.ShouldNotBeEmpty();
        (await Directory.GetActiveRolesAsync(marco, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Consent_given_by_hand_is_read_with_all_its_permissions()
    {
        var access = await SignInAsync("stefan.albrecht@northwind.de", more: true);

        var given = await Directory.FindServicePrincipalAsync(access, Applications.Germany1, CancellationToken.None);
        var tenant = _portal.World.Tenants.Northwind;
        tenant.ServicePrincipals = tenant.ServicePrincipals.ConvertAll(p => p with { NeedsAssignment = true });
        var closed = await Directory.FindServicePrincipalAsync(access, Applications.Germany1, CancellationToken.None);
        var missing = await Directory.FindServicePrincipalAsync(access, Applications.Germany2, CancellationToken.None);

        given!.ApplicationId.ShouldBe(Applications.Germany1);
        given.Enabled.ShouldBeTrue();
        given.Owner.ShouldBe(_portal.World.Tenants.Luware.Id);
        (given.NeedsAssignment, closed!.NeedsAssignment).ShouldBe((false, true));
        given.GraphAppRoles.ShouldBe(Apis.OfRecorders.Select(r => r.Id), ignoreOrder: true);
        given.GraphDelegatedScopes.ShouldContain("User.Read");
        missing.ShouldBeNull();
    }

    [Fact]
    public async Task A_group_is_found_by_the_start_of_its_name_and_its_members_are_all_read()
    {
        var access = await SignInAsync("katrin.vogel@fabrikam.de", more: true);

        var groups = await Directory.FindGroupsAsync(access, "LuwareRecording-Rec", CancellationToken.None);
        var members = await Directory.GetMembersAsync(access, groups[0].Id, CancellationToken.None);

        groups.ShouldHaveSingleItem().SecurityEnabled.ShouldBeTrue();
        members.Count.ShouldBe(40);
        members.ShouldAllBe(m => m.Kind == MemberKind.User && m.DisplayName != null && m.UserPrincipalName != null);
        (await Directory.FindGroupAsync(access, groups[0].Id, CancellationToken.None)).ShouldBe(groups[0]);
        (await Directory.FindGroupAsync(access, Guid.NewGuid(), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_quote_in_a_name_is_a_quote_and_no_filter()
    {
        var access = await SignInAsync("katrin.vogel@fabrikam.de", more: true);

        (await Directory.FindGroupsAsync(access, "x') or startswith(displayName,'", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_throttled_graph_is_asked_again()
    {
        var access = await SignInAsync("katrin.vogel@fabrikam.de", more: false);
        _portal.World.Faults.FailGraph(2, 429, "0.1");

        (await Directory.GetOrganizationAsync(access, CancellationToken.None)).DisplayName.ShouldBe("Fabrikam");
        _portal.World.Faults.GraphFailuresLeft.ShouldBe(0);
    }

    private async Task<TenantAccess> SignInAsync(string userPrincipalName, bool more)
    {
        var (visitor, access) = await _portal.SignInAsync(userPrincipalName, more);
        visitor.Dispose();
        return access;
    }
}
