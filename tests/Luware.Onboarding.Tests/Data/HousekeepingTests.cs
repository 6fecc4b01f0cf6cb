using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Data;

public sealed class HousekeepingTests
{
    [Fact]
    public async Task A_tenant_whose_links_cannot_be_swept_keeps_no_other_tenants_old_lines()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var contexts = portal.Get<IDbContextFactory<PortalDbContext>>();
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        await portal.Get<IColleagueLinks>().HandAsync(portal.Admin, "first", default);
        var old = TimeProvider.System.GetUtcNow().AddYears(-30);
        await using var broken = await contexts.OpenAsync((await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id, default);
        await broken.ColleagueLinks.ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, old));
        await broken.Steps.ExecuteUpdateAsync(set => set.SetProperty(s => s.DetailJson, "no JSON"));
        var id = await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), "Fabrikam", "MTCH", default);
        await using var other = await contexts.OpenAsync(id, default);
        other.Journal.Add(new JournalEntry { TenantId = id, At = old, Kind = JournalKind.StepHeld, TextJson = "{}" });
        await other.SaveChangesAsync();
        // Of its own, because the portal's has swept at the start and does so once a day.
        var retention = new Retention(contexts, portal.Get<AuditTrail>(), portal.Get<IOptions<RetentionOptions>>(), TimeProvider.System);
        using var housekeeping = new Housekeeping(
            contexts, retention, portal.Get<IOptions<ColleagueOptions>>(), TimeProvider.System, NullLogger<Housekeeping>.Instance);

        await housekeeping.RunOnceAsync(default);

        (await other.Journal.CountAsync(e => e.At == old)).ShouldBe(0);
        (await broken.ColleagueLinks.CountAsync()).ShouldBe(1);
        await broken.Steps.ExecuteUpdateAsync(set => set.SetProperty(s => s.DetailJson, (string?)null));
        await housekeeping.RunOnceAsync(default);
        (await broken.ColleagueLinks.CountAsync()).ShouldBe(0);
    }
}
