using Luware.Onboarding.Data;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tenants;

internal static class TenantServices
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSettings<StaffOptions>().AddSettings<InvitationOptions>().AddSettings<PackageOptions>().AddSettings<CockpitOptions>();

        services.AddSingleton<CustomerTenants>().AddSingleton<Tenants>().AddSingleton<ITenants>(provider => provider.GetRequiredService<Tenants>());
        services.AddSingleton<Invitations>().AddSingleton<IInvitations>(provider => provider.GetRequiredService<Invitations>());
        services.AddSingleton<Staff>().AddSingleton<StaffAdmission>().AddSingleton<TenantDoor>().AddSingleton<TenantRules>().AddSingleton<ISpecialistDesk, SpecialistDesk>();
        services.AddSingleton<IDerivedRows, SummaryKeeper>().AddSingleton<Summaries>().AddHostedService<SummaryWatch>().AddSingleton<SearchPlanner>().AddSingleton<FilterReader>().AddSingleton<ICockpit, CockpitReader>().AddSingleton<CockpitCsv>();
        services.AddSingleton<ITenantReader, TenantReader>().AddSingleton<RegionChanges>();
        return services;
    }
}
