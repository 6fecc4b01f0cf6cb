using Luware.Onboarding.Data;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

internal static class TenantServices
{
    /// <summary>Registers the tenants: their rows, the specialists' desk, invitations, regions' changes and the cockpit.</summary>
    public static IServiceCollection AddTenants(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StaffOptions>().Bind(configuration.GetSection(StaffOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StaffOptions>, StaffOptions.Validator>();
        services.AddOptions<InvitationOptions>().Bind(configuration.GetSection(InvitationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InvitationOptions>, InvitationOptions.Validator>();
        services.AddOptions<PackageOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PackageOptions>, PackageOptions.Validator>();

        services.AddSingleton<CustomerTenants>();
        services.AddSingleton<TenantChanges>();
        services.AddSingleton<ITenants>(provider => provider.GetRequiredService<TenantChanges>());
        services.AddSingleton<Invitations>();
        services.AddSingleton<IInvitations>(provider => provider.GetRequiredService<Invitations>());
        services.AddSingleton<Staff>();
        services.AddSingleton<StaffAdmission>();
        services.AddSingleton<TenantDoor>();
        services.AddSingleton<TenantRules>();
        services.AddSingleton<EntraTenants>();
        services.AddSingleton<ISpecialistDesk, SpecialistDesk>();
        services.AddOptions<CockpitOptions>().Bind(configuration.GetSection(CockpitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CockpitOptions>, CockpitOptions.Validator>();
        services.AddSingleton<IDerivedRows, SummaryKeeper>();
        services.AddSingleton<Summaries>();
        services.AddHostedService<SummaryWatch>();
        services.AddSingleton<SearchPlanner>();
        services.AddSingleton<FilterReader>();
        services.AddSingleton<ICockpit, CockpitReader>();
        services.AddSingleton<CockpitCsv>();
        services.AddSingleton<ITenantReader, TenantReader>();
        services.AddSingleton<RegionChanges>();
        return services;
    }
}
