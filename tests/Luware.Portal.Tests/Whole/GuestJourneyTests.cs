using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Isolation;
using Microsoft.Extensions.DependencyInjection;
using Staff = Luware.Onboarding.Tenants.Staff;

namespace Luware.Portal.Tests.Whole;

/// <summary>A guest of the customer's tenant, whose account is at home in a tenant that is no customer.</summary>
public sealed class GuestJourneyTests(AzuriteFixture azurite) : EngineJourney(azurite)
{
    [Fact]
    public async Task A_guest_who_was_invited_brings_the_tenant_to_verified_and_is_nobodys_administrator_at_the_plain_address()
    {
        var (contoso, tailspin) = (World.Tenants.Contoso, World.Tenants.Tailspin);
        var atHome = tailspin.People.Single(p => p.DisplayName == "George Palmer");
        var guest = contoso.AddGuest(tailspin, atHome, Roles.GlobalAdministrator);
        contoso.LeaveStorageTo(guest.Id);
        using var browser = new Visitor(atHome);

        var actor = await ApproveAsync(browser, guest, arrival: await InviteAsync());
        var view = await RunAsync(actor, browser);

        view.Steps.SkipLast(1).ShouldAllBe(s => s.Status == StepStatus.Verified);
        contoso.Writes.Select(w => w.By).Distinct().ShouldBe([guest.Id]);
        using var plain = new Visitor(guest);
        await plain.GoAsync(new Uri(Portal.Address, "/sign-in"));
        var stranger = await Portal.ActorAsync(atHome);
        stranger.Access.TenantId.ShouldBe(tailspin.Id, "without a link Entra signs a guest in at home");
        (await Engine.ReadAsync(stranger, default)).ShouldBeNull("the page says that the tenant is no customer");
    }

    private async Task<string> InviteAsync()
    {
        using var nina = new Visitor(World.Tenants.FindPerson(StaffedPortal.Nina)!.Value.Person);
        await nina.GoAsync(new Uri(Portal.Address, "/sign-in"));
        var specialist = await Portal.ActorAsync(nina.Person) with { AppRoles = [Staff.SuccessSpecialist] };
        // The register finds what is there already.
        var contoso = await Portal.Services.GetRequiredService<ITenants>().AddAsync(World.Tenants.Contoso.Id, "Contoso", "MTCH", default);
        var invitation = await Portal.Services.GetRequiredService<ISpecialistDesk>().InviteAsync(specialist, contoso, default);
        return invitation.Path.ShouldNotBeNull();
    }
}
