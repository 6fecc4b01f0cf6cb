using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.Consent;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Steps.Whitelisting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Luware.Onboarding.Steps;

/// <summary>The steps and their dependencies: the only place that names them all.</summary>
public sealed class StepCatalog(
    SecurityGroupsStep groups, ConsentStep consent, WhitelistingStep whitelisting, PoliciesStep policies, GrantsStep grants, StorageStep storage,
    ChatCaptureStep chat) : IStepCatalog
{
    public IReadOnlyList<StepEntry> Entries { get; } =
    [
        new(groups, []),
        new(consent, []),
        // Whose application it is, nobody can read before the consent.
        new(whitelisting, [ConsentStep.StepName]),
        new(policies, [WhitelistingStep.StepName]),
        new(grants, [SecurityGroupsStep.StepName, ConsentStep.StepName, PoliciesStep.StepName]),
        new(storage, []) { CanFollow = true },
        new(
            chat,
            [
                SecurityGroupsStep.StepName, ConsentStep.StepName, WhitelistingStep.StepName, PoliciesStep.StepName, GrantsStep.StepName, StorageStep.StepName,
            ]) { CanFollow = true },
    ];
}

public static class StepServices
{
    /// <summary>Registers regions and steps. Steps are scoped, because their gateways belong to one unit of work.</summary>
    public static IServiceCollection AddOnboardingSteps(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(configuration);
        services.AddSettings<RegionOptions>().AddSettings<StorageOptions>().AddSettings<SecurityGroupsOptions>().AddSettings<ChatCaptureOptions>();
        services.AddSingleton<IRegionCatalog, RegionCatalog>();
        services.AddScoped<SecurityGroupsStep>();
        services.AddScoped<ConsentStep>();
        services.AddScoped<WhitelistingStep>();
        services.AddScoped<PoliciesStep>();
        services.AddScoped<GrantsStep>();
        services.AddScoped<StorageStep>();
        services.AddScoped<ChatCaptureStep>();
        services.AddScoped<IStepCatalog, StepCatalog>();
        return services;
    }
}
