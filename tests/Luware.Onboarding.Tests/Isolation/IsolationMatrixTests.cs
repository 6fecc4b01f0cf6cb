using System.Text.Json;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Isolation;

/// <summary>Every door tried by every kind of person, with their own ids, guessed ones and ids of others: who is served, and that Contoso keeps what is Contoso's.</summary>
public sealed class IsolationMatrixTests(ITestOutputHelper output)
{
    private static readonly Guid Fabrikam = Guid.Parse("33333333-3333-4333-8333-333333333333");
    private static readonly Guid Elsewhere = Guid.Parse("44444444-4444-4444-8444-444444444444");
    private static readonly string[] BothAppRoles = [Staff.SuccessSpecialist, Staff.PortalAdministrator];

    [Fact]
    public void Every_call_that_takes_a_person_is_a_door_of_the_matrix() => Doors.Offered.Except(Doors.All.Keys, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public async Task Each_door_serves_those_whose_it_is_and_nobody_reaches_another_tenant()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Get<ITenants>().AddAsync(Fabrikam, "Fabrikam", "MTCH", default);
        world.First.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("accept")));
        await portal.ApproveAsync();
        var held = await portal.UntilRunIsAsync(RunState.Waiting);
        var target = new Target(portal, held.Tenant.Id, held.Run!.Id);

        var wrong = new List<string>();
        var cells = 0;
        foreach (var (name, (owner, attempt)) in Doors.All)
        {
            foreach (var (who, actor, served) in await PeopleAsync(portal, world))
            {
                // Contoso's own people and its specialists may change it; what they do is others' tests.
                if (served.Contains(owner) && actor.Access.TenantId != Fabrikam)
                    continue;

                cells++;
                var before = await PrintAsync(target);
                var wasServed = await IsServedAsync(() => attempt(target, actor));
                if (wasServed != served.Contains(owner))
                    wrong.Add($"{name} {(wasServed ? "served" : "refused")} {who}");
                if (await PrintAsync(target) != before)
                    wrong.Add($"{name} changed Contoso for {who}");
            }
        }

        output.WriteLine($"{cells} cells of the isolation matrix tried: {Doors.All.Count} doors, {wrong.Count} wrong");
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_door_serves_its_own_people()
    {
        var world = new FakeWorld();
        var cells = 0;
        foreach (var (name, (owner, attempt)) in Doors.All)
        {
            // A portal for each: what one of them does, as ending every session, must not refuse the next.
            for (var (i, count) = (0, 1); i < count; i++, cells++)
            {
                await using var portal = await EngineHost.StartAsync(world);
                await portal.Engine.PlanAsync(portal.Admin, null, default);
                var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
                var own = (await PeopleAsync(portal, world)).Where(p => p.Served.Contains(owner) && p.Actor.Access.TenantId != Fabrikam).ToList();
                count = own.Count;
                (await IsServedAsync(() => attempt(new Target(portal, view.Tenant.Id, Guid.NewGuid()), own[i].Actor))).ShouldBeTrue($"{name} by {own[i].Who}");
            }
        }

        output.WriteLine($"{cells} cells of the isolation matrix tried: each door by those whose it is");
    }

    /// <summary>Everybody, freshly signed in, and whose doors they may use.</summary>
    private static async Task<IReadOnlyList<(string Who, Actor Actor, Owner[] Served)>> PeopleAsync(EngineHost portal, FakeWorld world)
    {
        var katrin = EngineHost.Person("Katrin", Fabrikam) with { AppRoles = BothAppRoles };
        var specialist = EngineHost.Person("Nina", EngineHost.Luware, roles: Guid.NewGuid()) with { AppRoles = [Staff.SuccessSpecialist] };
        var administrator = EngineHost.Person("Sofia", EngineHost.Luware, roles: Guid.NewGuid()) with { AppRoles = [Staff.PortalAdministrator] };
        var (lea, dan) = (EngineHost.Person("Lea", roles: Guid.NewGuid()), EngineHost.Person("Dan") with { IsByLink = true });
        var (invited, dismissed) = (EngineHost.Person("Ivo", roles: Guid.NewGuid()), EngineHost.Person("Ines", roles: Guid.NewGuid()));
        foreach (var person in new[] { lea, dismissed })
            world.RolesOf[person.Access.PersonId] = [];
        var ended = EngineHost.Person("Ada");
        (string Who, Actor Actor, Owner[] Served)[] people =
        [
            ("the customer's administrator", portal.Admin, [Owner.Customer, Owner.CustomerItself, Owner.Member]),
            ("another customer's administrator who gave herself the app roles", katrin, [Owner.Customer, Owner.Member]),
            ("a stranger with every role", EngineHost.Person("Olivia", Elsewhere) with { AppRoles = BothAppRoles }, []),
            ("somebody of the customer without a role", lea, [Owner.Member]),
            ("somebody who was invited and has activated a role since they signed in", invited, [Owner.Customer, Owner.CustomerItself, Owner.Member]),
            ("somebody without a role whose invitation was revoked", dismissed, [Owner.Member]),
            ("somebody who came by a link to a step that was taken back", dan, [Owner.Member]),
            ("a specialist", specialist, [Owner.Specialist, Owner.Staff]),
            ("a specialist who came by a link", EngineHost.Person("Marco", EngineHost.Luware) with { AppRoles = BothAppRoles, IsByLink = true }, []),
            ("who administers the portal", administrator, [Owner.Administrator, Owner.Staff]),
            ("somebody of Luware without an app role", EngineHost.Person("Peter", EngineHost.Luware), []),
            ("somebody whose session has ended", ended, []),
            ("somebody with a guessed session", portal.Admin with { Access = portal.Admin.Access with { SessionId = Guid.NewGuid().ToString("N") } }, []),
            ("another customer's administrator who names Contoso", katrin with { Access = katrin.Access with { TenantId = EngineHost.Tenant } }, []),
            ("another customer's administrator who names Contoso's", katrin with { Access = katrin.Access with { TenantId = EngineHost.Tenant, PersonId = portal.Admin.Access.PersonId } }, []),
            ("another customer's administrator with Contoso's session", katrin with { Access = katrin.Access with { SessionId = portal.Admin.Access.SessionId } }, []),
            ("a specialist who names Contoso", specialist with { Access = specialist.Access with { TenantId = EngineHost.Tenant } }, []),
            ("a customer who names Luware", katrin with { Access = katrin.Access with { TenantId = EngineHost.Luware } }, []),
        ];
        foreach (var (_, actor, _) in people.Where(p => !ReferenceEquals(p.Actor, ended)).DistinctBy(p => p.Actor.Access.SessionId).Where(p => p.Who != "somebody with a guessed session"))
            await portal.SignInAsync(actor);
        await InviteAsync(portal, specialist, invited);
        await portal.Get<ISpecialistDesk>().RevokeInvitationAsync(specialist, await ContosoAsync(portal), await InviteAsync(portal, specialist, dismissed), default);
        return people;
    }

    /// <returns>The invitation's id.</returns>
    private static async Task<Guid> InviteAsync(EngineHost portal, Actor specialist, Actor guest)
    {
        var invitation = await portal.Get<ISpecialistDesk>().InviteAsync(specialist, await ContosoAsync(portal), default);
        (await portal.Get<IInvitations>().AcceptAsync(invitation.Id, new LinkHolder(guest.Access.TenantId, guest.Access.PersonId), default)).ShouldBe(LinkAnswerKind.Accepted);
        return invitation.Id;
    }

    private static async Task<Guid> ContosoAsync(EngineHost portal)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.Tenants.Where(t => t.EntraTenantId == EngineHost.Tenant).Select(t => t.Id).SingleAsync();
    }

    private static async Task<bool> IsServedAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Everything that is stored of Contoso.</summary>
    private static async Task<string> PrintAsync(Target target)
    {
        await using var db = await target.Portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(target.TenantId, default);
        return JsonSerializer.Serialize(new
        {
            Tenant = await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == target.TenantId),
            Runs = await db.Runs.Select(r => new { r.Id, r.State, r.Version }).ToListAsync(),
            Choices = await db.Choices.Select(c => new { c.Step, c.Json }).ToListAsync(),
            Steps = await db.Steps.Select(s => new { s.Step, s.Version }).ToListAsync(),
            Links = await db.ColleagueLinks.Select(l => l.Id).ToListAsync(),
            Invitations = await db.Invitations.Select(i => new { i.Id, i.AcceptedBy }).ToListAsync(),
            Gates = await db.Confirmations.CountAsync(),
            Lines = await db.Journal.CountAsync(),
            Entries = await db.Audit.CountAsync(),
        });
    }
}
