using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Tests.Data;

public abstract class SessionTests(DatabaseProvider provider)
{
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid Person = Guid.NewGuid();
    private static readonly TenantAccess Access = new(Tenant, Person, "account", "hash");

    [Fact]
    public async Task A_session_lives_until_it_expires()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sessions = await SignedInAsync(database);

        (await sessions.IsAliveAsync(Access, default)).ShouldBeTrue();
        (await sessions.FindAsync("hash", default))!.Ticket.ShouldBe([1, 2, 3]);
        database.Clock.Advance(TimeSpan.FromHours(8));

        (await sessions.IsAliveAsync(Access, default)).ShouldBeFalse();
        (await sessions.FindAsync("hash", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_is_its_tenants_and_its_persons()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sessions = await SignedInAsync(database);

        (await sessions.IsAliveAsync(Access with { TenantId = Guid.NewGuid() }, default)).ShouldBeFalse();
        (await sessions.IsAliveAsync(Access with { PersonId = Guid.NewGuid() }, default)).ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(
            () => sessions.PutAsync(new SessionTicket("hash", Guid.NewGuid(), Person, [9], database.Clock.GetUtcNow().AddHours(1)), default));
    }

    [Fact]
    public async Task Renewing_a_session_moves_its_end()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sessions = await SignedInAsync(database);
        database.Clock.Advance(TimeSpan.FromHours(7));

        await sessions.PutAsync(new SessionTicket("hash", Tenant, Person, [4], database.Clock.GetUtcNow().AddHours(8)), default);
        database.Clock.Advance(TimeSpan.FromHours(7));

        (await sessions.FindAsync("hash", default))!.Ticket.ShouldBe([4]);
    }

    [Fact]
    public async Task Requests_that_renew_a_session_side_by_side_all_succeed()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sessions = database.Get<ISessions>();
        var end = database.Clock.GetUtcNow().AddHours(8);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(
            () => sessions.PutAsync(new SessionTicket("hash", Tenant, Person, [(byte)i], end), default))));

        (await sessions.IsAliveAsync(Access, default)).ShouldBeTrue();
        await using var db = await database.Contexts.CreateDbContextAsync();
        (await db.Sessions.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_made_from_an_older_ticket_is_not_stored()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sessions = await SignedInAsync(database);
        var read = (await sessions.FindAsync("hash", default))!;

        (await sessions.PutAsync(read with { Ticket = [4] }, default)).ShouldBeTrue();
        (await sessions.PutAsync(read with { Ticket = [5] }, default)).ShouldBeFalse();
        (await sessions.PutAsync(read with { SessionId = "another" }, default)).ShouldBeFalse();

        (await sessions.FindAsync("hash", default))!.Ticket.ShouldBe([4]);
        (await sessions.FindAsync("another", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_its_tokens_for_good()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sessions = await SignedInAsync(database);
        var caches = database.Get<ITokenCaches>();
        await caches.WriteAsync("hash", [7], default);

        await sessions.DeleteAsync("hash", default);
        await sessions.PutAsync(new SessionTicket("hash", Tenant, Person, [1], database.Clock.GetUtcNow().AddHours(8)), default);
        await caches.WriteAsync("hash", [8], default);

        (await sessions.IsAliveAsync(Access, default)).ShouldBeFalse();
        (await caches.ReadAsync("hash", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_cache_is_replaced_by_the_next_writing()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var caches = database.Get<ITokenCaches>();

        (await caches.ReadAsync("hash", default)).ShouldBeNull();
        await caches.WriteAsync("hash", [1], default);
        await caches.WriteAsync("hash", [2], default);

        (await caches.ReadAsync("hash", default)).ShouldBe([2]);
    }

    [Fact]
    public async Task What_another_portal_has_written_since_the_reading_is_not_overwritten_and_what_has_gone_does_not_come_back()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var caches = database.Get<ITokenCaches>();
        await caches.ReplaceAsync("hash", [1], [2], default);
        (await caches.ReadAsync("hash", default)).ShouldBeNull();
        await caches.WriteAsync("hash", [1], default);

        await caches.ReplaceAsync("hash", [1], [2], default);
        await caches.ReplaceAsync("hash", [1], [3], default);

        (await caches.ReadAsync("hash", default)).ShouldBe([2]);
    }

    [Fact]
    public async Task What_nobody_can_use_any_more_is_swept()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await SignedInAsync(database);
        await database.Get<ITokenCaches>().WriteAsync("hash", [1], default);
        await database.Get<ITokenCaches>().WriteAsync("orphan", [1], default);
        await using (var adding = await database.Contexts.CreateDbContextAsync())
        {
            var now = database.Clock.GetUtcNow();
            adding.ConsentStates.Add(new ConsentStateRow { Hash = [1], EntraTenantId = Tenant, ApplicationId = Guid.NewGuid(), IssuedBy = Person, IssuedAt = now, ExpiresAt = now.AddHours(1) });
            await adding.SaveChangesAsync();
        }

        var housekeeping = database.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().Single();

        database.Clock.Advance(TimeSpan.FromMinutes(20));
        await housekeeping.RunOnceAsync(default);
        (await database.Get<ITokenCaches>().ReadAsync("hash", default)).ShouldNotBeNull();
        (await database.Get<ITokenCaches>().ReadAsync("orphan", default)).ShouldBeNull();

        database.Clock.Advance(TimeSpan.FromDays(8));
        await housekeeping.RunOnceAsync(default);
        await using var db = await database.Contexts.CreateDbContextAsync();
        (await db.Sessions.CountAsync() + await db.TokenCaches.CountAsync() + await db.ConsentStates.CountAsync()).ShouldBe(0);
    }

    private static async Task<ISessions> SignedInAsync(TestDatabase database)
    {
        var sessions = database.Get<ISessions>();
        await sessions.PutAsync(new SessionTicket("hash", Tenant, Person, [1, 2, 3], database.Clock.GetUtcNow().AddHours(8)), default);
        return sessions;
    }
}

public sealed class SessionOnSqliteTests() : SessionTests(DatabaseProvider.Sqlite);

public sealed class SessionOnPostgreSqlTests() : SessionTests(DatabaseProvider.PostgreSql);

public sealed class SessionOnSqlServerTests() : SessionTests(DatabaseProvider.SqlServer);
