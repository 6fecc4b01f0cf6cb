using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Data;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>Refusals are recorded once, by object id, in the chain of the tenant concerned, and cannot flood it.</summary>
public abstract class RefusedTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string NoRight = """{"reason":"NoRight"}""";

    private OwnDatabase own = null!;
    private EngineHost portal = null!;
    private Guid contoso;

    private IAudit Audit => portal.Get<IAudit>();

    private IDbContextFactory<PortalDbContext> Contexts => portal.Get<IDbContextFactory<PortalDbContext>>();

    public async ValueTask InitializeAsync()
    {
        own = await OwnDatabase.CreateAsync(provider);
        portal = await EngineHost.StartAsync(new FakeWorld(), own);
        contoso = (await portal.Get<CustomerTenants>().FindAsync(EngineHost.Tenant, default))!.Id;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await (portal?.DisposeAsync() ?? default);
        await (own?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Somebody_of_an_invited_tenant_without_what_is_needed_has_each_session_in_the_chain_once()
    {
        // A guest is an object of the tenant like any other. Their role may become active in either session.
        var guest = Member("Gus");
        var later = Again(guest);

        foreach (var session in (Actor[])[guest, guest, later])
        {
            await Audit.SignedInAsync(session, default);
            await Audit.SignedOutAsync(session, default);
        }

        var entries = await EntriesAsync(contoso);
        entries.Select(e => e.Kind).ShouldBe([AuditKinds.SignedInWithoutRight, AuditKinds.SignedOut, AuditKinds.SignedInWithoutRight, AuditKinds.SignedOut]);
        entries.Select(e => e.DataJson).Distinct().Count().ShouldBe(2);
        entries.ShouldAllBe(e => e.Person == guest.Access.PersonId && e.PersonTenant == null && e.DataJson.StartsWith("{\"session\":"));
        entries.ShouldAllBe(e => !e.DataJson.Contains("Gus") && !e.DataJson.Contains(guest.Access.SessionId) && !e.DataJson.Contains(later.Access.SessionId));
        (await EntriesAsync(EngineHost.Luware)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_has_accepted_an_invitation_since_is_signed_in_like_anybody()
    {
        var lea = Member("Lea");
        await Audit.SignedInAsync(lea, default);
        var invitation = await portal.Get<Invitations>().CreateAsync(portal.Admin, contoso, default);
        await portal.Get<IInvitations>().AcceptAsync(invitation.Id, Holder(lea), default);

        await Audit.SignedInAsync(lea, default);

        (await EntriesAsync(contoso)).Select(e => e.Kind).ShouldBe([AuditKinds.SignedInWithoutRight, "Invited", "InvitationAccepted", AuditKinds.SignedIn]);
    }

    [Fact]
    public async Task Somebody_of_no_invited_tenant_is_in_the_chain_of_luwares_own_people_and_known_by_no_name()
    {
        var eve = EngineHost.Person("Eve", Guid.NewGuid());

        await Audit.SignedInAsync(eve, default);
        await Audit.SignedInAsync(eve, default);
        await Audit.OtherAccountAsync(eve.Access.TenantId, eve.Access.PersonId, default);

        var entries = await EntriesAsync(EngineHost.Luware);
        entries.ShouldAllBe(e => e.Kind == AuditKinds.StrangerRefused && e.Person == eve.Access.PersonId && e.PersonTenant == eve.Access.TenantId);
        entries.Select(e => e.DataJson).ShouldBe([NoRight, """{"reason":"OtherAccount"}"""]);
        (await EntriesAsync(contoso)).ShouldBeEmpty();
        await using var db = await Contexts.CreateDbContextAsync();
        (await db.People.AcrossTenants().AnyAsync(p => p.ObjectId == eve.Access.PersonId)).ShouldBeFalse();
    }

    [Fact]
    public async Task Strangers_fill_no_chain_and_hide_none_of_luwares_own_who_lacks_the_role()
    {
        for (var i = 0; i < Refusals.MostADay + 5; i++)
            await Audit.OtherAccountAsync(Guid.NewGuid(), Guid.NewGuid(), default);
        var otto = EngineHost.Person("Otto", EngineHost.Luware);

        await Audit.SignedInAsync(otto, default);

        var entries = await EntriesAsync(EngineHost.Luware);
        entries.Count(e => e.Kind == AuditKinds.StrangerRefused).ShouldBe(Refusals.MostADay);
        entries[^1].ShouldSatisfyAllConditions(
            e => e.Kind.ShouldBe(AuditKinds.SignedInWithoutRight), e => e.Person.ShouldBe(otto.Access.PersonId), e => e.PersonTenant.ShouldBeNull());
        (await portal.Get<AuditVerifier>().VerifyAsync(EngineHost.Luware, [], default)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_portals_that_tell_of_the_same_at_once_one_writes_it()
    {
        var gus = Member("Gus");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Audit.SignedInAsync(gus, default)));

        (await EntriesAsync(contoso)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_lost_role_is_told_once_for_all_pages_of_a_session_and_again_for_the_next()
    {
        var nina = EngineHost.Person("Nina", EngineHost.Luware) with { Roles = [], AppRoles = [Staff.SuccessSpecialist, "Reader"] };
        var later = Again(nina);

        await Audit.RoleLostAsync(later, [], ["Reader"], default);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Audit.RoleLostAsync(nina, [], ["Reader"], default)));
        await Audit.RoleLostAsync(portal.Admin, [], [], default);

        var lost = await EntriesAsync(EngineHost.Luware);
        lost.Count.ShouldBe(2);
        lost.ShouldAllBe(e => e.Kind == AuditKinds.RoleLost && e.Person == nina.Access.PersonId
            && e.DataJson.StartsWith("{\"appRoles\":[\"SuccessSpecialist\"],\"roles\":[],"));
        lost.ShouldAllBe(e => !e.DataJson.Contains(nina.Access.SessionId) && !e.DataJson.Contains(later.Access.SessionId));
        (await EntriesAsync(contoso)).ShouldHaveSingleItem().DataJson.ShouldContain($"{FakeWorld.Role}");
    }

    [Fact]
    public async Task However_many_lose_their_role_in_a_day_none_is_left_out()
    {
        var nina = EngineHost.Specialist();
        for (var i = 0; i < Refusals.MostADay + 1; i++)
            await Audit.RoleLostAsync(Again(nina), [], [], default);

        (await EntriesAsync(EngineHost.Luware, AuditKinds.RoleLost)).Count.ShouldBe(Refusals.MostADay + 1);
    }

    [Fact]
    public async Task Whose_sign_in_entra_does_not_renew_has_lost_no_role_that_the_portal_knows_of()
    {
        var nina = EngineHost.Specialist();

        await Audit.RenewalRefusedAsync(nina, "AADSTS700082", default);
        await Audit.RenewalRefusedAsync(nina, "AADSTS700082", default);

        var entry = (await EntriesAsync(EngineHost.Luware)).ShouldHaveSingleItem();
        entry.Kind.ShouldBe(AuditKinds.RenewalRefused);
        entry.DataJson.ShouldStartWith("{\"code\":\"AADSTS700082\",\"session\":");
    }

    [Fact]
    public async Task What_was_accepted_is_told_as_used_after_its_time_too_and_a_good_link_at_the_other_door_as_nothing()
    {
        var (lea, tim) = (Member("Lea"), Member("Tim"));
        var used = await InviteAsync();
        await portal.Get<IInvitations>().AcceptAsync(used.Id, Holder(lea), default);
        await using (var db = await Contexts.CreateDbContextAsync())
            await db.Invitations.AcrossTenants().ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, DateTimeOffset.UtcNow));
        var good = await InviteAsync();

        await portal.Get<IInvitations>().AcceptAsync(used.Id, Holder(tim), default);
        await portal.Get<IColleagueLinks>().FindAsync(good.Secret!, default);

        (await EntriesAsync(contoso, AuditKinds.LinkRefused)).ShouldHaveSingleItem().DataJson.ShouldBe($$"""{"invitation":"{{used.Id}}","reason":"Used"}""");
    }

    [Fact]
    public async Task An_invitation_that_let_nobody_in_is_told_with_its_reason_and_whoever_came()
    {
        var (lea, tim, eve) = (Member("Lea"), Member("Tim"), EngineHost.Person("Eve", Guid.NewGuid()));
        var used = await InviteAsync();
        await portal.Get<IInvitations>().AcceptAsync(used.Id, Holder(lea), default);
        await portal.Get<IInvitations>().AcceptAsync(used.Id, Holder(tim), default);
        var expired = await InviteAsync();
        await portal.Get<IInvitations>().AcceptAsync(expired.Id, Holder(eve), default);
        await using (var db = await Contexts.CreateDbContextAsync())
            await db.Invitations.AcrossTenants().Where(i => i.Id == expired.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, DateTimeOffset.UtcNow));
        await portal.Get<IInvitations>().FindAsync(expired.Secret!, default);
        await portal.Get<IInvitations>().AcceptAsync(expired.Id, Holder(tim), default);
        await InviteAsync();
        await portal.Get<IInvitations>().FindAsync(expired.Secret!, default);
        await portal.Get<IInvitations>().FindAsync(expired.Secret!, default);

        var refused = await EntriesAsync(contoso, AuditKinds.LinkRefused);
        refused.Select(e => (e.Person, e.PersonTenant, e.DataJson)).ShouldBe(
        [
            (tim.Access.PersonId, null, Told(used, "Used")), (eve.Access.PersonId, eve.Access.TenantId, Told(expired, "OtherTenant")),
            (null, null, Told(expired, "Expired")),
            (tim.Access.PersonId, null, Told(expired, "Expired")), (null, null, Told(expired, "Revoked")),
        ]);

        static string Told(NewInvitation link, string why) => $$"""{"invitation":"{{link.Id}}","reason":"{{why}}"}""";
    }

    [Fact]
    public async Task The_link_to_a_handed_step_that_was_taken_back_is_told_even_where_its_sign_in_had_begun()
    {
        var links = portal.Get<IColleagueLinks>();
        var link = await links.HandAsync(portal.Admin, "second", default);
        var door = (await links.FindAsync(link.Secret!, default)).ShouldNotBeNull();
        await links.RevokeAsync(portal.Admin, "second", default);
        var bob = Member("Bob");

        await links.AcceptAsync(door.LinkId, Holder(bob), default);
        await links.FindAsync(link.Secret!, default);

        (await EntriesAsync(contoso, AuditKinds.LinkRefused)).Select(e => (e.Subject, e.Person, e.DataJson)).ShouldBe(
            [("second", bob.Access.PersonId, Told()), ("second", null, Told())]);

        string Told() => $$"""{"link":"{{link.Id}}","reason":"Revoked"}""";
    }

    [Fact]
    public async Task A_link_that_nobody_made_is_in_nobodys_chain()
    {
        await InviteAsync();

        await portal.Get<IInvitations>().FindAsync(OneTimeSecret.Create().Secret, default);
        await portal.Get<IInvitations>().FindAsync("' OR 1=1 --", default);
        await portal.Get<IColleagueLinks>().AcceptAsync(Guid.NewGuid(), Holder(Member("Eve")), default);

        (await EntriesAsync(contoso, AuditKinds.LinkRefused)).ShouldBeEmpty();
        (await EntriesAsync(EngineHost.Luware)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_good_link_is_no_refusal()
    {
        var link = await InviteAsync();
        var lea = Member("Lea");
        await portal.Get<IInvitations>().FindAsync(link.Secret!, default);
        await portal.Get<IInvitations>().AcceptAsync(link.Id, Holder(lea), default);
        await portal.Get<IInvitations>().AcceptAsync(link.Id, Holder(lea), default);

        (await EntriesAsync(contoso, AuditKinds.LinkRefused)).ShouldBeEmpty();
    }

    private static Actor Member(string name) => EngineHost.Person(name, roles: Guid.NewGuid());

    private static Actor Again(Actor actor) => actor with { Access = actor.Access with { SessionId = Guid.NewGuid().ToString("N") } };

    private static LinkHolder Holder(Actor actor) => new(actor.Access.TenantId, actor.Access.PersonId);

    private Task<NewInvitation> InviteAsync() => portal.Get<Invitations>().CreateAsync(portal.Admin, contoso, default);

    /// <summary>Without the entry of the tenant's own creation.</summary>
    private async Task<List<AuditEntry>> EntriesAsync(Guid chain, string? kind = null)
    {
        await using var db = await Contexts.OpenAsync(chain, default);
        return await db.Audit.AsNoTracking().Where(e => kind == null ? e.Kind != nameof(JournalKind.TenantAdded) : e.Kind == kind)
            .OrderBy(e => e.Sequence).ToListAsync();
    }
}

public sealed class RefusedOnSqliteTests() : RefusedTests(DatabaseProvider.Sqlite);

public sealed class RefusedOnPostgreSqlTests() : RefusedTests(DatabaseProvider.PostgreSql);

public sealed class RefusedOnSqlServerTests() : RefusedTests(DatabaseProvider.SqlServer);
