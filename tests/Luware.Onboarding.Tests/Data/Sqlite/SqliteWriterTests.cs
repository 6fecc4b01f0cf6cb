using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Data.Sqlite;

/// <summary>Writers of one process stand in line before the file.</summary>
public sealed class SqliteWriterTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    private SqliteWriters Writers => database.Get<SqliteWriters>();

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_save_waits_for_the_one_before_it()
    {
        var goOn = new TaskCompletionSource<bool>();
        var first = Writers.WriteAsync(() => goOn.Task, default);

        var second = AddAsync(database.Contexts, default);
        second.IsCompleted.ShouldBeFalse();
        goOn.SetResult(true);

        await second;
        (await CountAsync()).ShouldBe(1);
        await first;
    }

    [Fact]
    public async Task Whoever_leaves_the_line_writes_nothing_and_holds_up_nobody()
    {
        var goOn = new TaskCompletionSource<bool>();
        var first = Writers.WriteAsync(() => goOn.Task, default);
        using var gone = new CancellationTokenSource();
        var second = AddAsync(database.Contexts, gone.Token);

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        goOn.SetResult(true);
        await first;

        await AddAsync(database.Contexts, default);
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_save_that_fails_gives_its_turn_on()
    {
        var id = Guid.NewGuid();
        await AddAsync(database.Contexts, default, id);

        await Should.ThrowAsync<DbUpdateException>(AddAsync(database.Contexts, default, id));

        await AddAsync(database.Contexts, default);
        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_has_begun_a_transaction_does_not_wait_behind_those_who_wait_for_its_end()
    {
        Task? other = null;
        await database.Contexts.InTransactionAsync(async db =>
        {
            db.Add(NewTenant(Guid.NewGuid()));
            await db.SaveChangesAsync();
            // Has its turn and waits for the file, which this transaction has.
            other = Task.Run(() => AddAsync(database.Contexts, default));
            await UntilInTurnAsync();
            db.Add(NewTenant(Guid.NewGuid()));
            await db.SaveChangesAsync();
        }, default);

        await other!;
        (await CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_place_in_the_line_is_not_kept_for_ever()
    {
        using var writers = new SqliteWriters(TimeSpan.FromMilliseconds(20));
        var goOn = new TaskCompletionSource<bool>();
        var first = writers.WriteAsync(() => goOn.Task, default);

        var late = await Should.ThrowAsync<TimeoutException>(writers.WriteAsync(() => Task.FromResult(true), default));

        StoreFaults.IsPassing(late).ShouldBeTrue("whoever wrote tries again later, as with a database that is out of reach");
        goOn.SetResult(true);
        await first;
        (await writers.WriteAsync(() => Task.FromResult(true), default)).ShouldBeTrue();
    }

    private async Task UntilInTurnAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            soon.CancelAfter(TimeSpan.FromMilliseconds(20));
            try
            {
                await Writers.WriteAsync(() => Task.FromResult(true), soon.Token);
            }
            catch (OperationCanceledException) when (!limit.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task AddAsync(IDbContextFactory<PortalDbContext> contexts, CancellationToken cancellationToken, Guid? id = null)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Add(NewTenant(id ?? Guid.NewGuid()));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> CountAsync()
    {
        await using var db = await database.Contexts.CreateDbContextAsync();
        return await db.Tenants.CountAsync();
    }

    private static CustomerTenant NewTenant(Guid entraTenantId) =>
        new() { EntraTenantId = entraTenantId, Name = "Contoso", Region = "MTCH", CreatedAt = DateTimeOffset.UnixEpoch };
}
