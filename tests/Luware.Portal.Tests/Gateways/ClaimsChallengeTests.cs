using System.Text;
using Luware.Portal.Gateways;

namespace Luware.Portal.Tests.Gateways;

public sealed class ClaimsChallengeTests
{
    // Its base64 contains characters that differ between the two alphabets, and needs padding.
    private const string Claims = """{"access_token":{"acrs":{"essential":true,"value":"p1>>??"}}}""";

    private static readonly string Base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Claims));
    private static readonly string UrlSafe = Base64.Replace('+', '-').Replace('/', '_');

    public static TheoryData<string[]> Challenges => new()
    {
        (string[])["Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
            + $"error=\"insufficient_claims\", claims=\"{Base64}\""],
        (string[])[$"Bearer claims=\"{Base64.TrimEnd('=')}\", error=\"insufficient_claims\""],
        (string[])[$"bearer error=insufficient_claims, claims=\"{UrlSafe}\""],
        (string[])[$"Bearer error=\"insufficient_claims\",claims=\"{UrlSafe.TrimEnd('=')}\",error_description=\"More, please.\""],
        (string[])["Bearer authorization_uri=\"https://login.microsoftonline.com/common\"", $"Bearer error=\"insufficient_claims\", claims=\"{Base64}\""],
        (string[])[$"PoP nonce=\"a\", Bearer error=\"insufficient_claims\", claims=\"{Base64}\", Negotiate"],
    };

    [Fact]
    public void The_sample_shows_what_it_has_to() => (Base64.Contains('+') || Base64.Contains('/'), Base64.EndsWith('=')).ShouldBe((true, true));

    [Theory, MemberData(nameof(Challenges))]
    public void What_is_wanted_is_read_in_every_form(string[] headers)
    {
        ClaimsChallenge.Of(401, headers).ShouldBe(Claims);
        ClaimsChallenge.Of(403, headers).ShouldBe(Claims);
        ClaimsChallenge.Of(404, headers).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer error=\"insufficient_claims\"")]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"\"")]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"%%%\"")]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"bm90IGpzb24=\"")]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"WzFd\"")]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"/w==\"")]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ")]
    [InlineData("Bearer error=\"invalid_token\", claims=\"eyJhIjoxfQ==\"")]
    [InlineData("Basic error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"")]
    [InlineData("error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"")]
    public void What_cannot_be_read_wants_nothing(string header) => ClaimsChallenge.Of(401, [header]).ShouldBeNull();

    [Fact]
    public void What_is_huge_goes_into_no_address()
    {
        var huge = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"a":"{{new string('a', 5000)}}"}"""));

        ClaimsChallenge.Of(401, [$"Bearer error=\"insufficient_claims\", claims=\"{huge}\""]).ShouldBeNull();
        ClaimsChallenge.Of(401, null).ShouldBeNull();
    }
}
