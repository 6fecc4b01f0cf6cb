using Luware.Portal.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Luware.Portal.Tests.SignIn;

public sealed class SignInRefusalTests
{
    [Theory]
    [InlineData("error=access_denied&error_description=AADSTS65004%3A+declined", "declined")]
    [InlineData("error=access_denied&error_subcode=cancel", "declined")]
    [InlineData("error=access_denied&error_description=AADSTS90094%3A+admin", "admin-needed")]
    [InlineData("error=access_denied&error_description=AADSTS90095%3A+workflow", "admin-needed")]
    [InlineData("error=access_denied&error_description=AADSTS53003%3A+blocked", "conditional-access")]
    [InlineData("error=interaction_required&error_description=AADSTS530035%3A+defaults", "conditional-access")]
    [InlineData("error=access_denied&error_description=AADSTS50105%3A+not+assigned", "not-assigned")]
    [InlineData("error=invalid_request&error_description=AADSTS50020%3A+other+directory", "other-account")]
    [InlineData("error=server_error&error_description=AADSTS90033%3A+transient", "unknown")]
    [InlineData("", "unknown")]
    public void Entras_answer_decides(string query, string reason) =>
        SignInRefusal.Reason(new InvalidOperationException(), From(query)).ShouldBe(reason);

    [Fact]
    public void Without_an_answer_the_failure_decides()
    {
        SignInRefusal.Reason(new OtherAccountException(), From("code=1")).ShouldBe("other-account");
        SignInRefusal.Reason(new InvalidOperationException("AADSTS65001: not consented"), From("code=1")).ShouldBe("declined");
        SignInRefusal.Reason(new AuthenticationFailureException("Correlation failed."), From("code=1")).ShouldBe("expired");
        SignInRefusal.Reason(null, From("code=1")).ShouldBe("unknown");
    }

    private static QueryCollection From(string query) => new(QueryHelpers.ParseQuery(query));
}
