using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>An attacker who can write to the database but has no key: every change to a chain is found, with its position.</summary>
public sealed class BrokenChainTests
{
    private const string Mine = "TenantId = @tenant";

    public static TheoryData<string> Columns =>
        [.. typeof(AuditEntry).GetProperties().Select(p => p.Name).Where(n => n is not (nameof(AuditEntry.TenantId) or nameof(AuditEntry.Sequence)))];

    public static TheoryData<string> HeadColumns => [.. typeof(AuditHead).GetProperties().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_changed_column_is_found(string column)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        var value = column switch
        {
            nameof(AuditEntry.Id) or nameof(AuditEntry.Person) or nameof(AuditEntry.PersonTenant) => $"'{Guid.NewGuid().ToString().ToUpperInvariant()}'",
            nameof(AuditEntry.At) => "At + 10",
            nameof(AuditEntry.Version) => "1",
            nameof(AuditEntry.Mac) or nameof(AuditEntry.PreviousMac) => "randomblob(32)",
            nameof(AuditEntry.KeyName) => "'other'",
            _ => $"{column} || ' '",
        };

        await chain.TamperAsync($"UPDATE AuditEntries SET {column} = {value} WHERE {Mine} AND Sequence = 3");

        var finding = await chain.VerifyAsync();
        finding.Fault.ShouldBe(new AuditFault(column == nameof(AuditEntry.KeyName) ? AuditFaultKind.UnknownKey : AuditFaultKind.Changed, 3));
        finding.Entries.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_deleted_entry_is_missed(int sequence)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"DELETE FROM AuditEntries WHERE {Mine} AND Sequence = {sequence}");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Removed, sequence));
    }

    [Fact]
    public async Task A_gap_that_was_closed_up_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"DELETE FROM AuditEntries WHERE {Mine} AND Sequence = 3");
        await chain.TamperAsync($"UPDATE AuditEntries SET Sequence = 3 WHERE {Mine} AND Sequence = 4");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Moved, 3) { Was = 4 });
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(1, 5)]
    public async Task Two_entries_that_changed_places_are_found(int one, int other)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"UPDATE AuditEntries SET Sequence = 99 WHERE {Mine} AND Sequence = {one}");
        await chain.TamperAsync($"UPDATE AuditEntries SET Sequence = {one} WHERE {Mine} AND Sequence = {other}");
        await chain.TamperAsync($"UPDATE AuditEntries SET Sequence = {other} WHERE {Mine} AND Sequence = 99");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Moved, one) { Was = other });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task An_inserted_entry_is_found(int sequence)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync(Copy("randomblob(32)", sequence, "TenantId"));

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Changed, sequence));
    }

    [Fact]
    public async Task An_entry_that_is_put_between_two_others_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"UPDATE AuditEntries SET Sequence = -Sequence WHERE {Mine} AND Sequence > 3");
        await chain.TamperAsync($"UPDATE AuditEntries SET Sequence = 1 - Sequence WHERE {Mine} AND Sequence < 0");
        await chain.TamperAsync(Copy("Mac", 4, "TenantId"));

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Changed, 4));
    }

    [Fact]
    public async Task An_entry_of_another_tenant_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        var other = await chain.Database.AddTenantAsync();
        await chain.GrowAsync(other.Id, 5);

        await chain.TamperAsync($"UPDATE AuditEntries SET TenantId = @tenant WHERE TenantId <> @tenant AND Sequence = 6");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Changed, 6));
    }

    [Fact]
    public async Task An_entry_that_was_moved_to_another_tenants_chain_is_missed_in_its_own_and_found_in_the_other()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        var other = await chain.Database.AddTenantAsync();
        await chain.GrowAsync(other.Id, 1);

        await chain.TamperAsync($"UPDATE AuditEntries SET TenantId = (SELECT Id FROM Tenants WHERE Id <> @tenant) WHERE {Mine} AND Sequence = 3");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Removed, 3));
        (await chain.Database.Get<AuditVerifier>().VerifyAsync(other.Id, [], default)).Fault.ShouldBe(new AuditFault(AuditFaultKind.Changed, 3));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task An_entry_that_is_there_twice_is_found(int sequence)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        if (sequence <= ChainFixture.Length)
            await chain.TamperAsync($"DELETE FROM AuditEntries WHERE {Mine} AND Sequence = {sequence}");
        await chain.TamperAsync(Copy("Mac", sequence, "TenantId"));

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Changed, sequence));
    }

    [Fact]
    public async Task A_last_entry_that_was_renumbered_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"UPDATE AuditEntries SET Sequence = 6 WHERE {Mine} AND Sequence = 5");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Removed, 5));
    }

    [Fact]
    public async Task A_chain_that_is_passed_off_as_another_tenants_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"UPDATE Tenants SET EntraTenantId = '{Guid.NewGuid().ToString().ToUpperInvariant()}' WHERE Id = @tenant");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Detached, 1));
    }

    [Fact]
    public async Task A_cut_tail_is_missed_by_the_head()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"DELETE FROM AuditEntries WHERE {Mine} AND Sequence > 3");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Cut, 4));
    }

    [Fact]
    public async Task A_head_that_was_made_to_fit_a_cut_tail_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"DELETE FROM AuditEntries WHERE {Mine} AND Sequence > 3");
        await chain.TamperAsync($"UPDATE AuditChains SET (Sequence, At, Mac, KeyName) = (SELECT Sequence, At, Mac, KeyName FROM AuditEntries WHERE {Mine} AND Sequence = 3) WHERE {Mine}");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Head, 3));
    }

    [Theory]
    [MemberData(nameof(HeadColumns))]
    public async Task A_changed_column_of_the_head_is_found(string column)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        var value = column switch
        {
            nameof(AuditHead.TenantId) => $"'{Guid.NewGuid().ToString().ToUpperInvariant()}'",
            nameof(AuditHead.Sequence) => "4",
            nameof(AuditHead.At) => "At + 10",
            nameof(AuditHead.KeyName) => "'other'",
            _ => "randomblob(32)",
        };

        await chain.TamperAsync($"UPDATE AuditChains SET {column} = {value} WHERE {Mine}");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Head, column == nameof(AuditHead.Sequence) ? 4 : 5));
    }

    [Fact]
    public async Task A_deleted_head_is_missed()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"DELETE FROM AuditChains WHERE {Mine}");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Head, 5));
    }

    [Fact]
    public async Task A_head_of_an_earlier_day_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        await chain.TamperAsync("CREATE TABLE Earlier AS SELECT * FROM AuditChains; UPDATE Earlier SET Seal = Seal");
        await chain.GrowAsync(chain.Tenant.Id, 1);

        await chain.TamperAsync("DELETE FROM AuditChains; INSERT INTO AuditChains SELECT * FROM Earlier");

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.BehindHead, 6));
    }

    [Fact]
    public async Task What_was_put_back_to_an_earlier_day_whole_is_found_by_an_anchor()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        await chain.TamperAsync("CREATE TABLE Earlier AS SELECT * FROM AuditChains; UPDATE Earlier SET Seal = Seal");
        await chain.GrowAsync(chain.Tenant.Id, 2);
        var anchor = (await chain.VerifyAsync()).Head!;

        await chain.TamperAsync(
            "DELETE FROM AuditEntries WHERE TenantId = @tenant AND Sequence > 5; DELETE FROM AuditChains; INSERT INTO AuditChains SELECT * FROM Earlier");

        (await chain.VerifyAsync()).IsWhole.ShouldBeTrue();
        (await chain.VerifyAsync(anchor)).Fault.ShouldBe(new AuditFault(AuditFaultKind.Cut, 6));

        await chain.GrowAsync(chain.Tenant.Id, 3);
        (await chain.VerifyAsync()).IsWhole.ShouldBeTrue();
        (await chain.VerifyAsync(anchor)).Fault.ShouldBe(new AuditFault(AuditFaultKind.NotAnchored, 7));
    }

    [Fact]
    public async Task A_chain_that_is_gone_with_its_head_is_found_by_an_anchor()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        var anchor = (await chain.VerifyAsync()).Head!;

        await chain.TamperAsync("DELETE FROM AuditEntries WHERE TenantId = @tenant; DELETE FROM AuditChains WHERE TenantId = @tenant");

        (await chain.VerifyAsync(anchor)).Fault.ShouldBe(new AuditFault(AuditFaultKind.Cut, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("; UPDATE Tenants SET CreatedAt = 0 WHERE Id = @tenant")]
    public async Task A_chain_that_is_gone_with_its_head_is_missed_whatever_the_customers_row_says(string excuse)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync("DELETE FROM AuditEntries WHERE TenantId = @tenant; DELETE FROM AuditChains WHERE TenantId = @tenant" + excuse);

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Cut, 1));
    }

    [Theory]
    [MemberData(nameof(Laundering))]
    public async Task What_is_added_to_a_chain_that_was_tampered_with_does_not_make_it_whole(string tampering, int end)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        await chain.TamperAsync(tampering);

        await chain.GrowAsync(chain.Tenant.Id, 2);

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Detached, end + 1));
        await chain.GrowAsync(chain.Tenant.Id, 1);
        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Detached, end + 1), "nor does time");
    }

    [Theory]
    [InlineData(6, AuditFaultKind.Changed, 6)]
    [InlineData(8, AuditFaultKind.Changed, 8)]
    [InlineData(long.MaxValue, AuditFaultKind.Removed, 9)]
    public async Task An_entry_that_somebody_made_up_blocks_no_later_one_and_is_found(long sequence, AuditFaultKind kind, long found)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        await chain.TamperAsync(Copy("randomblob(32)", sequence, "TenantId"));

        await chain.GrowAsync(chain.Tenant.Id, 3);

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(kind, found));
    }

    [Fact]
    public async Task Neither_a_made_up_entry_nor_a_deleted_end_blocks_later_ones()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        await chain.TamperAsync($"{Copy("randomblob(32)", long.MaxValue, "TenantId")}; DELETE FROM AuditChains WHERE {Mine}");

        await chain.GrowAsync(chain.Tenant.Id, 2);

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Detached, 6));
    }

    [Fact]
    public async Task A_head_of_an_earlier_day_blocks_no_later_entry_and_does_not_make_the_chain_whole()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        await chain.TamperAsync("CREATE TABLE Earlier AS SELECT * FROM AuditChains; UPDATE Earlier SET Seal = Seal");
        await chain.GrowAsync(chain.Tenant.Id, 3);
        await chain.TamperAsync("DELETE FROM AuditChains; INSERT INTO AuditChains SELECT * FROM Earlier");

        await chain.GrowAsync(chain.Tenant.Id, 2);

        (await chain.VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Detached, 9));
    }

    [Fact]
    public async Task An_entry_that_is_there_twice_is_found_where_one_part_of_a_long_chain_is_read_and_the_next_begins()
    {
        const int Part = 2000;
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        await chain.Database.Contexts.ChangeAsync(chain.Tenant.Id, db =>
        {
            for (var i = ChainFixture.Length; i <= Part; i++)
                chain.Trail.Add(db, new AuditLine(chain.Tenant.Id, "Kind"));
            return Task.CompletedTask;
        }, default);
        (await chain.VerifyAsync()).Entries.ShouldBe(Part + 1);

        await chain.TamperAsync("DROP INDEX IX_AuditEntries_TenantId_Sequence; " + Copy("Mac", Part, "TenantId"));

        (await chain.VerifyAsync()).Fault!.Sequence.ShouldBe(Part);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Whatever_is_found_without_anchors_is_found_with_them_too(string tampering, AuditFaultKind kind, long sequence, int misfits)
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        var anchors = await chain.AnchorsAsync();
        (await chain.VerifyAsync(anchors)).ShouldSatisfyAllConditions(f => f.IsWhole.ShouldBeTrue(), f => f.Misfits.ShouldBeEmpty());

        await chain.TamperAsync(tampering);

        (await chain.VerifyAsync()).IsWhole.ShouldBeFalse();
        var finding = await chain.VerifyAsync(anchors);
        (finding.Fault!.Kind, finding.Fault.Sequence).ShouldBe((kind, sequence));
        finding.Misfits.Count.ShouldBe(misfits);
    }

    [Fact]
    public async Task An_anchor_that_somebody_made_up_does_not_fit()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        var (wrong, late) = (new AuditAnchor(2, new byte[32]), new AuditAnchor(9, new byte[32]));

        (await chain.VerifyAsync(late, wrong)).ShouldSatisfyAllConditions(
            f => f.Fault.ShouldBe(new AuditFault(AuditFaultKind.NotAnchored, 2)), f => f.Misfits.ShouldBe([wrong, late]));
    }

    [Fact]
    public async Task A_number_that_was_written_into_head_or_entry_does_not_say_how_long_the_search_is()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        await chain.TamperAsync($"UPDATE AuditEntries SET Kind = 'other' WHERE {Mine} AND Sequence = 3");
        await chain.TamperAsync($"UPDATE AuditEntries SET Sequence = {long.MaxValue} WHERE {Mine} AND Sequence = 5");
        await chain.TamperAsync($"UPDATE AuditChains SET Sequence = {long.MaxValue} WHERE {Mine}");

        (await chain.VerifyAsync().WaitAsync(TimeSpan.FromSeconds(30))).Fault.ShouldBe(new AuditFault(AuditFaultKind.Changed, 3));
    }

    [Fact]
    public async Task A_chain_that_was_sealed_anew_with_another_key_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);

        (await chain.VerifyAsync(new AuditOptions { CurrentKey = AuditKey.Name, Keys = { [AuditKey.Name] = AuditKey.Of(2) } }))
            .Fault.ShouldBe(new AuditFault(AuditFaultKind.Changed, 1));
        (await chain.VerifyAsync(new AuditOptions { CurrentKey = "next", Keys = { ["next"] = AuditKey.Of(2) } }))
            .Fault.ShouldBe(new AuditFault(AuditFaultKind.UnknownKey, 1));
    }

    /// <summary>The change, the first fault it causes, and how many of the anchors of entries 1 to 5 no longer match.</summary>
    public static TheoryData<string, AuditFaultKind, long, int> Ways => new()
    {
        { $"UPDATE AuditEntries SET Subject = 'x' WHERE {Mine} AND Sequence = 1", AuditFaultKind.Changed, 1, 0 },
        { $"UPDATE AuditEntries SET Mac = randomblob(32) WHERE {Mine} AND Sequence = 5", AuditFaultKind.Changed, 5, 1 },
        { $"DELETE FROM AuditEntries WHERE {Mine} AND Sequence = 1", AuditFaultKind.Removed, 1, 1 },
        { $"DELETE FROM AuditEntries WHERE {Mine} AND Sequence = 3", AuditFaultKind.Removed, 3, 1 },
        { $"DELETE FROM AuditEntries WHERE {Mine} AND Sequence = 5", AuditFaultKind.Cut, 5, 1 },
        { $"DELETE FROM AuditEntries WHERE {Mine} AND Sequence > 2", AuditFaultKind.Cut, 3, 3 },
        { $"DELETE FROM AuditEntries WHERE {Mine} AND Sequence > 2; DELETE FROM AuditChains WHERE {Mine}", AuditFaultKind.Cut, 3, 3 },
        { $"UPDATE AuditEntries SET Sequence = 9 WHERE {Mine} AND Sequence = 2; UPDATE AuditEntries SET Sequence = 2 WHERE {Mine} AND Sequence = 4; UPDATE AuditEntries SET Sequence = 4 WHERE {Mine} AND Sequence = 9", AuditFaultKind.Moved, 2, 2 },
        { $"DELETE FROM AuditChains WHERE {Mine}", AuditFaultKind.Head, 5, 0 },
        { $"UPDATE AuditChains SET Seal = randomblob(32) WHERE {Mine}", AuditFaultKind.Head, 5, 0 },
    };

    /// <summary>The change made before the portal itself continued the chain, and the last entry that was left.</summary>
    public static TheoryData<string, int> Laundering => new()
    {
        { $"DELETE FROM AuditEntries WHERE {Mine} AND Sequence > 3; UPDATE AuditChains SET (Sequence, At, Mac, KeyName) = (SELECT Sequence, At, Mac, KeyName FROM AuditEntries WHERE {Mine} AND Sequence = 3) WHERE {Mine}", 3 },
        { $"DELETE FROM AuditEntries WHERE {Mine} AND Sequence > 3; UPDATE AuditChains SET KeyName = 'other', Mac = (SELECT Mac FROM AuditEntries WHERE {Mine} AND Sequence = 3) WHERE {Mine}", 3 },
        { $"DELETE FROM AuditEntries WHERE {Mine} AND Sequence > 3; DELETE FROM AuditChains WHERE {Mine}", 3 },
        { $"UPDATE AuditChains SET Seal = randomblob(32) WHERE {Mine}", ChainFixture.Length },
        { $"DELETE FROM AuditEntries WHERE {Mine}; DELETE FROM AuditChains WHERE {Mine}", 0 },
    };

    private static string Copy(string mac, long sequence, string tenant) => $"""
        INSERT INTO AuditEntries (Id, TenantId, Version, Sequence, At, Kind, Person, PersonTenant, Subject, DataJson, KeyName, PreviousMac, Mac)
        SELECT '{Guid.NewGuid().ToString().ToUpperInvariant()}', {tenant}, 0, {sequence}, At, Kind, Person, PersonTenant, Subject, DataJson, KeyName, PreviousMac, {mac}
        FROM AuditEntries WHERE {Mine} AND Sequence = 3
        """;
}
