using System.Globalization;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Engine;

/// <summary>The script that takes back what a step makes, ready before the step makes it. Built from stored rows alone.</summary>
internal sealed class UndoScripts(
    IServiceScopeFactory scopes, CustomerTenants tenants, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Of what was made and is not taken back, and of what the run at work would make, or else the choices of now.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(Guid tenantId, TenantAccess access, string step, CancellationToken cancellationToken)
    {
        var (tenant, region) = await tenants.DescribeAsync(tenantId, cancellationToken);
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        var stored = await Readings.LoadAsync(db, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var entry = scope.ServiceProvider.GetRequiredService<IStepCatalog>().Entries.Single(e => e.Step.Name == step);
        var runs = await RunsAsync(db, step, cancellationToken);
        var made = runs.Select(run => Context(RunChoices.Read(run.ChoicesJson), stored.KnownTo(run.PlanJson, step)));
        return [.. made.DefaultIfEmpty(Context(stored.Choices, stored.Known()))
            .Select(entry.Step.UndoScript).DistinctBy(lines => string.Join('\n', lines), StringComparer.Ordinal).SelectMany(lines => lines)];

        StepContext Context(StepChoices choices, IReadOnlyDictionary<string, string> known) => new(tenant, region, access, choices, known);
    }

    private static async Task<IReadOnlyList<Run>> RunsAsync(PortalDbContext db, string step, CancellationToken cancellationToken)
    {
        var maker = (await Journal.NotTakenBackAsync(db, cancellationToken)).Contains(step) ? await Journal.LastMakerAsync(db, step, cancellationToken) : null;
        var atWork = await db.Runs.AsNoTracking().Where(Run.Active).FirstOrDefaultAsync(r => r.Kind == RunKind.Apply, cancellationToken);
        return [.. new[] { maker, atWork }.OfType<Run>().DistinctBy(r => r.Id)];
    }

    /// <returns>Null where there is nothing to take back.</returns>
    public async Task<string?> WriteAsync(CustomerTenant customer, TenantAccess access, string step, CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(customer.Id, access, step, cancellationToken);
        return lines.Count == 0 ? null : Write(customer, step, lines);
    }

    private string Write(CustomerTenant customer, string step, IReadOnlyList<string> lines) => string.Join(Environment.NewLine,
    [
        "#Requires -Modules MicrosoftTeams",
        $"# Takes back what the step \"{step}\" makes in the tenant {customer.EntraTenantId}.",
        $"# Written by Luware Portal on {time.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}. Safe to run more than once.",
        "$ErrorActionPreference = 'Stop'",
        $"Connect-MicrosoftTeams -TenantId '{customer.EntraTenantId}'",
        .. lines,
        "Disconnect-MicrosoftTeams",
        "",
    ]);
}
