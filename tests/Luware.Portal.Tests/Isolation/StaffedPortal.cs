using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Staff = Luware.Onboarding.Tenants.Staff;

namespace Luware.Portal.Tests.Isolation;

/// <summary>The whole portal with a world and a signed-in specialist.</summary>
public sealed class StaffedPortal : IAsyncLifetime
{
    public const string Nina = "nina.keller@luware.example", Sofia = "sofia.brandt@luware.example", Peter = "peter.lang@luware.example";
    public const string Marco = "marco.bernasconi@contoso.com", Urs = "urs.aebi@contoso.com";
    public const string Claudia = "claudia.frei@contoso.com", Reto = "reto.baumann@contoso.com";
    public const string Sarah = "sarah.neumann@fabrikam.de";
    public const string Anna = "anna.keller@contoso.com", Lea = "lea.widmer@contoso.com";
    public const string Katrin = "katrin.vogel@fabrikam.de", Olivia = "olivia.bennett@tailspin.co.uk";

    private RunningPortal _portal = null!;

    public SandboxWorld World { get; private set; } = null!;

    public SandboxTenant Contoso => World.Tenants.Contoso;

    /// <summary>The portal's own id of Contoso.</summary>
    public Guid ContosoId { get; private set; }

    public IServiceProvider Services => _portal.Services;

    internal Actor Specialist { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        World = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = await RunningPortal.StartAsync(
            World,
            [
                new("Teams:WarmWorkers", "0"), new("Logging:LogLevel:Default", "Error"), new("Sessions:Recheck", "00:00:01"),
                new("RateLimits:AnonymousPerMinute", "10000"), new("RateLimits:FilesPerMinute", "10000"),
            ]);
        using var nina = Visit(Nina);
        await nina.GoAsync(At("/sign-in"));
        Specialist = await _portal.ActorAsync(nina.Person) with { AppRoles = [Staff.SuccessSpecialist] };
        await using var db = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        ContosoId = await db.Tenants.Where(t => t.EntraTenantId == Contoso.Id).Select(t => t.Id).SingleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await World.DisposeAsync();
    }

    internal Visitor Visit(string userPrincipalName) => new(World.Tenants.FindPerson(userPrincipalName)!.Value.Person);

    internal async Task<Visitor> SignInAsync(string userPrincipalName)
    {
        var visitor = Visit(userPrincipalName);
        await visitor.GoAsync(At("/sign-in"));
        return visitor;
    }

    public Uri At(string path) => new(_portal.Address, path);

    /// <summary>Comes by a link to a step that this administrator of their own tenant hands on.</summary>
    internal async Task<Visitor> ComeByLinkAsync(string userPrincipalName, Actor giver, string step)
    {
        var visitor = Visit(userPrincipalName);
        var link = await Services.GetRequiredService<IColleagueLinks>().HandAsync(giver, step, default);
        await visitor.GoAsync(At(link.Path.ShouldNotBeNull(link.Problem?.Key)));
        return visitor;
    }

    internal Task TakeBackAsync(Actor giver, string step) => Services.GetRequiredService<IColleagueLinks>().RevokeAsync(giver, step, default);

    /// <summary>Comes by an invitation to Contoso.</summary>
    internal async Task<(Visitor Visitor, Guid Invitation)> ComeInvitedAsync(string userPrincipalName)
    {
        var visitor = Visit(userPrincipalName);
        var invitation = await Services.GetRequiredService<ISpecialistDesk>().InviteAsync(Specialist, ContosoId, default);
        await visitor.GoAsync(At(invitation.Path!));
        return (visitor, invitation.Id);
    }

    internal Task RevokeAsync(Guid invitation) =>
        Services.GetRequiredService<ISpecialistDesk>().RevokeInvitationAsync(Specialist, ContosoId, invitation, default);

    /// <summary>An administrator who has signed in and granted the permissions to read.</summary>
    internal async Task<Actor> AdministratorAsync(string userPrincipalName)
    {
        using var visitor = await SignInAsync(userPrincipalName);
        await visitor.GoAsync(At("/sign-in/more"));
        return await _portal.ActorAsync(visitor.Person);
    }

    public async Task<Uri> InviteAsync() => At((await Services.GetRequiredService<ISpecialistDesk>().InviteAsync(Specialist, ContosoId, default)).Path!);
}
