using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>A stop of all writing is recorded in the chain of Luware's own people, once for all portals.</summary>
public sealed class WritesWatchTests
{
    [Fact]
    public async Task A_stop_and_its_end_are_told_once_however_many_portals_see_them()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var replicas = Enumerable.Range(0, 4).Select(_ => Watch(portal)).ToList();
        await LookAsync();

        portal.Set("Safety:NoWrites", "true");
        await LookAsync();
        await LookAsync();
        await Watch(portal).RunOnceAsync(default);
        portal.Set("Safety:NoWrites", "false");
        await LookAsync();

        var entries = await EntriesAsync(portal);
        entries.Select(e => (e.Kind, e.Person)).ShouldBe([(AuditKinds.WritesStopped, null), (AuditKinds.WritesAllowed, null)]);

        Task LookAsync() => Task.WhenAll(replicas.Select(r => r.RunOnceAsync(default)));
    }

    [Fact]
    public async Task A_portal_that_starts_after_the_stop_was_lifted_says_so()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld(), settings: ("Safety:NoWrites", "true"));
        await Watch(portal).RunOnceAsync(default);

        portal.Set("Safety:NoWrites", "false");
        await Watch(portal).RunOnceAsync(default);

        (await EntriesAsync(portal)).Select(e => e.Kind).ShouldBe([AuditKinds.WritesStopped, AuditKinds.WritesAllowed]);
    }

    [Fact]
    public async Task What_lies_too_far_back_is_not_looked_for_and_whoever_has_seen_the_stop_still_tells_its_end()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld(), settings: ("Safety:NoWrites", "true"));
        // The portal's own looks far enough back, and would tell what this test waits to see left out.
        await portal.Get<IEnumerable<IHostedService>>().OfType<WritesWatch>().Single().StopAsync(default);
        var witness = Watch(portal, 2);
        await witness.RunOnceAsync(default);
        for (var i = 0; i < 2; i++)
            await portal.Get<AuditTrail>().WriteAsync(new AuditLine(EngineHost.Luware, AuditKinds.Exported), default);

        portal.Set("Safety:NoWrites", "false");
        await Watch(portal, 2).RunOnceAsync(default);
        (await EntriesAsync(portal))[^1].Kind.ShouldBe(AuditKinds.Exported);
        await witness.RunOnceAsync(default);

        (await EntriesAsync(portal))[^1].Kind.ShouldBe(AuditKinds.WritesAllowed);
    }

    [Fact]
    public async Task Where_nobody_is_luwares_there_is_no_chain_to_tell_it_in()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld(), settings: [("Safety:NoWrites", "true"), ("Staff:TenantId", "")]);

        await Watch(portal).RunOnceAsync(default);

        (await EntriesAsync(portal)).ShouldBeEmpty();
    }

    private static WritesWatch Watch(EngineHost portal, int lookedThrough = 100) => new(
        portal.Get<IDbContextFactory<PortalDbContext>>(), portal.Get<AuditTrail>(), portal.Get<IOptions<StaffOptions>>(),
        portal.Get<IOptionsMonitor<SafetyOptions>>(),
        TimeProvider.System, NullLogger<WritesWatch>.Instance) { LookedThrough = lookedThrough };

    private static async Task<List<AuditEntry>> EntriesAsync(EngineHost portal)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(EngineHost.Luware, default);
        return await db.Audit.AsNoTracking().OrderBy(e => e.Sequence).ToListAsync();
    }
}
