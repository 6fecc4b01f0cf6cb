using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Data;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Links;

/// <summary>Invitations and links to handed steps, used and created concurrently at two portals on one database server.</summary>
public abstract class LinksAtOnceTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const int Rounds = 6, Many = 8;

    private readonly Actor nina = EngineHost.Specialist();
    private OwnDatabase own = null!;
    private EngineHost one = null!;
    private EngineHost other = null!;
    private Guid tenant;

    public async ValueTask InitializeAsync()
    {
        var world = new FakeWorld();
        own = await OwnDatabase.CreateAsync(provider);
        one = await EngineHost.StartAsync(world, own);
        other = await EngineHost.StartAsync(world, own, one.Admin);
        await one.SignInAsync(nina);
        tenant = (await one.Engine.ReadAsync(one.Admin, default))!.Tenant.Id;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await (one?.DisposeAsync() ?? default);
        await (other?.DisposeAsync() ?? default);
        await (own?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Of_many_who_come_by_one_link_one_is_accepted()
    {
        var invitation = (await InviteAsync(one)).Id;
        var step = await HandAsync(one);

        var invited = await AtOnceAsync(Many, portal => portal.Get<IInvitations>().AcceptAsync(invitation, Somebody(), default));
        var colleagues = await AtOnceAsync(Many, async portal => (await portal.Get<IColleagueLinks>().AcceptAsync(step, Somebody(), default)).Kind);

        foreach (var answers in new[] { invited, colleagues })
        {
            answers.Count(a => a == LinkAnswerKind.Accepted).ShouldBe(1);
            answers.Count(a => a == LinkAnswerKind.Refused).ShouldBe(Many - 1);
        }

        (await EntriesAsync("InvitationAccepted", "LinkAccepted")).ShouldBe(2);
    }

    [Fact]
    public async Task Of_many_that_are_made_at_once_one_is_good()
    {
        var invitations = await AtOnceAsync(Many, InviteAsync);
        var links = await AtOnceAsync(Many, async portal =>
            (await portal.Get<IColleagueLinks>().HandAsync(portal.Admin, "second", default)).Secret.ShouldNotBeNull());

        var invited = await Task.WhenAll(invitations.Select(i => one.Get<IInvitations>().FindAsync(i.Secret.ShouldNotBeNull(), default)));
        var handed = await Task.WhenAll(links.Select(l => one.Get<IColleagueLinks>().FindAsync(l, default)));

        invited.Count(d => d is not null).ShouldBe(1);
        handed.Count(d => d is not null).ShouldBe(1);
        (await EntriesAsync("Invited", "StepHanded")).ShouldBe(2 * Many);
        (await EntriesAsync("InvitationRevoked", "LinkRevoked")).ShouldBe(2 * (Many - 1), "each that is good no more was revoked");
    }

    [Fact]
    public async Task Whoever_accepts_what_is_revoked_at_that_moment_is_not_admitted()
    {
        var accepted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (guest, colleague) = (Somebody(), Somebody());
            var invitation = (await InviteAsync(one)).Id;
            var step = await HandAsync(one);

            var invited = Task.Run(() => one.Get<IInvitations>().AcceptAsync(invitation, guest, default));
            var handed = Task.Run(async () => (await one.Get<IColleagueLinks>().AcceptAsync(step, colleague, default)).Kind);
            await Task.WhenAll(
                invited, handed, Task.Run(() => other.Get<ISpecialistDesk>().RevokeInvitationAsync(nina, tenant, invitation, default)),
                Task.Run(() => other.Get<IColleagueLinks>().RevokeAsync(one.Admin, "second", default)));

            accepted += new[] { await invited, await handed }.Count(a => a == LinkAnswerKind.Accepted);
            await using var db = await one.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
            (await db.Invitations.AnyAsync()).ShouldBeFalse();
            (await db.ColleagueLinks.AnyAsync()).ShouldBeFalse();
        }

        (await EntriesAsync("InvitationAccepted", "LinkAccepted")).ShouldBe(accepted, "who was told that they came in is in the audit, and nobody else");
        (await EntriesAsync("InvitationRevoked", "LinkRevoked")).ShouldBe(2 * Rounds);
    }

    private static LinkHolder Somebody() => new(EngineHost.Tenant, Guid.CreateVersion7());

    private Task<T[]> AtOnceAsync<T>(int count, Func<EngineHost, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => act(i % 2 == 0 ? one : other))));

    private Task<NewInvitation> InviteAsync(EngineHost portal) => portal.Get<ISpecialistDesk>().InviteAsync(nina, tenant, default);

    private static async Task<Guid> HandAsync(EngineHost portal)
    {
        var links = portal.Get<IColleagueLinks>();
        return (await links.FindAsync((await links.HandAsync(portal.Admin, "second", default)).Secret.ShouldNotBeNull(), default)).ShouldNotBeNull().LinkId;
    }

    /// <summary>Counts the entries of these kinds, after checking that the chain is intact despite the concurrency.</summary>
    private async Task<int> EntriesAsync(params string[] kinds)
    {
        (await one.Get<IAuditRecord>().VerifyAsync(one.Admin, null, null, default)).IsWhole.ShouldBeTrue();
        await using var db = await one.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
        return await db.Audit.CountAsync(e => kinds.Contains(e.Kind));
    }
}

public sealed class LinksAtOnceOnPostgreSqlTests() : LinksAtOnceTests(DatabaseProvider.PostgreSql);

public sealed class LinksAtOnceOnSqlServerTests() : LinksAtOnceTests(DatabaseProvider.SqlServer);
