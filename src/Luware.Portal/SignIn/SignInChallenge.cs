using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

/// <summary>Redirects a person to Entra, or to an error page if Entra's metadata cannot be read, because sign-in could not succeed then.</summary>
internal sealed partial class SignInChallenge(SignInRequest request, string returnAddress) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var options = services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(OpenIdConnectDefaults.AuthenticationScheme);
        try
        {
            await options.ConfigurationManager!.GetConfigurationAsync(httpContext.RequestAborted);
        }
        catch (InvalidOperationException e)
        {
            Log.MetadataNotRead(services.GetRequiredService<ILogger<SignInChallenge>>(), e);
            httpContext.Response.Redirect($"{SignInPaths.Refused}?reason={ErrorCatalogue.Busy}");
            return;
        }

        await httpContext.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, request.ToProperties(returnAddress));
    }

    private static partial class Log
    {
        [LoggerMessage(3005, LogLevel.Warning,
            "Nobody can sign in: Entra's metadata cannot be read. The next person who tries makes the portal read it again.")]
        public static partial void MetadataNotRead(ILogger logger, Exception exception);
    }
}
