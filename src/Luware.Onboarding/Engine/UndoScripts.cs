using System.Globalization;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Engine;

/// <summary>The script that takes back what a step makes, ready before the step makes it. Built from stored readings alone.</summary>
internal sealed class UndoScripts(IServiceScopeFactory scopes, CustomerTenants tenants, Readings readings, TimeProvider time)
{
    public async Task<IReadOnlyList<string>> LinesAsync(Guid tenantId, TenantAccess access, string step, CancellationToken cancellationToken)
    {
        var (tenant, region) = await tenants.DescribeAsync(tenantId, cancellationToken);
        var stored = await readings.LoadAsync(tenantId, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var entry = scope.ServiceProvider.GetRequiredService<IStepCatalog>().Entries.Single(e => e.Step.Name == step);
        return entry.Step.UndoScript(new StepContext(tenant, region, access, stored.Choices, stored.Known()));
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
