using Luware.Onboarding.Data;
using Luware.Portal.Tests.Isolation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Invitations;

/// <summary>Invitations over HTTP: the whole portal with a world, people at browsers without script.</summary>
public sealed class InvitationEndpointTests(StaffedPortal portal) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task Whoever_is_invited_signs_in_at_their_own_tenant_and_arrives_before_the_work()
    {
        using var lea = portal.Visit(StaffedPortal.Lea);

        var page = await lea.GoAsync(await portal.InviteAsync());

        page.Address.ShouldBe(portal.At("/before?arriving=true"));
        var authorize = lea.Way.First(u => u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal));
        authorize.AbsolutePath.ShouldStartWith($"/{portal.Contoso.Id}/");
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().OpenAsync(portal.ContosoId, default);
        (await db.Invitations.AnyAsync(i => i.AcceptedBy == lea.Person.Id)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_invitation_lets_its_person_in_again_and_nobody_else()
    {
        var link = await portal.InviteAsync();
        using var lea = portal.Visit(StaffedPortal.Lea);
        using var again = portal.Visit(StaffedPortal.Lea);
        using var urs = portal.Visit(StaffedPortal.Urs);
        await lea.GoAsync(link);

        (await again.GoAsync(link)).Address.ShouldBe(portal.At("/before?arriving=true"));
        (await urs.GoAsync(link)).Address.ShouldBe(portal.At("/invitation/refused"));
        (await urs.GoAsync(portal.At("/onboarding"))).Address.ShouldNotBe(portal.At("/onboarding"), "a refused invitation signs nobody in");
    }

    [Fact]
    public async Task Whoever_holds_a_role_that_a_step_needs_gets_in_by_a_used_invitation_as_without_one()
    {
        var link = await portal.InviteAsync();
        using var lea = portal.Visit(StaffedPortal.Lea);
        using var anna = portal.Visit(StaffedPortal.Anna);
        await lea.GoAsync(link);

        (await anna.GoAsync(link)).Address.ShouldBe(portal.At("/before?arriving=true"));

        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().OpenAsync(portal.ContosoId, default);
        (await db.Invitations.AnyAsync(i => i.AcceptedBy == anna.Person.Id)).ShouldBeFalse("it stays the first person's");
    }

    [Fact]
    public async Task Somebody_of_another_tenant_learns_nothing_and_uses_nothing_up()
    {
        var link = await portal.InviteAsync();
        using var katrin = await portal.SignInAsync(StaffedPortal.Katrin);
        using var fresh = portal.Visit(StaffedPortal.Katrin);
        using var lea = portal.Visit(StaffedPortal.Lea);

        var page = await katrin.GoAsync(link);
        var stopped = await fresh.GoAsync(link);

        page.Address.ShouldBe(portal.At("/invitation/refused?as=other-tenant"));
        page.Text.ShouldNotContain("Contoso");
        page.Text.ShouldContain("action=\"sign-out\"", Case.Sensitive, "what they are told to do begins with signing out");
        katrin.Way.ShouldAllBe(u => !u.OriginalString.Contains(portal.Contoso.Id.ToString()));
        stopped.Text.ShouldContain("AADSTS50020", Case.Sensitive, "Entra says so on its own page");
        (await lea.GoAsync(link)).Address.ShouldBe(portal.At("/before?arriving=true"));
    }

    [Fact]
    public async Task A_link_that_opens_nothing_says_whom_to_ask_and_sends_nobody_to_sign_in()
    {
        using var lea = portal.Visit(StaffedPortal.Lea);
        var older = await portal.InviteAsync();
        await portal.InviteAsync();

        foreach (var link in new[] { older, portal.At("/invitation?link=1"), portal.At("/invitation"), portal.At($"/invitation?link={new string('a', 500)}") })
        {
            var page = await lea.GoAsync(link);
            page.Address.ShouldBe(portal.At("/invitation/refused"));
            page.Text.ShouldContain("your success specialist at Luware");
            page.Text.ShouldContain("Global Administrator", Case.Sensitive, "an administrator needs no link");
        }

        lea.Way.ShouldAllBe(u => !u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal));
    }
}
