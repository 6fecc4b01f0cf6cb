using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;
using Microsoft.Identity.Client;

namespace Luware.Portal.Tests.Tokens;

public sealed class MsalFailuresTests
{
    [Fact]
    public void Asked_too_often_is_no_wish_for_a_sign_in() =>
        Translate(new MsalUiRequiredException("invalid_grant", "AADSTS50196: The server terminated an operation because it encountered a client request loop."))
            .ShouldBeOfType<TransientException>();

    [Fact]
    public void An_old_refresh_token_is() =>
        Translate(new MsalUiRequiredException("invalid_grant", "AADSTS700082: The refresh token has expired.")).ShouldBeOfType<SignInRequiredException>();

    [Theory]
    [InlineData("AADSTS53000: Device is not in required device state.")]
    [InlineData("AADSTS53003: Access has been blocked by Conditional Access policies.")]
    public void Conditional_Access_that_names_no_proof_is_not_passed_by_signing_in_again(string message) =>
        Translate(new MsalUiRequiredException("invalid_grant", message)).ShouldBeOfType<RefusedException>();

    [Theory]
    [InlineData("AADSTS7000215: Invalid client secret provided.")]
    [InlineData("AADSTS7000222: The provided client secret keys are expired.")]
    public void A_secret_of_the_portals_own_is_for_luware_to_mend(string message) =>
        ErrorCatalogue.Of(Translate(new MsalServiceException("invalid_client", message)).Answer!).Name.ShouldBe("Misconfigured");

    [Fact]
    public void An_entra_that_does_not_answer_in_time_is_worth_another_try() =>
        Translate(new MsalServiceException(MsalError.RequestTimeout, "Request to the endpoint timed out.", new TaskCanceledException()))
            .ShouldBeOfType<TransientException>();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(503)]
    public void A_busy_entra_is_too(int status) =>
        Translate(new MsalServiceException("service_not_available", "Service is busy.", status)).ShouldBeOfType<TransientException>();

    private static GatewayException Translate(MsalException exception) => MsalFailures.Translate(exception, []);
}
