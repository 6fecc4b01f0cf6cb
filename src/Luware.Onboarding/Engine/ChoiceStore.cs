using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Views;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine;

/// <summary>Stores what a person chooses for a step, with its audit entry.</summary>
internal sealed class ChoiceStore(IDbContextFactory<PortalDbContext> contexts, AuditTrail audit, RunFeed feed, TimeProvider time)
{
    public async Task StoreAsync<T>(Guid tenantId, Guid person, string step, T choices, CancellationToken cancellationToken) where T : notnull
    {
        var json = JsonSerializer.SerializeToElement(choices, JsonSerializerOptions.Web);
        var (text, now) = (json.GetRawText(), time.GetUtcNow());
        await contexts.ChangeAsync(tenantId, async db =>
        {
            var row = await db.Choices.SingleOrDefaultAsync(c => c.Step == step, cancellationToken);
            // Storing the same choices again changes nothing, so the person who vouched for a step stays responsible.
            if (row?.Json == text)
                return;
            if (row is not null)
                (row.Json, row.ChosenAt, row.ChosenBy) = (text, now, person);
            else
                db.Choices.Add(new StepChoice { TenantId = tenantId, Step = step, Json = text, ChosenAt = now, ChosenBy = person });
            audit.Add(db, new AuditLine(tenantId, AuditKinds.ChoicesChanged) { Subject = step, Person = person, Data = new AuditData { ["choices"] = json } });
        }, cancellationToken);
        feed.Publish(tenantId);
    }
}
