using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;

namespace Luware.Portal.Tests.Gateways.Azure;

public sealed class AzureFailureTests : IDisposable
{
    private static readonly TenantAccess Access = new(Guid.NewGuid(), Guid.NewGuid(), "account", "session");
    private static readonly StorageAccountId Id = new(Guid.NewGuid(), "recording", "contosorecordings");

    private const string Claims = """{"access_token":{"acrs":{"essential":true,"value":"p1"}}}""";

    private const string NoBlobs = """<?xml version="1.0"?><EnumerationResults><Blobs /><NextMarker /></EnumerationResults>""";

    private readonly ScriptedAzure _azure = new();

    public void Dispose() => _azure.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "0.05")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "0")]
    public async Task A_busy_azure_is_asked_again_after_the_time_it_names(HttpStatusCode status, string retryAfter)
    {
        _azure.Answers(status, ScriptedAzure.Error("busy"), retryAfter).Answers(HttpStatusCode.OK, """{ "registrationState": "Registered" }""");

        (await StateAsync()).ShouldBe("Registered");
    }

    [Fact]
    public async Task A_long_wait_is_handed_on()
    {
        _azure.Answers(HttpStatusCode.TooManyRequests, ScriptedAzure.Error("TooManyRequests"), "45.5");

        var busy = await Should.ThrowAsync<TransientException>(StateAsync);

        (busy.RetryAfter, busy.Answer!.Code, busy.Answer.CorrelationId).ShouldBe((TimeSpan.FromSeconds(45.5), "TooManyRequests", "the-correlation"));
    }

    [Fact]
    public async Task A_change_is_sent_once_whatever_comes_of_it()
    {
        _azure.Answers(HttpStatusCode.ServiceUnavailable, ScriptedAzure.Error("busy"), "0");

        await Should.ThrowAsync<TransientException>(() => _azure.Storage.ChangeAsync(Access, AzureRequest.RegisterProvider(Id, "Microsoft.Network"), default));

        _azure.Requests.ShouldHaveSingleItem().Method.ShouldBe(HttpMethod.Post);
    }

    [Theory]
    [InlineData("ContainerBeingDeleted")]
    [InlineData("StorageAccountOperationInProgress")]
    [InlineData("AnotherOperationInProgress")]
    public async Task A_conflict_that_ends_by_itself_is_a_matter_of_time(string code)
    {
        _azure.Answers(HttpStatusCode.Conflict, ScriptedAzure.Error(code), "17");

        (await Should.ThrowAsync<TransientException>(RegisterAsync)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task A_lock_is_refused_because_somebody_has_to_end_it()
    {
        _azure.Answers(HttpStatusCode.Conflict, ScriptedAzure.Error("ScopeLocked"));

        (await Should.ThrowAsync<RefusedException>(RegisterAsync)).Answer!.Code.ShouldBe("ScopeLocked");
    }

    [Fact]
    public async Task Blobs_of_a_container_that_is_being_deleted_are_a_matter_of_time()
    {
        _azure.Answers(HttpStatusCode.OK, Account("https://contosorecordings.blob.core.windows.net/"));
        _azure.Afterwards = _ => new HttpResponseMessage(HttpStatusCode.Conflict) { Headers = { { "x-ms-error-code", "ContainerBeingDeleted" } } };

        await Should.ThrowAsync<TransientException>(ProbeAsync);
    }

    [Fact]
    public async Task A_used_up_token_asks_for_a_new_sign_in_but_not_a_token_of_another_tenant()
    {
        foreach (var code in (string[])["ExpiredAuthenticationToken", "ExpiredAuthenticationToken", "InvalidAuthenticationTokenTenant"])
            _azure.Answers(HttpStatusCode.Unauthorized, ScriptedAzure.Error(code));

        await Should.ThrowAsync<SignInRequiredException>(StateAsync);
        await Should.ThrowAsync<RefusedException>(StateAsync);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_change_that_wants_more_proof_is_sent_again_with_a_token_that_has_it(HttpStatusCode status)
    {
        _azure.Wants(status, Claims).Answers(HttpStatusCode.OK);

        await _azure.Storage.ChangeAsync(Access, AzureRequest.RegisterProvider(Id, "Microsoft.Network"), default);

        _azure.Tokens.Claims.ShouldBe([Claims]);
        _azure.Requests.Select(r => r.Authorization).ShouldBe(["Bearer Azure-1", "Bearer Azure-2"]);
        _azure.Tokens.Wanted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_no_token_has_it_the_next_sign_in_is_told_what_is_wanted()
    {
        _azure.Wants(HttpStatusCode.Unauthorized, "{}").Wants(HttpStatusCode.Unauthorized, Claims);

        var wanted = await Should.ThrowAsync<SignInRequiredException>(() =>
            _azure.Storage.ChangeAsync(Access, AzureRequest.RegisterProvider(Id, "Microsoft.Network"), default));

        (wanted.Claims, wanted.Answer!.Code, wanted.Answer.Message).ShouldBe((Claims, ProofCodes.Wanted, "RequestDisallowedByPolicy: No."));
        _azure.Tokens.Wanted.ShouldBe([(TokenPurpose.Azure, Claims)]);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task Blobs_that_want_more_proof_are_tried_again_with_a_token_that_has_it(HttpStatusCode status)
    {
        byte[] content = [];
        _azure.Answers(HttpStatusCode.OK, Account("https://contosorecordings.blob.core.windows.net/"));
        _azure.Afterwards = request =>
        {
            if (request.Headers.Authorization!.Parameter != "Blobs-3")
                return ScriptedAzure.Wanting(status, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Claims)));
            if (request.Method == HttpMethod.Put)
                content = new BinaryReader(request.Content!.ReadAsStream()).ReadBytes(1000);
            return request.Method == HttpMethod.Get
                ? new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = request.RequestUri!.Query.Length > 0 ? new StringContent(NoBlobs) : new ByteArrayContent(content),
                }
                : new HttpResponseMessage(request.Method == HttpMethod.Put ? HttpStatusCode.Created : HttpStatusCode.Accepted);
        };

        await ProbeAsync();

        var last = _azure.Requests.Last();
        (last.Method, last.Authorization).ShouldBe((HttpMethod.Delete, "Bearer Blobs-3"));
        (_azure.Tokens.Claims.ShouldHaveSingleItem(), _azure.Tokens.Wanted.IsEmpty).ShouldBe((Claims, true));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task What_blobs_want_and_no_token_has_is_told_to_the_next_sign_in_too(HttpStatusCode status)
    {
        _azure.Answers(HttpStatusCode.OK, Account("https://contosorecordings.blob.core.windows.net/"));
        _azure.Afterwards = _ => ScriptedAzure.Wanting(status, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Claims)));

        (await Should.ThrowAsync<SignInRequiredException>(ProbeAsync)).Claims.ShouldBe(Claims);

        (_azure.Tokens.Claims.ShouldHaveSingleItem(), _azure.Tokens.Wanted.ShouldHaveSingleItem()).ShouldBe((Claims, (TokenPurpose.Blobs, Claims)));
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_a_matter_of_time()
    {
        _azure.Answers(HttpStatusCode.OK, "<html>").Answers(HttpStatusCode.Forbidden, "<html>a proxy</html>");

        await Should.ThrowAsync<TransientException>(StateAsync);
        (await Should.ThrowAsync<RefusedException>(StateAsync)).Answer!.Code.ShouldBe("unknown");
    }

    [Fact]
    public async Task An_azure_that_cannot_be_reached_is_a_matter_of_time()
    {
        for (var i = 0; i < 3; i++)
            _azure.Answers(() => throw new HttpRequestException("No route."));

        await Should.ThrowAsync<TransientException>(StateAsync);
    }

    [Fact]
    public async Task A_resource_manager_that_never_answers_is_a_matter_of_time()
    {
        (_azure.Settings.Retries, _azure.Settings.AttemptTimeout, _azure.IsSilent) = (0, TimeSpan.FromMilliseconds(50), true);

        await Should.ThrowAsync<TransientException>(StateAsync);
    }

    [Theory]
    [InlineData("http://contosorecordings.blob.core.windows.net/")]
    [InlineData("https://contosorecordings.blob.core.windows.net:8443/")]
    [InlineData("https://contosorecordings.blob.core.windows.net/path")]
    [InlineData("https://user@contosorecordings.blob.core.windows.net/")]
    [InlineData("https://others.blob.core.windows.net/")]
    [InlineData("https://contosorecordings.blob.core.windows.net.evil.example/")]
    [InlineData("https://contosorecordings.evilblob.core.windows.net.example/")]
    [InlineData("https://contosorecordingsblob.core.windows.net/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("not an address")]
    [InlineData("")]
    public async Task Nothing_is_sent_to_a_host_that_is_not_the_accounts_own(string endpoint)
    {
        _azure.Answers(HttpStatusCode.OK, Account(endpoint));

        (await Should.ThrowAsync<RefusedException>(ProbeAsync)).Answer!.Code.ShouldBe(StorageFailureCodes.HostNotTrusted);

        _azure.Requests.ShouldHaveSingleItem().Address.Host.ShouldBe("arm.test");
    }

    [Fact]
    public async Task Each_service_gets_its_own_token()
    {
        _azure.Answers(HttpStatusCode.OK, Account("https://contosorecordings.blob.core.windows.net/"))
            .Answers(HttpStatusCode.Forbidden, ScriptedAzure.Error("AuthorizationFailure"));

        await Should.ThrowAsync<RefusedException>(ProbeAsync);

        _azure.Requests.Select(r => (r.Address.Host, r.Authorization!.Split('-')[0]))
            .ShouldBe([("arm.test", "Bearer Azure"), ("contosorecordings.blob.core.windows.net", "Bearer Blobs")]);
    }

    [Fact]
    public async Task Blobs_that_cannot_be_reached_are_refused_in_words()
    {
        _azure.Answers(HttpStatusCode.OK, Account("https://contosorecordings.blob.core.windows.net/"));
        for (var i = 0; i < 3; i++)
            _azure.Answers(() => throw new HttpRequestException("No such host.", new SocketException((int)SocketError.HostNotFound)));

        (await Should.ThrowAsync<RefusedException>(ProbeAsync)).Answer!.Code.ShouldBe(StorageFailureCodes.NotReachable);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Blobs_that_never_answer_are_refused_in_the_same_words(int retries)
    {
        _azure.Answers(HttpStatusCode.OK, Account("https://contosorecordings.blob.core.windows.net/"));
        (_azure.Settings.Retries, _azure.Settings.AttemptTimeout, _azure.IsSilent) = (retries, TimeSpan.FromMilliseconds(200), true);

        (await Should.ThrowAsync<RefusedException>(ProbeAsync)).Answer!.Code.ShouldBe(StorageFailureCodes.NotReachable);

        _azure.Requests.Count(r => r.Address.Host == "contosorecordings.blob.core.windows.net").ShouldBe(1 + retries);
    }

    [Fact]
    public async Task Busy_blobs_are_a_matter_of_time()
    {
        _azure.Answers(HttpStatusCode.OK, Account("https://contosorecordings.blob.core.windows.net/"));
        for (var i = 0; i < 3; i++)
            _azure.Answers(HttpStatusCode.ServiceUnavailable, ScriptedAzure.Error("ServerBusy"));

        await Should.ThrowAsync<TransientException>(ProbeAsync);
    }

    [Fact]
    public async Task An_answer_about_blobs_that_cannot_be_read_is_a_matter_of_time()
    {
        _azure.Answers(HttpStatusCode.OK, Account("https://contosorecordings.blob.core.windows.net/")).Answers(HttpStatusCode.Forbidden, "<html>");

        await Should.ThrowAsync<TransientException>(ProbeAsync);
    }

    private Task<string> StateAsync() => _azure.Storage.GetProviderStateAsync(Access, Id.SubscriptionId, "Microsoft.Network", default);

    private Task RegisterAsync() => _azure.Storage.ChangeAsync(Access, AzureRequest.RegisterProvider(Id, "Microsoft.Network"), default);

    private Task ProbeAsync() => _azure.Storage.ProbeAsync(Access, Id, "luware-recording", default);

    private static string Account(string endpoint) => $$"""{ "properties": { "primaryEndpoints": { "blob": "{{endpoint}}" } } }""";
}
