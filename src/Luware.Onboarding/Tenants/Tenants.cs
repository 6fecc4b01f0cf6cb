using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants;

internal sealed class Tenants(
    IDbContextFactory<PortalDbContext> contexts, CustomerTenants customers, Journal journal, RunCommands runs, RunFeed feed, TimeProvider time) : ITenants
{
    public async Task<bool> SetReadyAsync(Guid entraTenantId, bool ready, string by, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(entraTenantId, cancellationToken) is not { } customer)
            return false;

        await contexts.ChangeAsync(customer.Id, async db =>
        {
            var row = await db.Tenants.SingleAsync(t => t.Id == customer.Id, cancellationToken);
            if (row.Ready == ready)
                return;

            (row.Ready, row.ReadyBy, row.ReadyAt) = (ready, by, time.GetUtcNow());
            var text = new Sentence(ready ? "Engine.ReadySet" : "Engine.ReadyCleared", by);
            journal.Add(db, new JournalLine(row.Id, row.CurrentRunId, JournalKind.ReadyChanged, text));
        }, cancellationToken);
        feed.Publish(customer.Id);
        await runs.NudgeAsync(customer.Id, null, cancellationToken);
        return true;
    }
}
