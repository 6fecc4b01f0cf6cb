using Luware.Onboarding.Consent;
using Luware.Onboarding.Engine;
using Luware.Portal.Consent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Luware.Portal.Tests.Consent;

public sealed class ConsentAnswerTests
{
    [Theory]
    [InlineData("admin_consent=True&tenant=3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01&state=s", null)]
    [InlineData("admin_consent=true&tenant=t&state=s&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default", null)]
    [InlineData("error=access_denied&error_description=AADSTS65004%3A+User+declined&error_uri=https%3A%2F%2Flogin&admin_consent=True&state=s", "Declined")]
    [InlineData("error=access_denied&error_subcode=cancel&state=s", "Declined")]
    [InlineData("error=access_denied&state=s", "Declined")]
    [InlineData("error=access_denied&error_description=AADSTS50020%3A+User+account&admin_consent=True&state=s", "OtherDirectory")]
    [InlineData("error=consent_required&error_description=AADSTS65001%3A+no&admin_consent=True&state=s", "NotConsented")]
    [InlineData("error=consent_required&admin_consent=True&state=s", "NotConsented")]
    [InlineData("error=access_denied&error_description=AADSTS90093%3A+forbidden&admin_consent=True&state=s", "AdminConsent")]
    [InlineData("error=access_denied&error_description=AADSTS90094%3A+admin&admin_consent=True&state=s", "AdminConsent")]
    [InlineData("error=invalid_client&error_description=AADSTS650052%3A+service&state=s", "ServiceNotEnabled")]
    [InlineData("error=unauthorized_client&error_description=AADSTS700016%3A+unknown&state=s", "ApplicationNotFound")]
    [InlineData("error=access_denied&error_description=AADSTS53003%3A+blocked&state=s", "ConditionalAccess")]
    [InlineData("error=interaction_required&error_description=AADSTS50076%3A+mfa&state=s", "SecondFactor")]
    [InlineData("error=invalid_resource&admin_consent=True&state=s", "Refused")]
    [InlineData("tenant=t&state=s", "Refused")]
    [InlineData("", "Refused")]
    public void Every_known_shape_is_understood(string query, string? entry) =>
        (From(query).Answer is { } answer ? ErrorCatalogue.Of(answer).Name : null).ShouldBe(entry);

    [Fact]
    public void A_parameter_that_comes_twice_or_is_huge_counts_as_absent()
    {
        var redirect = From($"state=a&state=b&tenant={new string('x', 5000)}&admin_consent=True");

        redirect.State.ShouldBeNull();
        redirect.Tenant.ShouldBeNull();
    }

    [Theory]
    [InlineData("error=Anna+Keller&state=s", "")]
    [InlineData("error=access_denied&error_subcode=%3Cscript%3E&state=s", "access_denied")]
    [InlineData("error=access_denied&error_subcode=cancel&state=s", "cancel")]
    [InlineData("error=x&error_description=AADSTS65004%3A+User+declined&state=s", "AADSTS65004")]
    public void A_code_is_a_word_of_the_protocol_or_none(string query, string code) => From(query).Answer!.Code.ShouldBe(code);

    private static ConsentRedirect From(string query) => ConsentAnswer.From(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
