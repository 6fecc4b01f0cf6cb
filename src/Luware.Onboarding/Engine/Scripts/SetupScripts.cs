using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Engine.Scripts;

/// <summary>The script that a person runs instead of the portal, for one step or for all. Built from stored choices and readings alone.</summary>
internal sealed class SetupScripts(IServiceScopeFactory scopes, CustomerTenants tenants, Readings readings, ScriptWriter writer)
{
    /// <summary>The name of the script of all steps.</summary>
    public const string Whole = "onboarding";

    /// <returns>Null where no step in question has a script, or there is no region to write it for.</returns>
    public async Task<string?> WriteAsync(CustomerTenant customer, TenantAccess access, string? step, CancellationToken cancellationToken)
    {
        var (tenant, region) = tenants.Show(customer);
        if (!region.IsConfigured)
            return null;

        var stored = await readings.LoadAsync(customer.Id, cancellationToken);
        var context = new StepContext(tenant, region, access, stored.Choices, stored.Known());
        await using var scope = scopes.CreateAsyncScope();
        List<StepScript> steps =
        [
            .. scope.ServiceProvider.GetRequiredService<IStepCatalog>().Entries
                .Select(e => e.Step).Where(s => step is null || s.Name == step)
                .Select(s => new StepScript(s.Name, s.Script(context), s.UndoScript(context))).Where(s => s.Parts.Count > 0),
        ];
        return steps.Count == 0 ? null : writer.Write(tenant, step ?? Whole, steps);
    }
}
