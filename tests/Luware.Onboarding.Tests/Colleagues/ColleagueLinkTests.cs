using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Tests.Colleagues;

public sealed class ColleagueLinkTests : IAsyncLifetime
{
    private readonly FakeWorld world = new();
    private EngineHost portal = null!;

    private IColleagueLinks Links => portal.Get<IColleagueLinks>();

    public async ValueTask InitializeAsync() => portal = await EngineHost.StartAsync(world);

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_link_is_good_once_and_brings_the_same_person_in_again()
    {
        var door = await OpenAsync(await HandAsync());

        (await Links.AcceptAsync(door.LinkId, Holder(out var bob), default)).ShouldBe(new LinkAnswer(LinkAnswerKind.Accepted, "second"));
        (await Links.AcceptAsync(door.LinkId, bob, default)).ShouldBe(new LinkAnswer(LinkAnswerKind.CameAgain, "second"));
        (await Links.AcceptAsync(door.LinkId, Holder(out _), default)).ShouldBe(new LinkAnswer(LinkAnswerKind.Refused));
    }

    [Theory]
    [InlineData(null, 30 * 24)]
    [InlineData("01:00:00", 1)]
    public async Task Whoever_accepts_is_admitted_for_as_long_as_is_set(string? lifetime, int hours)
    {
        await using var other = await EngineHost.StartAsync(world, settings: lifetime is null ? [] : [("Colleagues:AdmissionLifetime", lifetime)]);
        var links = other.Get<IColleagueLinks>();
        var handed = await links.HandAsync(other.Admin, "second", default);

        await links.AcceptAsync(handed.Id, Holder(out _), default);

        await using var db = await other.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var link = await db.ColleagueLinks.AcrossTenants().SingleAsync();
        (link.ExpiresAt - link.AcceptedAt).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Fact]
    public async Task Of_many_who_come_at_the_same_moment_one_is_accepted()
    {
        var door = await OpenAsync(await HandAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Links.AcceptAsync(door.LinkId, Holder(out _), default)));

        answers.Count(a => a.Kind == LinkAnswerKind.Accepted).ShouldBe(1);
        answers.Count(a => a.Kind == LinkAnswerKind.Refused).ShouldBe(7);
        (await LinesAsync(JournalKind.LinkAccepted)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_link_is_made_once_the_onboarding_was_closed_or_the_access_ended_while_the_directory_was_asked(bool closed)
    {
        var held = new HeldCall();
        world.WhileRolesRead = () =>
        {
            world.WhileRolesRead = null;
            return held.WaitAsync();
        };
        var handing = Links.HandAsync(portal.Admin, "second", default);
        await held.ReachedAsync();

        var problem = closed ? await CloseAsync() : (await portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default)).Problem;
        held.GoOn();

        problem.ShouldBeNull();
        await Should.ThrowAsync<UnauthorizedAccessException>(() => handing);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        (await db.ColleagueLinks.AcrossTenants().CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_made_it_uses_nothing_up_by_trying_it()
    {
        var door = await OpenAsync(await HandAsync());
        var access = portal.Admin.Access;

        (await Links.AcceptAsync(door.LinkId, new LinkHolder(access.TenantId, access.PersonId), default)).Kind.ShouldBe(LinkAnswerKind.Own);
        (await Links.AcceptAsync(door.LinkId, Holder(out _), default)).Kind.ShouldBe(LinkAnswerKind.Accepted);
    }

    [Fact]
    public async Task Somebody_of_another_tenant_uses_nothing_up()
    {
        var door = await OpenAsync(await HandAsync());
        door.EntraTenantId.ShouldBe(EngineHost.Tenant);

        (await Links.AcceptAsync(door.LinkId, new LinkHolder(Guid.NewGuid(), Guid.NewGuid()), default)).ShouldBe(new LinkAnswer(LinkAnswerKind.OtherTenant));
        (await Links.AcceptAsync(door.LinkId, Holder(out _), default)).Kind.ShouldBe(LinkAnswerKind.Accepted);
    }

    [Fact]
    public async Task A_link_expires_whether_or_not_its_sign_in_has_begun()
    {
        var secret = await HandAsync();
        var door = await OpenAsync(secret);

        await ExpireAsync(DateTimeOffset.UtcNow);

        (await Links.FindAsync(secret, default)).ShouldBeNull();
        (await Links.AcceptAsync(door.LinkId, Holder(out _), default)).Kind.ShouldBe(LinkAnswerKind.Refused);
    }

    [Fact]
    public async Task A_link_that_was_taken_back_or_replaced_opens_nothing()
    {
        var first = await HandAsync();
        var door = await OpenAsync(first);
        var second = await HandAsync();
        var other = await HandAsync("aside");

        (await Links.FindAsync(first, default)).ShouldBeNull();
        (await Links.AcceptAsync(door.LinkId, Holder(out _), default)).Kind.ShouldBe(LinkAnswerKind.Refused);
        await Links.RevokeAsync(portal.Admin, "second", default);
        await Links.RevokeAsync(portal.Admin, "second", default);

        (await Links.FindAsync(second, default)).ShouldBeNull();
        (await Links.FindAsync(other, default)).ShouldNotBeNull();
        (await LinesAsync(JournalKind.LinkRevoked)).Select(l => l.Person)
            .ShouldBe([portal.Admin.Access.PersonId, portal.Admin.Access.PersonId], "one for each of the two that were good");
    }

    [Fact]
    public async Task Two_who_hand_the_same_step_at_once_leave_one_good_link()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => HandAsync()));

        var doors = await Task.WhenAll(secrets.Select(s => Links.FindAsync(s, default)));

        doors.Count(d => d is not null).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task A_link_that_was_never_made_opens_nothing(string secret)
    {
        await HandAsync();

        (await Links.FindAsync(secret, default)).ShouldBeNull();
        (await Links.AcceptAsync(Guid.NewGuid(), Holder(out _), default)).Kind.ShouldBe(LinkAnswerKind.Refused);
    }

    [Fact]
    public async Task A_secret_is_random_and_lies_in_the_database_as_a_hash_only()
    {
        var (first, second) = (await HandAsync(), await HandAsync("aside"));

        first.Length.ShouldBe(43);
        first.ShouldNotBe(second);
        (await portal.Database.ValuesAsync()).ShouldAllBe(v => !v.Text.Contains(first) && !v.Text.Contains(second));
    }

    [Fact]
    public async Task Only_who_may_work_on_every_step_now_hands_one_on()
    {
        var member = EngineHost.Person("Mallory", roles: Guid.NewGuid());
        var stranger = EngineHost.Person("Eve", tenant: Guid.NewGuid());
        var absent = EngineHost.Person("Ghost");
        foreach (var actor in new[] { member, stranger })
            await portal.SignInAsync(actor);

        foreach (var actor in new[] { stranger, absent })
            await Should.ThrowAsync<UnauthorizedAccessException>(() => Links.HandAsync(actor, "second", default));
        foreach (var actor in new[] { member, stranger, absent })
            await Should.ThrowAsync<UnauthorizedAccessException>(() => Links.RevokeAsync(actor, "second", default));

        await Should.ThrowAsync<ArgumentException>(() => Links.HandAsync(portal.Admin, "nowhere", default));
        world.Roles = [];
        foreach (var actor in new[] { member, portal.Admin })
        {
            (await Links.HandAsync(actor, "second", default)).ShouldSatisfyAllConditions(
                l => l.Secret.ShouldBeNull(), l => l.Problem!.Key.ShouldBe("Engine.RoleMissing.What"));
        }

        world.Roles = [FakeWorld.Role];
        (await Links.HandAsync(member, "second", default)).Secret.ShouldNotBeNull("the role was activated after the sign-in, as for an approval");
    }

    [Fact]
    public async Task Who_handed_and_who_accepted_is_in_the_journal()
    {
        var door = await OpenAsync(await HandAsync());
        await Links.AcceptAsync(door.LinkId, Holder(out var bob), default);

        var made = (await LinesAsync(JournalKind.StepHanded)).ShouldHaveSingleItem();
        var accepted = (await LinesAsync(JournalKind.LinkAccepted)).ShouldHaveSingleItem();

        (made.Step, made.Person, made.TextJson.Contains(portal.Admin.Mention, StringComparison.Ordinal))
            .ShouldBe(("second", portal.Admin.Access.PersonId, true));
        (accepted.Step, accepted.Person, accepted.TextJson.Contains(Sentence.Mention(bob.PersonId), StringComparison.Ordinal))
            .ShouldBe(("second", bob.PersonId, true));
    }

    [Fact]
    public async Task What_becomes_of_links_of_both_kinds_is_counted()
    {
        var factory = portal.Get<IMeterFactory>();
        var counted = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "portal.links.opened" && instrument.Meter.Scope == factory)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Enqueue(string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
        listener.Start();
        var door = await OpenAsync(await HandAsync());

        await Links.FindAsync("unknown", default);
        await Links.AcceptAsync(door.LinkId, new LinkHolder(Guid.NewGuid(), Guid.NewGuid()), default);
        await Links.AcceptAsync(door.LinkId, Holder(out _), default);
        await portal.Get<IInvitations>().FindAsync("unknown", default);

        counted.ShouldBe(
        [
            "kind=HandedStep answer=Refused", "kind=HandedStep answer=OtherTenant", "kind=HandedStep answer=Accepted", "kind=Invitation answer=Refused",
        ]);
    }

    [Fact]
    public async Task Expired_links_are_swept_after_their_time()
    {
        await HandAsync();
        await ExpireAsync(DateTimeOffset.UtcNow.AddDays(-6));
        await HandAsync("aside");
        var sweep = portal.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().Single();

        await sweep.RunOnceAsync(default);
        (await CountAsync()).ShouldBe(2);
        await ExpireAsync(DateTimeOffset.UtcNow.AddDays(-8));
        await sweep.RunOnceAsync(default);

        (await CountAsync()).ShouldBe(1);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        (await db.RevokedLinks.AcrossTenants().CountAsync()).ShouldBe(0, "nobody revoked it");
    }

    private async Task<Sentence?> CloseAsync()
    {
        var nina = EngineHost.Specialist();
        await portal.SignInAsync(nina);
        var contoso = (await portal.Get<CustomerTenants>().FindAsync(EngineHost.Tenant, default))!.Id;
        return (await portal.Get<ISpecialistDesk>().SetClosedAsync(nina, contoso, closed: true, read: null, default)).Problem;
    }

    private async Task<string> HandAsync(string step = "second") => (await Links.HandAsync(portal.Admin, step, default)).Secret.ShouldNotBeNull();

    private async Task<LinkTarget> OpenAsync(string secret) => (await Links.FindAsync(secret, default)).ShouldNotBeNull();

    private static LinkHolder Holder(out LinkHolder holder) => holder = new LinkHolder(EngineHost.Tenant, Guid.NewGuid());

    private async Task ExpireAsync(DateTimeOffset at)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await db.ColleagueLinks.AcrossTenants().Where(l => l.Step == "second").ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, at));
    }

    private async Task<int> CountAsync()
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.ColleagueLinks.AcrossTenants().CountAsync();
    }

    private async Task<List<JournalEntry>> LinesAsync(JournalKind kind)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.Journal.AcrossTenants().Where(e => e.Kind == kind).ToListAsync();
    }
}
