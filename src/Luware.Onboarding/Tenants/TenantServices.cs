using Luware.Onboarding.Data;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tenants;

internal static class TenantServices
{
    /// <summary>Registers the tenants: their rows, the specialists' desk, invitations, regions' changes and the cockpit.</summary>
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSettings<StaffOptions>();
        services.AddSettings<InvitationOptions>();
        services.AddSettings<PackageOptions>();
        services.AddSettings<CockpitOptions>();

        services.AddSingleton<CustomerTenants>();
        services.AddSingleton<TenantChanges>();
        services.AddSingleton<ITenants>(provider => provider.GetRequiredService<TenantChanges>());
        services.AddSingleton<Invitations>();
        services.AddSingleton<IInvitations>(provider => provider.GetRequiredService<Invitations>());
        services.AddSingleton<Staff>();
        services.AddSingleton<StaffAdmission>();
        services.AddSingleton<RecordAdmission>();
        services.AddSingleton<TenantRules>();
        services.AddSingleton<EntraTenants>();
        services.AddSingleton<ISpecialistDesk, SpecialistDesk>();
        services.AddSingleton<IDerivedRows, SummaryKeeper>();
        services.AddSingleton<Summaries>();
        services.AddHostedService<SummaryWatch>();
        services.AddSingleton<SearchPlanner>();
        services.AddSingleton<FilterReader>();
        services.AddSingleton<ICockpit, CockpitReader>();
        services.AddSingleton<CockpitCsv>();
        services.AddSingleton<ITenantReader, TenantReader>();
        services.AddSingleton<RegionChanges>();
        services.AddHostedService<RegionWatch>();
        services.AddScoped<LastList>();
        return services;
    }
}
