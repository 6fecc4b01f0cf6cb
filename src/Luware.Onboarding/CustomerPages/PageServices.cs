using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Registers the services that pages use besides the engine.</summary>
public static class PageServices
{
    public static IServiceCollection AddOnboardingPages(this IServiceCollection services) =>
        services.AddScoped<Permissions>().AddScoped<Licences>().AddScoped<IPeopleSearch, PeopleSearch>();
}
