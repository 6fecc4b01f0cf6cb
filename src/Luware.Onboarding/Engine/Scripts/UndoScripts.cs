using System.Globalization;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Engine.Scripts;

/// <summary>Writes the script that takes back what a step makes, from stored rows alone, so that it is ready before the step is applied.</summary>
internal sealed class UndoScripts(
    IServiceScopeFactory scopes, CustomerTenants tenants, Journal journal, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Self-contained undo blocks for what exists and for what the active run would create. If neither exists, for the current choices.</summary>
    /// <param name="withChosen">Includes the current choices, because they are about to be approved.</param>
    public async Task<IReadOnlyList<string>> BlocksAsync(Guid tenantId, TenantAccess access, string step, bool withChosen, CancellationToken cancellationToken)
    {
        var (tenant, region) = await tenants.ShowAsync(tenantId, cancellationToken);
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        var stored = await Readings.LoadAsync(db, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var entry = scope.ServiceProvider.GetRequiredService<IStepCatalog>().Entries.Single(e => e.Step.Name == step);
        var runs = await RunsAsync(db, step, cancellationToken);
        var past = await journal.PastAsync(tenantId, step, cancellationToken);
        var made = runs.Select(run => Context(RunChoices.Read(run.ChoicesJson), stored.KnownTo(run.PlanJson, step))).ToList();
        if (withChosen || made.Count == 0)
            made.Add(Context(stored.Choices, stored.Known()));
        return [.. made.SelectMany(entry.Step.UndoScript).Distinct(StringComparer.Ordinal)];

        StepContext Context(StepChoices choices, IReadOnlyDictionary<string, string> known) => new(tenant, region, access, choices, known) { Past = past };
    }

    private static async Task<IReadOnlyList<Run>> RunsAsync(PortalDbContext db, string step, CancellationToken cancellationToken)
    {
        var maker = (await Journal.NotTakenBackAsync(db, cancellationToken)).Contains(step) ? await Journal.LastMakerAsync(db, step, cancellationToken) : null;
        var atWork = await db.Runs.AsNoTracking().Where(Run.Active).FirstOrDefaultAsync(r => r.Kind == RunKind.Apply, cancellationToken);
        return [.. new[] { maker, atWork }.OfType<Run>().Where(r => RunScope.Steps(r).Contains(step)).DistinctBy(r => r.Id)];
    }

    /// <returns>Null when there is nothing to take back.</returns>
    public async Task<string?> WriteAsync(CustomerTenant customer, TenantAccess access, string step, bool withChosen, CancellationToken cancellationToken)
    {
        var blocks = await BlocksAsync(customer.Id, access, step, withChosen, cancellationToken);
        return blocks.Count == 0 ? null : Frame(customer.EntraTenantId, step, time.GetUtcNow(), blocks);
    }

    /// <summary>The script around its blocks. A failing block does not stop the others, and the end reports it.</summary>
    internal static string Frame(Guid tenant, string step, DateTimeOffset at, IReadOnlyList<string> blocks) => string.Join(Environment.NewLine,
    [
        "#Requires -Modules MicrosoftTeams",
        $"# Takes back what the step \"{step}\" makes in the tenant {tenant}.",
        $"# Written by Luware Portal on {at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}. Safe to run more than once.",
        "# In a scope of its own, because some editors run a file in the session's.",
        "& {",
        "# Not every module version answers with the same properties, which a strict mode of the person's own would refuse.",
        "Set-StrictMode -Off",
        "$ErrorActionPreference = 'Stop'",
        "# A module's commands do not see the line above: a refused one would look like one that found nothing. Nor do they ask anything.",
        "$PSDefaultParameterValues = @{ '*-Cs*:ErrorAction' = 'Stop'; '*-MicrosoftTeams:ErrorAction' = 'Stop'; '*-Cs*:Confirm' = $false }",
        $"Connect-MicrosoftTeams -TenantId '{tenant}' | Out-Null",
        $"if (\"$((Get-CsTenant).TenantId)\" -ne '{tenant}') {{ throw 'You are signed in to another tenant. Nothing was changed.' }}",
        "$failed = 0",
        .. blocks.SelectMany(block => new[] { "try {", block, "}", "catch { $failed++; Write-Warning \"This was not taken back: $($_.Exception.Message)\" }" }),
        "Disconnect-MicrosoftTeams",
        "if ($failed) { throw 'Not everything was taken back. Run this script again.' }",
        "}",
        "",
    ]);
}
