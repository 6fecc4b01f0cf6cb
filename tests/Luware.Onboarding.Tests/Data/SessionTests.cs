using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Tests.Data;

public abstract class SessionTests(DatabaseProvider provider) : SessionRules, IAsyncLifetime
{
    private TestDatabase database = null!;

    protected override ISessions Sessions => database.Get<ISessions>();

    protected override ITokenCaches Caches => database.Get<ITokenCaches>();

    protected override DateTimeOffset Now => database.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (database is not null)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task A_session_lives_until_it_expires()
    {
        await SignInAsync();

        database.Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
        (await Sessions.IsAliveAsync(Access, default)).ShouldBeTrue();
        database.Clock.Advance(TimeSpan.FromSeconds(1));

        (await Sessions.IsAliveAsync(Access, default)).ShouldBeFalse();
        (await Sessions.FindAsync("hash", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Renewing_a_session_moves_its_end()
    {
        await SignInAsync();
        database.Clock.Advance(TimeSpan.FromHours(7));

        await Sessions.PutAsync(Ticket(4), default);
        database.Clock.Advance(TimeSpan.FromHours(7));

        (await Sessions.FindAsync("hash", default))!.Ticket.ShouldBe([4]);
    }

    [Fact]
    public async Task Requests_that_renew_a_session_side_by_side_all_succeed()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => Sessions.PutAsync(Ticket((byte)i), default))));

        (await Sessions.IsAliveAsync(Access, default)).ShouldBeTrue();
        await using var db = await database.Contexts.CreateDbContextAsync();
        (await db.Sessions.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_nobody_can_use_any_more_is_swept()
    {
        await SignInAsync();
        await Caches.WriteAsync("hash", [1], default);
        await Caches.WriteAsync("orphan", [1], default);
        await using (var adding = await database.Contexts.CreateDbContextAsync())
        {
            adding.ConsentStates.Add(new ConsentStateRow
            {
                Hash = [1], EntraTenantId = Tenant, ApplicationId = Guid.NewGuid(), IssuedBy = Person, IssuedAt = Now, ExpiresAt = Now.AddHours(1),
            });
            await adding.SaveChangesAsync();
        }

        var housekeeping = database.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().Single();

        database.Clock.Advance(TimeSpan.FromMinutes(20));
        await housekeeping.RunOnceAsync(default);
        (await Caches.ReadAsync("hash", default)).ShouldNotBeNull();
        (await Caches.ReadAsync("orphan", default)).ShouldBeNull();

        database.Clock.Advance(TimeSpan.FromDays(8));
        await housekeeping.RunOnceAsync(default);
        await using var db = await database.Contexts.CreateDbContextAsync();
        (await db.Sessions.CountAsync() + await db.TokenCaches.CountAsync() + await db.ConsentStates.CountAsync()).ShouldBe(0);
    }
}

public sealed class SessionOnSqliteTests() : SessionTests(DatabaseProvider.Sqlite);

public sealed class SessionOnPostgreSqlTests() : SessionTests(DatabaseProvider.PostgreSql);

public sealed class SessionOnSqlServerTests() : SessionTests(DatabaseProvider.SqlServer);
