using System.Net;
using Luware.Onboarding.Gateways;
using Luware.Portal.Gateways.Entra;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Gateways.Entra;

/// <summary>Finds a customer's tenant by its domain: only one fixed authority is asked, and only an answer that names a tenant is accepted.</summary>
public sealed class TenantNamesTests
{
    private static readonly Guid Contoso = new("3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01");

    [Fact]
    public async Task A_domain_is_asked_of_the_configured_authority_and_leads_to_its_tenant()
    {
        using var entra = new Entra(HttpStatusCode.OK, $$"""{ "issuer": "https://login.test/{{Contoso}}/v2.0" }""");

        (await entra.Names.FindAsync("contoso.com", default)).ShouldBe(Contoso);

        entra.Asked.ShouldHaveSingleItem().ShouldBe(new Uri("https://login.test/contoso.com/v2.0/.well-known/openid-configuration"));
    }

    [Fact]
    public async Task An_id_is_asked_of_the_same_authority_and_nothing_of_the_text_gets_into_the_address()
    {
        using var entra = new Entra(HttpStatusCode.OK, $$"""{ "issuer": "https://login.test/{{Contoso}}/v2.0" }""");

        (await entra.Names.FindAsync($"{{{Contoso}}}".ToUpperInvariant(), default)).ShouldBe(Contoso);

        entra.Asked.ShouldHaveSingleItem().ShouldBe(new Uri($"https://login.test/{Contoso}/v2.0/.well-known/openid-configuration"));
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("contoso")]
    [InlineData("contoso.com/../common")]
    [InlineData("contoso.com?x=1")]
    [InlineData("evil.test#contoso.com")]
    [InlineData("user@contoso.com")]
    [InlineData("-contoso.com")]
    [InlineData("contoso.com\n")]
    [InlineData("contoso..com")]
    [InlineData("")]
    public async Task What_is_no_domain_is_no_tenant_and_never_asked(string text)
    {
        using var entra = new Entra(HttpStatusCode.OK, "{}");

        (await entra.Names.FindAsync(text, default)).ShouldBeNull();

        entra.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_domain_of_no_tenant_is_told_from_an_answer_that_did_not_come(HttpStatusCode status)
    {
        using var entra = new Entra(status, """{ "error": "invalid_tenant" }""");

        (await entra.Names.FindAsync("nobody.example", default)).ShouldBeNull();
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    [InlineData(HttpStatusCode.OK, "[]")]
    [InlineData(HttpStatusCode.OK, """{ "issuer": 7 }""")]
    [InlineData(HttpStatusCode.OK, """{ "issuer": "https://login.test/common/v2.0" }""")]
    public async Task An_answer_that_names_no_tenant_is_one_to_ask_again_for(HttpStatusCode status, string body)
    {
        using var entra = new Entra(status, body);

        await Should.ThrowAsync<TransientException>(() => entra.Names.FindAsync("contoso.com", default));
    }

    [Fact]
    public async Task An_entra_that_cannot_be_reached_is_asked_again()
    {
        using var entra = new Entra(_ => throw new HttpRequestException("No route."));

        await Should.ThrowAsync<TransientException>(() => entra.Names.FindAsync("contoso.com", default));
    }

    [Fact]
    public async Task An_entra_that_does_not_answer_in_time_is_asked_again()
    {
        using var entra = new Entra(NeverAsync) { Limit = TimeSpan.FromMilliseconds(50) };

        await Should.ThrowAsync<TransientException>(() => entra.Names.FindAsync("contoso.com", default));
    }

    [Fact]
    public async Task Whoever_asked_and_has_gone_is_no_fault_of_entras()
    {
        using var entra = new Entra(NeverAsync);
        using var leaving = new CancellationTokenSource();

        var asked = entra.Names.FindAsync("contoso.com", leaving.Token);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asked);
    }

    private static async Task<HttpResponseMessage> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Never reached.");
    }

    private sealed class Entra(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler, IHttpClientFactory
    {
        public Entra(HttpStatusCode status, string body)
            : this(_ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) }))
        {
        }

        public List<Uri> Asked { get; } = [];

        public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

        public TenantNames Names => new(this, new EntraAddresses(Options.Create(new EntraSettings { Instance = "https://login.test" })));

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false) { Timeout = Limit };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!);
            return answer(cancellationToken);
        }
    }
}
