using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Consent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Data;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Consent;

public abstract class ConsentStateTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly Guid Application = new EngineHost.OneRegion().All.Single().Applications[0].ApplicationId;
    private static readonly RemoteAnswer Declined = new("Microsoft Entra", "AADSTS65004", "access_denied", "User declined.", null);

    private readonly FakeWorld world = new() { Aside = new FakeStepState("consent") };
    private OwnDatabase own = null!;
    private EngineHost portal = null!;

    private IConsentStates States => portal.Get<IConsentStates>();

    public async ValueTask InitializeAsync()
    {
        own = await OwnDatabase.CreateAsync(provider);
        portal = await EngineHost.StartAsync(world, own);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await (portal?.DisposeAsync() ?? default);
        await (own?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task A_state_is_good_once_and_is_written_down_once()
    {
        var state = await IssueAsync();

        var first = await RedeemAsync(state);
        var second = await RedeemAsync(state);

        (first.Kind, first.EntraTenantId, first.Application?.Key).ShouldBe((ConsentReturnKind.Accepted, EngineHost.Tenant, "1"));
        (second.Kind, second.EntraTenantId, second.Application?.Key).ShouldBe((ConsentReturnKind.Used, EngineHost.Tenant, "1"));
        (await EntriesAsync()).ShouldBe([("checking", (Guid?)portal.Admin.Access.PersonId)]);
    }

    [Fact]
    public async Task Where_no_run_carries_out_its_step_nothing_awaits_the_consent()
    {
        (await RedeemAsync(await IssueAsync())).IsAwaited.ShouldBeFalse("there is no run");
        world.First.Waits("Accept", TimeSpan.FromHours(1));
        await portal.ApproveStepAsync("first");
        await portal.UntilHeldAsync("first", "Accept");

        (await RedeemAsync(await IssueAsync())).IsAwaited.ShouldBeFalse("the run is of another step");
    }

    [Fact]
    public async Task Of_many_redirects_at_the_same_moment_one_is_accepted_and_written_down()
    {
        var state = await IssueAsync();

        var returns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RedeemAsync(state)));

        returns.Count(r => r.Kind == ConsentReturnKind.Accepted).ShouldBe(1);
        returns.Count(r => r.Kind == ConsentReturnKind.Used).ShouldBe(7);
        (await EntriesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Redirects_of_one_tenant_at_the_same_moment_are_all_accepted()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => IssueAsync()));

        var returns = await Task.WhenAll(states.Select(s => RedeemAsync(s)));

        returns.ShouldAllBe(r => r.Kind == ConsentReturnKind.Accepted);
        (await EntriesAsync()).Count.ShouldBe(8);
    }

    [Fact]
    public async Task A_waiting_run_says_who_came_back_and_looks_again()
    {
        await WaitForAcceptAsync();
        world.First.OnApply = null;

        (await RedeemAsync(await IssueAsync())).IsAwaited.ShouldBeTrue();

        var view = await portal.UntilRunIsAsync(RunState.Done);
        view.Run!.Transcript.Where(l => l.Text.Key == "Engine.CameBack").Select(l => l.Step).ShouldBe(["consent"]);
    }

    [Fact]
    public async Task Whoever_declined_is_written_down_and_a_waiting_run_looks_again()
    {
        await WaitForAcceptAsync();
        world.First.OnApply = null;

        var back = await States.RedeemAsync(new ConsentRedirect(await IssueAsync(), null, Declined), null, default);

        (back.Kind, back.Outcome).ShouldBe((ConsentReturnKind.Refused, "error"));
        var view = await portal.UntilRunIsAsync(RunState.Done);
        view.Run!.Transcript.ShouldNotContain(l => l.Text.Key == "Engine.CameBack");
        (await EntriesAsync()).ShouldBe([("error", (Guid?)null)]);
    }

    [Fact]
    public async Task A_state_that_was_never_issued_is_unknown()
    {
        string?[] never = [null, "", "12345", new string('A', 43), "' OR 1=1 --"];
        foreach (var state in never)
            (await RedeemAsync(state)).ShouldBe(new ConsentReturn(ConsentReturnKind.Unknown, null, null), $"'{state}'");
        (await EntriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_state_expires()
    {
        var state = await IssueAsync();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var past = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await db.ConsentStates.ExecuteUpdateAsync(set => set.SetProperty(s => s.ExpiresAt, past));

        (await RedeemAsync(state)).Kind.ShouldBe(ConsentReturnKind.Expired);
        (await RedeemAsync(state)).Kind.ShouldBe(ConsentReturnKind.Used);
        (await EntriesAsync()).Select(e => e.Outcome).ShouldBe(["expired"]);
    }

    [Theory]
    [InlineData("5f0c7a2e-3f1c-4f68-9a52-0d5d8f2f7e11")]
    [InlineData("contoso.com")]
    public async Task A_state_that_comes_back_for_another_tenant_is_used_up_and_not_accepted(string tenant)
    {
        var state = await IssueAsync();

        (await RedeemAsync(state, tenant)).Kind.ShouldBe(ConsentReturnKind.OtherTenant);
        (await RedeemAsync(state)).Kind.ShouldBe(ConsentReturnKind.Used);
        (await EntriesAsync()).Select(e => e.Outcome).ShouldBe(["other-tenant"]);
    }

    [Fact]
    public async Task An_error_redirect_that_names_no_tenant_is_matched_by_its_state() =>
        (await RedeemAsync(await IssueAsync(), tenant: null)).Kind.ShouldBe(ConsentReturnKind.Accepted);

    [Fact]
    public async Task Somebody_of_another_tenant_is_not_named()
    {
        var stranger = EngineHost.Person("Eve", Guid.NewGuid());

        (await States.RedeemAsync(new ConsentRedirect(await IssueAsync(), null, null), stranger, default)).Kind.ShouldBe(ConsentReturnKind.Accepted);

        (await EntriesAsync()).ShouldBe([("checking", (Guid?)null)]);
    }

    [Fact]
    public async Task A_state_of_a_tenant_that_is_no_customer_any_more_is_used_up()
    {
        var state = await States.IssueAsync(Guid.NewGuid(), Application, Guid.NewGuid(), default);

        (await RedeemAsync(state, tenant: null)).ShouldSatisfyAllConditions(
            r => r.Kind.ShouldBe(ConsentReturnKind.Accepted), r => r.Application.ShouldBeNull());
        (await RedeemAsync(state, tenant: null)).Kind.ShouldBe(ConsentReturnKind.Used);
    }

    [Fact]
    public async Task Where_the_audit_cannot_be_written_the_state_stays_good_and_no_run_is_told()
    {
        await WaitForAcceptAsync();
        var state = await IssueAsync();

        await own.RenameAsync("AuditEntries", "Elsewhere");
        await Should.ThrowAsync<DbException>(RedeemAsync(state));
        await own.RenameAsync("Elsewhere", "AuditEntries");

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!.Transcript.ShouldNotContain(l => l.Text.Key == "Engine.CameBack");
        (await EntriesAsync()).ShouldBeEmpty();
        (await RedeemAsync(state)).Kind.ShouldBe(ConsentReturnKind.Accepted);
    }

    [Fact]
    public async Task What_comes_back_is_counted()
    {
        var factory = portal.Get<IMeterFactory>();
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

        await RedeemAsync("unknown");

        counted.ShouldBe(["state Unknown"]);
    }

    [Fact]
    public async Task A_state_is_random_and_lies_in_the_database_as_a_hash_only()
    {
        var (first, second) = (await IssueAsync(), await IssueAsync());

        first.Length.ShouldBe(43);
        first.ShouldNotBe(second);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var hashes = await db.ConsentStates.Select(s => s.Hash).ToListAsync();
        hashes.Count.ShouldBe(2);
        hashes.ShouldAllBe(h => h.Length == 32);
    }

    /// <summary>A run waits for the consent and looks again by itself much later.</summary>
    private async Task WaitForAcceptAsync()
    {
        world.First.Waits("Accept", TimeSpan.FromHours(1));
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "Accept");
    }

    private Task<string> IssueAsync() => States.IssueAsync(EngineHost.Tenant, Application, Guid.NewGuid(), default);

    private Task<ConsentReturn> RedeemAsync(string? state) => RedeemAsync(state, $"{EngineHost.Tenant}");

    private Task<ConsentReturn> RedeemAsync(string? state, string? tenant) =>
        States.RedeemAsync(new ConsentRedirect(state, tenant, null), portal.Admin, default);

    private async Task<List<(string? Outcome, Guid? Person)>> EntriesAsync()
    {
        var customer = (await portal.Get<CustomerTenants>().FindAsync(EngineHost.Tenant, default))!;
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(customer.Id, default);
        var entries = await db.Audit.Where(e => e.Kind == AuditKinds.ConsentReturned).OrderBy(e => e.Sequence).ToListAsync();
        entries.ShouldAllBe(e => e.Subject == $"{Application}");
        return entries.ConvertAll(e => (JsonDocument.Parse(e.DataJson).RootElement.GetProperty("outcome").GetString(), e.Person));
    }
}

public sealed class ConsentStateOnSqliteTests() : ConsentStateTests(DatabaseProvider.Sqlite);

public sealed class ConsentStateOnPostgreSqlTests() : ConsentStateTests(DatabaseProvider.PostgreSql);

public sealed class ConsentStateOnSqlServerTests() : ConsentStateTests(DatabaseProvider.SqlServer);
