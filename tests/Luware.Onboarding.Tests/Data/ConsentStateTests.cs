using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Luware.Onboarding.Data;

namespace Luware.Onboarding.Tests.Data;

public abstract class ConsentStateTests(DatabaseProvider provider)
{
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid Application = Guid.NewGuid();

    [Fact]
    public async Task A_state_is_good_once()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var states = database.Get<IConsentStates>();
        var state = await IssueAsync(states);

        (await states.RedeemAsync(state, $"{Tenant}", default)).ShouldBe(new ConsentReturn(ConsentReturnKind.Accepted, Tenant, Application));
        (await states.RedeemAsync(state, $"{Tenant}", default)).ShouldBe(new ConsentReturn(ConsentReturnKind.Used, Tenant, Application));
    }

    [Fact]
    public async Task Of_many_redirects_at_the_same_moment_one_is_accepted()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var states = database.Get<IConsentStates>();
        var state = await IssueAsync(states);

        var returns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => states.RedeemAsync(state, null, default)));

        returns.Count(r => r.Kind == ConsentReturnKind.Accepted).ShouldBe(1);
        returns.Count(r => r.Kind == ConsentReturnKind.Used).ShouldBe(7);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task A_state_that_was_never_issued_is_unknown(string? state)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        (await database.Get<IConsentStates>().RedeemAsync(state, $"{Tenant}", default)).ShouldBe(new ConsentReturn(ConsentReturnKind.Unknown, null, null));
    }

    [Fact]
    public async Task A_state_expires()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var states = database.Get<IConsentStates>();
        var state = await IssueAsync(states);

        database.Clock.Advance(TimeSpan.FromHours(1));

        (await states.RedeemAsync(state, $"{Tenant}", default)).Kind.ShouldBe(ConsentReturnKind.Expired);
    }

    [Theory]
    [InlineData("5f0c7a2e-3f1c-4f68-9a52-0d5d8f2f7e11")]
    [InlineData("contoso.com")]
    public async Task A_state_that_comes_back_for_another_tenant_is_used_up_and_not_accepted(string tenant)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var states = database.Get<IConsentStates>();
        var state = await IssueAsync(states);

        (await states.RedeemAsync(state, tenant, default)).Kind.ShouldBe(ConsentReturnKind.OtherTenant);
        (await states.RedeemAsync(state, $"{Tenant}", default)).Kind.ShouldBe(ConsentReturnKind.Used);
    }

    [Fact]
    public async Task An_error_redirect_that_names_no_tenant_is_matched_by_its_state()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var states = database.Get<IConsentStates>();

        (await states.RedeemAsync(await IssueAsync(states), null, default)).Kind.ShouldBe(ConsentReturnKind.Accepted);
    }

    [Fact]
    public async Task What_comes_back_is_counted()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var factory = database.Get<IMeterFactory>();
        var counted = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "portal.consent.returns" && instrument.Meter.Scope == factory)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Enqueue($"{tags[0].Key} {tags[0].Value}"));
        listener.Start();

        await database.Get<IConsentStates>().RedeemAsync("unknown", null, default);

        counted.ShouldBe(["state Unknown"]);
    }

    protected static Task<string> IssueAsync(IConsentStates states) => states.IssueAsync(Tenant, Application, Guid.NewGuid(), default);
}

public sealed class ConsentStateOnSqliteTests() : ConsentStateTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_state_is_random_and_lies_in_the_database_as_a_hash_only()
    {
        await using var database = await TestDatabase.CreateAsync();
        var states = database.Get<IConsentStates>();
        var (first, second) = (await IssueAsync(states), await IssueAsync(states));

        first.Length.ShouldBe(43);
        first.ShouldNotBe(second);
        var raw = await database.RawTextAsync();
        raw.ShouldNotContain(first);
        raw.ShouldNotContain(second);
    }
}

public sealed class ConsentStateOnPostgreSqlTests() : ConsentStateTests(DatabaseProvider.PostgreSql);

public sealed class ConsentStateOnSqlServerTests() : ConsentStateTests(DatabaseProvider.SqlServer);
