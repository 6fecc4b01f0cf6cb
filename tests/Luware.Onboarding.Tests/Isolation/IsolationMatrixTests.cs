using System.Text.Json;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Isolation;

/// <summary>
/// Every service method, called by every kind of person with their own ids, guessed ones and ids of others: who is served, and that Contoso's data stays
/// protected.
/// </summary>
public sealed class IsolationMatrixTests(ITestOutputHelper output)
{
    private static readonly Guid Fabrikam = Guid.Parse("33333333-3333-4333-8333-333333333333");
    private static readonly Guid Elsewhere = Guid.Parse("44444444-4444-4444-8444-444444444444");
    private static readonly string[] BothAppRoles = [Staff.SuccessSpecialist, Staff.PortalAdministrator];

    private static readonly Owner[] OfWorkers = [Owner.Customer, Owner.Colleague, Owner.ColleagueOfStep, Owner.Member];

    [Fact]
    public void Every_call_that_takes_a_person_is_a_door_of_the_matrix() => Doors.Offered.Except(Doors.All.Keys, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public async Task Each_door_serves_those_whose_it_is_and_nobody_reaches_another_tenant()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        var people = await PeopleAsync(portal, world);
        world.First.Waits("accept");
        await portal.ApproveAsync();
        var held = await portal.UntilRunIsAsync(RunState.Waiting);
        var target = new Target(portal, held.Tenant.Id, held.Run!.Id);

        var wrong = new List<string>();
        var cells = 0;
        var before = await PrintAsync(target);
        // Methods that end sessions come last.
        foreach (var (name, (owner, attempt)) in Doors.All.OrderBy(d => d.Key == Doors.EndOfSessions))
        {
            foreach (var (who, actor, served) in people)
            {
                // Contoso's own people and its specialists may change it; other tests cover what they do.
                if (served.Contains(owner) && actor.Access.TenantId != Fabrikam)
                    continue;

                cells++;
                var wasServed = await IsServedAsync(() => attempt(target, actor));
                if (wasServed != served.Contains(owner))
                    wrong.Add($"{name} {(wasServed ? "served" : "refused")} {who}");
                var after = await PrintAsync(target);
                if (after != before)
                    wrong.Add($"{name} changed Contoso for {who}");
                before = after;
            }
        }

        output.WriteLine($"measured: {cells} cells of the isolation matrix tried: {Doors.All.Count} doors, {wrong.Count} wrong");
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_door_serves_its_own_people()
    {
        var world = new FakeWorld();
        var cells = 0;
        await using var portal = await EngineHost.StartAsync(world);
        var people = await PeopleAsync(portal, world);
        foreach (var (name, (owner, attempt)) in Doors.All.Where(d => d.Key != Doors.EndOfSessions))
        {
            foreach (var (who, actor, _) in Own(people, owner))
                await TryAsync(portal, $"{name} by {who}", attempt, actor);
        }

        // A method that ends sessions must not affect the next one, so each gets its own portal.
        var (whose, end) = Doors.All[Doors.EndOfSessions];
        for (var i = 0; i < Own(people, whose).Count; i++)
        {
            await using var another = await EngineHost.StartAsync(world);
            var (who, actor, _) = Own(await PeopleAsync(another, world), whose)[i];
            await TryAsync(another, $"{Doors.EndOfSessions} by {who}", end, actor);
        }

        output.WriteLine($"measured: {cells} cells of the isolation matrix tried: each door by those whose it is");

        async Task TryAsync(EngineHost where, string what, Func<Target, Actor, Task> attempt, Actor actor)
        {
            cells++;
            var target = new Target(where, await ContosoAsync(where), Guid.NewGuid());
            (await IsServedAsync(() => attempt(target, actor))).ShouldBeTrue(what);
        }
    }

    private static List<(string Who, Actor Actor, Owner[] Served)> Own(IEnumerable<(string Who, Actor Actor, Owner[] Served)> people, Owner owner) =>
        [.. people.Where(p => p.Served.Contains(owner) && p.Actor.Access.TenantId != Fabrikam)];

    /// <summary>All kinds of people, freshly signed in, with the methods that they may use.</summary>
    private static async Task<IReadOnlyList<(string Who, Actor Actor, Owner[] Served)>> PeopleAsync(EngineHost portal, FakeWorld world)
    {
        await portal.Get<ITenants>().AddAsync(Fabrikam, "Fabrikam", "MTCH", default);
        var katrin = EngineHost.Person("Katrin", Fabrikam) with { AppRoles = BothAppRoles };
        var specialist = EngineHost.Specialist();
        var administrator = EngineHost.Person("Sofia", EngineHost.Luware, roles: Guid.NewGuid()) with { AppRoles = [Staff.PortalAdministrator] };
        var lea = EngineHost.Person("Lea", roles: Guid.NewGuid());
        var (invited, dismissed) = (EngineHost.Person("Ivo", roles: Guid.NewGuid()), EngineHost.Person("Ines", roles: Guid.NewGuid()));
        var (cara, aldo, dan, emil) = (ByLink("Cara"), ByLink("Aldo"), ByLink("Dan"), ByLink("Emil"));
        var (finn, hugo) = (ByLink("Finn", Fabrikam), EngineHost.Person("Hugo", roles: Guid.NewGuid()));
        foreach (var person in new[] { lea, dismissed, hugo })
            world.RolesOf[person.Access.PersonId] = [];
        var ended = EngineHost.Person("Ada");
        (string Who, Actor Actor, Owner[] Served)[] people =
        [
            ("the customer's administrator", portal.Admin, [.. OfWorkers, Owner.CustomerItself]),
            ("another customer's administrator who gave herself the app roles", katrin, OfWorkers),
            ("a stranger with every role", EngineHost.Person("Olivia", Elsewhere) with { AppRoles = BothAppRoles }, []),
            ("somebody of the customer without a role", lea, [Owner.Member]),
            ("somebody who was invited and has activated a role since they signed in", invited, [.. OfWorkers, Owner.CustomerItself]),
            ("somebody without a role whose invitation was revoked", dismissed, [Owner.Member]),
            ("a colleague who came by the link to the step", cara, [Owner.Colleague, Owner.ColleagueOfStep, Owner.Member]),
            ("a colleague who came by the link to another step", aldo, [Owner.Colleague, Owner.Member]),
            ("that colleague without a link, by another sign-in", Again(aldo) with { IsByLink = false, Roles = [] }, [Owner.Colleague, Owner.Member]),
            ("a colleague from whom the step was taken back", dan, [Owner.Member]),
            ("a colleague whose time with the step is over", emil, [Owner.Member]),
            ("a colleague who holds a link that somebody else has used", hugo, [Owner.Member]),
            ("another customer's colleague", finn, [Owner.Colleague, Owner.ColleagueOfStep, Owner.Member]),
            ("another customer's member with the id of Contoso's colleague", Again(cara, Fabrikam) with { Roles = [] }, [Owner.Member]),
            ("a specialist", specialist, [Owner.Specialist, Owner.Staff]),
            ("a specialist who came by a link", ByLink("Marco", EngineHost.Luware) with { AppRoles = BothAppRoles }, []),
            ("who administers the portal", administrator, [Owner.Administrator, Owner.Staff]),
            ("somebody of Luware without an app role", EngineHost.Person("Peter", EngineHost.Luware), []),
            ("somebody whose session has ended", ended, []),
            ("somebody with a guessed session", portal.Admin with { Access = portal.Admin.Access with { SessionId = Guid.NewGuid().ToString("N") } }, []),
            ("another customer's administrator who names Contoso", katrin with { Access = katrin.Access with { TenantId = EngineHost.Tenant } }, []),
            ("another customer's administrator who names Contoso's",
                katrin with { Access = katrin.Access with { TenantId = EngineHost.Tenant, PersonId = portal.Admin.Access.PersonId } }, []),
            ("another customer's administrator with Contoso's session",
                katrin with { Access = katrin.Access with { SessionId = portal.Admin.Access.SessionId } }, []),
            ("another customer's colleague who names Contoso", finn with { Access = finn.Access with { TenantId = EngineHost.Tenant } }, []),
            ("another customer's colleague who names Contoso's",
                finn with { Access = finn.Access with { TenantId = EngineHost.Tenant, PersonId = cara.Access.PersonId } }, []),
            ("a specialist who names Contoso", specialist with { Access = specialist.Access with { TenantId = EngineHost.Tenant } }, []),
            ("a customer who names Luware", katrin with { Access = katrin.Access with { TenantId = EngineHost.Luware } }, []),
        ];
        var bySession = people.Where(p => !ReferenceEquals(p.Actor, ended)).DistinctBy(p => p.Actor.Access.SessionId);
        foreach (var (_, actor, _) in bySession.Where(p => p.Who != "somebody with a guessed session"))
            await portal.SignInAsync(actor);

        await InviteAsync(portal, specialist, invited);
        var revoked = await InviteAsync(portal, specialist, dismissed);
        await portal.Get<ISpecialistDesk>().RevokeInvitationAsync(specialist, await ContosoAsync(portal), revoked, default);
        await HandAsync(portal, portal.Admin, "second", dan);
        await portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "second", default);
        await HandAsync(portal, portal.Admin, "second", emil);
        await ExpireAsync(portal, "second");
        await HandAsync(portal, portal.Admin, "first", cara, hugo);
        await HandAsync(portal, portal.Admin, "aside", aldo);
        await HandAsync(portal, katrin, "first", finn);
        return people;
    }

    private static Actor ByLink(string name, Guid? tenant = null) => EngineHost.Person(name, tenant) with { IsByLink = true };

    private static Actor Again(Actor actor, Guid? tenant = null) =>
        actor with { Access = actor.Access with { TenantId = tenant ?? actor.Access.TenantId, SessionId = Guid.NewGuid().ToString("N") } };

    /// <param name="late">The person who uses the same link afterwards.</param>
    private static async Task HandAsync(EngineHost portal, Actor giver, string step, Actor colleague, Actor? late = null)
    {
        var links = portal.Get<IColleagueLinks>();
        var door = (await links.FindAsync((await links.HandAsync(giver, step, default)).Secret.ShouldNotBeNull(), default)).ShouldNotBeNull();
        var holder = new LinkHolder(colleague.Access.TenantId, colleague.Access.PersonId);
        (await links.AcceptAsync(door.LinkId, holder, default)).Kind.ShouldBe(LinkAnswerKind.Accepted);
        if (late is not null)
            (await links.AcceptAsync(door.LinkId, new LinkHolder(late.Access.TenantId, late.Access.PersonId), default)).Kind.ShouldBe(LinkAnswerKind.Refused);
    }

    private static async Task ExpireAsync(EngineHost portal, string step)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(await ContosoAsync(portal), default);
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        (await db.ColleagueLinks.Where(l => l.Step == step).ExecuteUpdateAsync(u => u.SetProperty(l => l.ExpiresAt, before))).ShouldBe(1);
    }

    /// <returns>The invitation's id.</returns>
    private static async Task<Guid> InviteAsync(EngineHost portal, Actor specialist, Actor guest)
    {
        var invitation = await portal.Get<ISpecialistDesk>().InviteAsync(specialist, await ContosoAsync(portal), default);
        var holder = new LinkHolder(guest.Access.TenantId, guest.Access.PersonId);
        (await portal.Get<IInvitations>().AcceptAsync(invitation.Id, holder, default)).ShouldBe(LinkAnswerKind.Accepted);
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

    /// <summary>Everything stored about Contoso.</summary>
    private static async Task<string> PrintAsync(Target target)
    {
        await using var db = await target.Portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(target.TenantId, default);
        return JsonSerializer.Serialize(new
        {
            Tenant = await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == target.TenantId),
            Runs = await db.Runs.Select(r => new { r.Id, r.State, r.Version }).ToListAsync(),
            Choices = await db.Choices.Select(c => new { c.Step, c.Json }).ToListAsync(),
            Steps = await db.Steps.Select(s => new { s.Step, s.Version }).ToListAsync(),
            Links = await db.ColleagueLinks.Select(l => new { l.Id, l.AcceptedBy, l.ExpiresAt }).ToListAsync(),
            Invitations = await db.Invitations.Select(i => new { i.Id, i.AcceptedBy }).ToListAsync(),
            Gates = await db.Confirmations.CountAsync(),
            Lines = await db.Journal.CountAsync(),
            Entries = await db.Audit.CountAsync(),
        });
    }
}
