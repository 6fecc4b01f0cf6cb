using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Tenants;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace Luware.Portal.SignIn;

internal static class SignInServices
{
    public static IServiceCollection AddPortalSignIn(this IServiceCollection services)
    {
        services.AddSettings<EntraSettings>().AddSettings<SessionSettings>();
        services.AddOptions<OwnApplicationOptions>().Configure<IOptions<EntraSettings>, IOptions<StaffOptions>>((own, entra, staff) =>
        {
            (own.Instance, own.ClientId) = (new Uri(entra.Value.Instance!), Guid.Parse(entra.Value.ClientId!));
            own.RecorderPublishers = entra.Value.RecorderPublishers.Count > 0 ? [.. entra.Value.RecorderPublishers]
                : staff.Value.Tenant is { } luware ? [luware]
                : [];
        });
        services.AddTokens();

        services.AddSingleton<CodeRedemption>().AddSingleton<SessionTickets>().AddSingleton<RoleWatch>();
        services.AddScoped<SignInEvents>().AddScoped<SessionEvents>();
        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationState>();
        services.ConfigureOptions<CookieSetup>().ConfigureOptions<EntraSetup>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddOpenIdConnect();
        services.AddAuthorizationBuilder().SetFallbackPolicy(SignedIn()).SetDefaultPolicy(SignedIn())
            .AddPolicy(Staff.Policy, policy => policy.AddRequirements(new StaffRequirement()));
        services.AddSingleton<IAuthorizationHandler, StaffHandler>();
        services.AddAntiforgery();
        return services;
    }

    private static void AddTokens(this IServiceCollection services)
    {
        // Entra's cookies identify callers: one person's must not be sent with another's request.
        services.AddHttpClient(BackChannels.Entra, client => client.Timeout = TimeSpan.FromSeconds(30))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseCookies = false });
        services.AddSingleton<IMsalHttpClientFactory, MsalHttpClientFactory>();
        services.AddSingleton<EntraAddresses>().AddSingleton<EntraScopes>().AddSingleton<MsalClients>();
        services.AddSingleton<SessionTokenCaches>().AddSingleton<SessionLocks>();
        services.AddSingleton<ITokens, SessionTokens>().AddSingleton<IDelegatedScopes, DelegatedScopes>();
    }

    // Closed by default: an identity without all claims that every call needs is not accepted.
    private static AuthorizationPolicy SignedIn() =>
        new AuthorizationPolicyBuilder().RequireAssertion(context => Actor.From(context.User) is not null).Build();
}
