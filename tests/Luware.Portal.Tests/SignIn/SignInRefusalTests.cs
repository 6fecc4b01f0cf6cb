using Luware.Portal.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Luware.Portal.Tests.SignIn;

public sealed class SignInRefusalTests
{
    [Theory]
    [InlineData("error=access_denied&error_description=AADSTS65004%3A+declined", "Declined")]
    [InlineData("error=access_denied&error_subcode=cancel", "Declined")]
    [InlineData("error=access_denied&error_description=AADSTS65001%3A+no", "NotConsented")]
    [InlineData("error=access_denied&error_description=AADSTS90094%3A+admin", "AdminConsent")]
    [InlineData("error=access_denied&error_description=AADSTS90095%3A+workflow", "AdminAsked")]
    [InlineData("error=invalid_request&error_description=AADSTS50011%3A+redirect", "RedirectNotRegistered")]
    [InlineData("error=unauthorized_client&error_description=AADSTS700016%3A+unknown", "ApplicationNotFound")]
    [InlineData("error=interaction_required&error_description=AADSTS50076%3A+mfa", "SecondFactor")]
    [InlineData("error=access_denied&error_description=AADSTS53003%3A+blocked", "ConditionalAccess")]
    [InlineData("error=interaction_required&error_description=AADSTS530035%3A+defaults", "ConditionalAccess")]
    [InlineData("error=access_denied&error_description=AADSTS50105%3A+not+assigned", "NotAssigned")]
    [InlineData("error=invalid_request&error_description=AADSTS50020%3A+other+directory", "OtherDirectory")]
    [InlineData("error=temporarily_unavailable", "Busy")]
    [InlineData("error=invalid_request&error_description=AADSTS99999%3A+new", "Refused")]
    [InlineData("", "SignInFailed")]
    public void Entras_answer_decides(string query, string reason) =>
        SignInRefusal.Of(new InvalidOperationException(), From(query)).Reason.ShouldBe(reason);

    [Fact]
    public void What_Entra_said_is_kept_with_its_correlation_id()
    {
        var answer = SignInRefusal.Of(null, From(
            "error=access_denied&error_description=AADSTS53003%3A+Blocked."
            + "+Trace+ID%3A+1+Correlation+ID%3A+5c0a8e1e-9f63-4a57-8e0f-1d0f5b6a77c2+Timestamp%3A+now")).Answer;

        answer.ShouldNotBeNull().CorrelationId.ShouldBe("5c0a8e1e-9f63-4a57-8e0f-1d0f5b6a77c2");
        answer.Message.ShouldStartWith("AADSTS53003: Blocked.");
    }

    [Fact]
    public void Without_an_answer_the_failure_decides()
    {
        SignInRefusal.Of(new OtherAccountException(), From("code=1")).Reason.ShouldBe("OtherAccount");
        SignInRefusal.Of(new InvalidOperationException("AADSTS65001: not consented"), From("code=1")).Reason.ShouldBe("NotConsented");
        SignInRefusal.Of(new AuthenticationFailureException("Correlation failed."), From("code=1")).Reason.ShouldBe("SignInExpired");
        SignInRefusal.Of(null, From("code=1")).Reason.ShouldBe("SignInFailed");
    }

    [Fact]
    public void An_answer_that_belongs_to_no_sign_in_of_ours_is_not_repeated() =>
        SignInRefusal.Of(
                new AuthenticationFailureException("Correlation failed."),
                From("error=access_denied&error_description=AADSTS65004%3A+call+this+number"))
            .ShouldBe(new SignInRefusal("SignInExpired", null));

    private static QueryCollection From(string query) => new(QueryHelpers.ParseQuery(query));
}
