using Luware.Onboarding.Data;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

internal static class TenantServices
{
    public static IServiceCollection AddTenants(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StaffOptions>().Bind(configuration.GetSection(StaffOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StaffOptions>, StaffOptions.Validator>();
        services.AddOptions<InvitationOptions>().Bind(configuration.GetSection(InvitationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InvitationOptions>, InvitationOptions.Validator>();
        services.AddOptions<PackageOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PackageOptions>, PackageOptions.Validator>();

        services.AddSingleton<CustomerTenants>().AddSingleton<Tenants>().AddSingleton<ITenants>(provider => provider.GetRequiredService<Tenants>());
        services.AddSingleton<Invitations>().AddSingleton<IInvitations>(provider => provider.GetRequiredService<Invitations>());
        services.AddSingleton<Staff>().AddSingleton<StaffAdmission>().AddSingleton<TenantDoor>().AddSingleton<TenantRules>().AddSingleton<EntraTenants>().AddSingleton<ISpecialistDesk, SpecialistDesk>();
        services.AddOptions<CockpitOptions>().Bind(configuration.GetSection(CockpitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CockpitOptions>, CockpitOptions.Validator>();
        services.AddSingleton<IDerivedRows, SummaryKeeper>().AddSingleton<Summaries>().AddHostedService<SummaryWatch>().AddSingleton<SearchPlanner>().AddSingleton<FilterReader>().AddSingleton<ICockpit, CockpitReader>().AddSingleton<CockpitCsv>();
        services.AddSingleton<ITenantReader, TenantReader>().AddSingleton<RegionChanges>();
        return services;
    }
}
