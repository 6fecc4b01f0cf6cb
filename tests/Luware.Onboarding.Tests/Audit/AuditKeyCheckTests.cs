using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>Starts with keys other than those that sealed the ends of the chains.</summary>
public sealed class AuditKeyCheckTests : IAsyncLifetime
{
    private ChainFixture chain = null!;

    public async ValueTask InitializeAsync()
    {
        chain = await ChainFixture.CreateAsync(DatabaseProvider.Sqlite);
        await chain.Database.AddTenantAsync();
    }

    public ValueTask DisposeAsync() => chain.DisposeAsync();

    [Fact]
    public Task The_key_that_sealed_is_enough() => CheckAsync(new AuditOptions { CurrentKey = AuditKey.Name, Keys = { [AuditKey.Name] = AuditKey.Value } });

    [Fact]
    public Task Another_key_may_go_on_while_the_old_one_stays() =>
        CheckAsync(new AuditOptions { CurrentKey = "next", Keys = { [AuditKey.Name] = AuditKey.Value, ["next"] = AuditKey.Of(2) } });

    [Fact]
    public async Task A_key_that_was_taken_out_is_named_with_what_to_do()
    {
        var taken = new AuditOptions { CurrentKey = "next", Keys = { ["next"] = AuditKey.Of(2) } };

        (await Should.ThrowAsync<AuditKeyMissingException>(CheckAsync(taken))).Message.ShouldSatisfyAllConditions(
            m => m.ShouldStartWith($"Audit:Keys:{AuditKey.Name} is missing"), m => m.ShouldContain("2 chain(s)"), m => m.ShouldContain("Audit:LostKeys"));
    }

    [Fact]
    public Task Another_key_under_its_name_is_none() =>
        Should.ThrowAsync<AuditKeyMissingException>(CheckAsync(new AuditOptions { CurrentKey = AuditKey.Name, Keys = { [AuditKey.Name] = AuditKey.Of(2) } }));

    [Fact]
    public Task A_key_that_is_lost_for_good_is_done_without() =>
        CheckAsync(new AuditOptions { CurrentKey = "next", Keys = { ["next"] = AuditKey.Of(2) }, LostKeys = { AuditKey.Name } });

    [Theory]
    [InlineData("Sequence = Sequence - 1")]
    [InlineData("KeyName = 'none of ours'")]
    public async Task One_end_that_somebody_changed_keeps_nobody_from_starting(string change)
    {
        await chain.TamperAsync($"UPDATE AuditChains SET {change} WHERE TenantId = @tenant");

        await CheckAsync(new AuditOptions { CurrentKey = AuditKey.Name, Keys = { [AuditKey.Name] = AuditKey.Value } });
    }

    [Fact]
    public async Task The_only_end_keeps_nobody_from_starting()
    {
        await chain.TamperAsync("DELETE FROM AuditChains WHERE TenantId <> @tenant");
        await chain.TamperAsync("UPDATE AuditChains SET Sequence = Sequence - 1 WHERE TenantId = @tenant");

        await CheckAsync(new AuditOptions { CurrentKey = AuditKey.Name, Keys = { [AuditKey.Name] = AuditKey.Value } });
    }

    [Fact]
    public async Task The_only_chain_of_a_key_that_was_taken_out_keeps_nobody_from_starting()
    {
        await chain.TamperAsync("DELETE FROM AuditChains WHERE TenantId <> @tenant");

        await CheckAsync(new AuditOptions { CurrentKey = "next", Keys = { ["next"] = AuditKey.Of(2) } });
    }

    [Fact]
    public async Task A_database_without_chains_takes_any_key()
    {
        await using (var db = await chain.Database.Contexts.CreateDbContextAsync())
            await db.Set<AuditHead>().ExecuteDeleteAsync();

        await CheckAsync(new AuditOptions { CurrentKey = "next", Keys = { ["next"] = AuditKey.Of(2) } });
    }

    private Task CheckAsync(AuditOptions options) =>
        new AuditKeyCheck(chain.Database.Contexts, new AuditKeys(Options.Create(options)), Options.Create(options)).CheckAsync(default);
}
