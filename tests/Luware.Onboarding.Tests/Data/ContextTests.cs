using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Data;

public abstract class ContextTests(DatabaseProvider provider)
{
    [Fact]
    public async Task A_stale_writer_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var tenant = await database.AddTenantAsync();
        await using var first = await database.Contexts.CreateDbContextAsync();
        await using var second = await database.Contexts.CreateDbContextAsync();
        var (mine, theirs) = (await first.Tenants.SingleAsync(t => t.Id == tenant.Id), await second.Tenants.SingleAsync(t => t.Id == tenant.Id));

        mine.Ready = true;
        await first.SaveChangesAsync();
        theirs.Name = "Other";

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }

    [Fact]
    public async Task Changes_that_meet_are_both_made()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var tenant = await database.AddTenantAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => database.Contexts.ChangeAsync(tenant.Id, async db =>
        {
            var row = await db.Tenants.SingleAsync(t => t.Id == tenant.Id);
            row.Name += "+";
        }, default)));

        await using var after = await database.Contexts.CreateDbContextAsync();
        (await after.Tenants.SingleAsync(t => t.Id == tenant.Id)).Name.ShouldBe("Contoso++++++++");
    }

    [Fact]
    public async Task A_change_that_collides_once_returns_what_its_second_attempt_found()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var tenant = await database.AddTenantAsync();
        var attempts = 0;

        var found = await database.Contexts.ChangeAsync(tenant.Id, async db =>
        {
            var row = await db.Tenants.SingleAsync(t => t.Id == tenant.Id);
            if (++attempts == 1)
            {
                await database.Contexts.ChangeAsync(
                    tenant.Id, async other => (await other.Tenants.SingleAsync(t => t.Id == tenant.Id)).Name = "Fabrikam", default);
            }

            row.Ready = true;
            return row.Name;
        }, default);

        found.ShouldBe("Fabrikam");
        attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_change_whose_saving_was_not_answered_is_not_carried_out_again()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var tenant = await database.AddTenantAsync();
        var attempts = 0;

        await database.Contexts.ChangeAsync(tenant.Id, db =>
        {
            attempts++;
            AuditTrail.Add(db, new AuditLine(tenant.Id, AuditKinds.Downloaded), database.Clock.GetUtcNow());
            // So it looks when a retrying connection sends rows again whose commit it did not hear of.
            db.SavedChanges += (_, _) => throw new DbUpdateConcurrencyException("The rows are there already.");
            return Task.CompletedTask;
        }, default);

        attempts.ShouldBe(1);
        await using var after = await database.Contexts.OpenAsync(tenant.Id, default);
        (await after.Audit.CountAsync(e => e.Kind == AuditKinds.Downloaded)).ShouldBe(1);
    }

    [Fact]
    public async Task A_context_sees_its_own_tenants_rows_and_without_a_tenant_none()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (mine, other) = (await database.AddTenantAsync(), await database.AddTenantAsync());
        await AddChoiceAsync(database, mine.Id);
        await AddChoiceAsync(database, other.Id);

        await using var own = await database.Contexts.OpenAsync(mine.Id, default);
        (await own.Choices.Select(c => c.TenantId).ToListAsync()).ShouldBe([mine.Id]);
        await using var nobody = await database.Contexts.CreateDbContextAsync();
        (await nobody.Choices.CountAsync()).ShouldBe(0);
        (await nobody.Choices.AcrossTenants().CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_row_of_another_tenant_cannot_be_written()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (mine, other) = (await database.AddTenantAsync(), await database.AddTenantAsync());
        await using var db = await database.Contexts.OpenAsync(mine.Id, default);

        db.Choices.Add(Choice(other.Id));

        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task The_journal_is_only_added_to()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var tenant = await database.AddTenantAsync();
        await using var db = await database.Contexts.OpenAsync(tenant.Id, default);
        var entry = new JournalEntry { TenantId = tenant.Id, At = database.Clock.GetUtcNow(), Kind = JournalKind.Approved, TextJson = "{}" };
        db.Journal.Add(entry);
        await db.SaveChangesAsync();

        db.Journal.Remove(entry);

        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Times_are_sorted_and_compared_by_the_database_and_come_back_as_utc()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var tenant = await database.AddTenantAsync();
        var at = new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(1)).AddMicroseconds(7);
        await using (var db = await database.Contexts.OpenAsync(tenant.Id, default))
        {
            db.Journal.AddRange(new[] { 2, 0, 1 }.Select(i =>
                new JournalEntry { TenantId = tenant.Id, At = at.AddMinutes(i), Kind = JournalKind.Approved, TextJson = $"{i}" }));
            await db.SaveChangesAsync();
        }

        await using var after = await database.Contexts.OpenAsync(tenant.Id, default);
        var entries = await after.Journal.Where(e => e.At > at).OrderByDescending(e => e.At).ToListAsync();

        entries.Select(e => e.TextJson).ShouldBe(["2", "1"]);
        entries[1].At.ShouldBe(at.AddMinutes(1));
        entries[1].At.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_runs_identity_comes_back_as_it_went_in()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var tenant = await database.AddTenantAsync();
        var run = database.NewRun(tenant);
        await using (var db = await database.Contexts.OpenAsync(tenant.Id, default))
        {
            db.Runs.Add(run);
            await db.SaveChangesAsync();
        }

        await using var after = await database.Contexts.OpenAsync(tenant.Id, default);
        (await after.Runs.SingleAsync()).Access.ShouldBe(run.Access);
    }

    [Fact]
    public async Task A_snapshot_sees_one_moment_and_keeps_nobody_from_writing()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await database.AddTenantAsync();

        var counts = await database.Contexts.ReadAtOnceAsync(async db =>
        {
            var before = await db.Tenants.CountAsync();
            await database.AddTenantAsync();
            return (before, await db.Tenants.CountAsync());
        }, default);

        counts.ShouldBe((1, 1));
    }

    private static StepChoice Choice(Guid tenantId) =>
        new() { TenantId = tenantId, Step = "consent", Json = "{}", ChosenAt = DateTimeOffset.UnixEpoch, ChosenBy = Guid.NewGuid() };

    private static async Task AddChoiceAsync(TestDatabase database, Guid tenantId)
    {
        await using var db = await database.Contexts.OpenAsync(tenantId, default);
        db.Choices.Add(Choice(tenantId));
        await db.SaveChangesAsync();
    }
}

public sealed class ContextOnSqliteTests() : ContextTests(DatabaseProvider.Sqlite);

public sealed class ContextOnPostgreSqlTests() : ContextTests(DatabaseProvider.PostgreSql);

public sealed class ContextOnSqlServerTests() : ContextTests(DatabaseProvider.SqlServer);
