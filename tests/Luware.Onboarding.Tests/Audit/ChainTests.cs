using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Audit;

public sealed class ChainTests
{
    /// <summary>Luware's own tenant: its chain belongs to no customer.</summary>
    private static readonly Guid Luware = Guid.Parse("33333333-3333-4333-8333-333333333333");

    [Fact]
    public async Task A_chain_is_whole_from_its_first_entry_to_its_head()
    {
        await using var chain = await ChainFixture.CreateAsync();

        var finding = await chain.VerifyAsync();

        finding.IsWhole.ShouldBeTrue();
        finding.Entries.ShouldBe(ChainFixture.Length);
        finding.Head!.Sequence.ShouldBe(ChainFixture.Length);
        (await chain.VerifyAsync(finding.Head)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_chain_of_no_customer_of_whom_nothing_is_told_yet_is_whole()
    {
        await using var database = await TestDatabase.CreateAsync();

        var finding = await database.Get<AuditVerifier>().VerifyAsync(Luware, [], default);

        (finding.Entries, finding.Head, finding.Fault).ShouldBe((0, null, null));
    }

    [Fact]
    public async Task Many_who_write_at_once_each_get_a_place()
    {
        await using var chain = await ChainFixture.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => chain.GrowAsync(chain.Tenant.Id, 3)));

        var finding = await chain.VerifyAsync();
        finding.IsWhole.ShouldBeTrue();
        finding.Entries.ShouldBe(ChainFixture.Length + (24 * 3));
    }

    [Fact]
    public async Task What_fails_to_be_saved_leaves_no_entry()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var tenant = chain.Tenant.Id;

        await Should.ThrowAsync<DbUpdateException>(() => chain.Database.Contexts.ChangeAsync(tenant, db =>
        {
            chain.Trail.Add(db, new AuditLine(tenant, "Tried"));
            db.Journal.Add(new JournalEntry { TenantId = tenant, At = default, Kind = JournalKind.Approved, TextJson = null! });
            return Task.CompletedTask;
        }, default));

        (await chain.VerifyAsync()).Entries.ShouldBe(ChainFixture.Length);
    }

    [Fact]
    public async Task Entries_of_one_change_keep_their_order()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var tenant = chain.Tenant.Id;

        await chain.Database.Contexts.ChangeAsync(tenant, db =>
        {
            for (var i = 0; i < 20; i++)
                chain.Trail.Add(db, new AuditLine(tenant, $"Together{i}"));
            return Task.CompletedTask;
        }, default);

        await using var after = await chain.Database.Contexts.OpenAsync(tenant, default);
        (await after.Audit.Where(e => e.Sequence > ChainFixture.Length).OrderBy(e => e.Sequence).Select(e => e.Kind).ToListAsync())
            .ShouldBe(Enumerable.Range(0, 20).Select(i => $"Together{i}"));
        (await chain.VerifyAsync()).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task An_entry_is_neither_changed_nor_deleted()
    {
        await using var chain = await ChainFixture.CreateAsync();
        await using var db = await chain.Database.Contexts.OpenAsync(chain.Tenant.Id, default);
        var entry = await db.Audit.FirstAsync();

        entry.Close([1]);
        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());

        db.ChangeTracker.Clear();
        db.Audit.Remove(await db.Audit.FirstAsync());
        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Every_tenant_has_a_chain_of_its_own()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var other = await chain.Database.AddTenantAsync();

        await chain.GrowAsync(other.Id, 1);

        (await chain.Database.Get<AuditVerifier>().VerifyAsync(other.Id, [], default)).Entries.ShouldBe(2);
        (await chain.VerifyAsync()).Entries.ShouldBe(ChainFixture.Length);
    }

    [Fact]
    public async Task A_customer_who_is_added_with_the_first_entry_is_whole()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tenant = await database.AddTenantAsync();

        (await database.Get<AuditVerifier>().VerifyAsync(tenant.Id, [], default)).ShouldSatisfyAllConditions(
            f => f.IsWhole.ShouldBeTrue(), f => f.Entries.ShouldBe(1));
    }

    [Fact]
    public async Task Whoever_finds_no_end_and_is_not_the_first_to_begin_the_chain_looks_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var trail = database.Get<AuditTrail>();
        var attempts = 0;

        await database.Contexts.ChangeAsync(Luware, async db =>
        {
            await AuditTrail.KnowEndAsync(db, Luware, default);
            var isThere = await db.Audit.AnyAsync(e => e.Kind == "Told");
            if (++attempts == 1)
                await trail.WriteAsync(new AuditLine(Luware, "Told"), default);
            if (!isThere)
                trail.Add(db, new AuditLine(Luware, "Told"));
        }, default);

        attempts.ShouldBe(2);
        (await database.Get<AuditVerifier>().VerifyAsync(Luware, [], default)).ShouldSatisfyAllConditions(
            f => f.IsWhole.ShouldBeTrue(), f => f.Entries.ShouldBe(1));
    }

    [Fact]
    public async Task What_two_keys_have_sealed_is_checked_with_both()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        var keys = new AuditOptions { CurrentKey = "next", Keys = { [AuditKey.Name] = AuditKey.Value, ["next"] = AuditKey.Of(2) } };

        await ReplacedKey.WriteAsync(chain, keys);

        var finding = await chain.VerifyAsync(keys);
        finding.IsWhole.ShouldBeTrue();
        finding.Entries.ShouldBe(ChainFixture.Length + 1);
        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.UnknownKey, ChainFixture.Length + 1));
    }

    [Fact]
    public void The_same_data_is_the_same_text()
    {
        new AuditData { ["b"] = 1, ["a"] = "Zürich's", ["c"] = null }.ToJson().ShouldBe("""{"a":"Zürich's","b":1}""");
        new AuditData { ["c"] = null, ["a"] = "Zürich's", ["b"] = 1 }.ToJson().ShouldBe("""{"a":"Zürich's","b":1}""");
    }

    [Fact]
    public void No_two_entries_read_the_same_under_their_seal()
    {
        var key = Convert.FromBase64String(AuditKey.Value);
        var entry = new AuditEntry { TenantId = Guid.NewGuid(), At = DateTimeOffset.UnixEpoch, Kind = "ab", Subject = "c", DataJson = "{}" };
        var shifted = new AuditEntry { Id = entry.Id, TenantId = entry.TenantId, At = entry.At, Kind = "a", Subject = "bc", DataJson = "{}" };
        var person = new AuditEntry
        {
            Id = entry.Id, TenantId = entry.TenantId, At = entry.At, Kind = "ab", Subject = "c", DataJson = "{}", Person = Guid.Empty,
        };

        new[] { entry, shifted, person }.Select(e => Convert.ToHexString(AuditMac.Of(key, e))).Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("5:00")]
    [InlineData("0:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("x:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("1:zaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("")]
    public void What_is_no_anchor_is_not_read_as_one(string text) => AuditAnchor.Parse(text).ShouldBeNull();

    [Fact]
    public void An_anchor_reads_back_as_it_was_written()
    {
        var anchor = new AuditAnchor(57, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        AuditAnchor.Parse($" {anchor} ").ShouldNotBeNull().ToString().ShouldBe(anchor.ToString());
    }
}
