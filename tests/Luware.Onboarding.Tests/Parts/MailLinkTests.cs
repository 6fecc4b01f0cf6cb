using Luware.Onboarding.Parts;

namespace Luware.Onboarding.Tests.Parts;

public sealed class MailLinkTests
{
    [Theory]
    [InlineData("Hello,\nplease open https://a.example/?link=b&c.")]
    [InlineData("Hello,\r\nplease open https://a.example/?link=b&c.")]
    public void Lines_end_as_the_standard_for_mail_addresses_demands(string body) => MailLink.To("Step “Consent”: 100 %", body).ShouldBe(
        "mailto:?subject=Step%20%E2%80%9CConsent%E2%80%9D%3A%20100%20%25&body=Hello%2C%0D%0Aplease%20open%20https%3A%2F%2Fa.example%2F%3Flink%3Db%26c.");
}
