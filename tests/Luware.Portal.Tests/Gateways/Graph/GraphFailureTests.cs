using System.Net;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;

namespace Luware.Portal.Tests.Gateways.Graph;

public sealed class GraphFailureTests : IDisposable
{
    private static readonly TenantAccess Access = new(Guid.NewGuid(), Guid.NewGuid(), "account", "session");
    private static readonly Guid GroupId = Guid.Parse("45b7d2e7-b882-4a80-ba97-10b7a63b8fa4");
    private static readonly string Group =
        $$"""{"id":"{{GroupId}}","displayName":"Recorded","securityEnabled":true,"mailEnabled":false,"groupTypes":[],"uniqueName":"unknown to us"}""";

    private const string Claims = """{"access_token":{"nbf":{"essential":true,"value":"1795000000"}}}""";

    private readonly ScriptedGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "0.05")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "0")]
    [InlineData(HttpStatusCode.GatewayTimeout, "0.01")]
    public async Task A_busy_graph_is_asked_again_after_the_time_it_names(HttpStatusCode status, string retryAfter)
    {
        _graph.Answers(status, ScriptedGraph.Error("busy", "later"), retryAfter).Answers(HttpStatusCode.OK, Group);

        (await FindAsync())!.DisplayName.ShouldBe("Recorded");

        _graph.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_long_wait_is_not_slept_through_but_handed_on()
    {
        _graph.Answers(HttpStatusCode.TooManyRequests, ScriptedGraph.Error("TooManyRequests", "Please retry again later."), "45.5");

        var busy = await Should.ThrowAsync<TransientException>(FindAsync);

        busy.RetryAfter.ShouldBe(TimeSpan.FromSeconds(45.5));
        busy.Answer!.Code.ShouldBe("TooManyRequests");
        _graph.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_graph_that_stays_busy_is_given_up_after_the_set_number_of_tries()
    {
        for (var i = 0; i < 3; i++)
            _graph.Answers(HttpStatusCode.ServiceUnavailable, "not json at all", "0");

        await Should.ThrowAsync<TransientException>(FindAsync);

        _graph.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_used_up_token_asks_for_a_new_sign_in()
    {
        for (var i = 0; i < 2; i++)
            _graph.Answers(HttpStatusCode.Unauthorized, ScriptedGraph.Error("InvalidAuthenticationToken", "Lifetime validation failed"));

        var refused = await Should.ThrowAsync<SignInRequiredException>(FindAsync);

        refused.Answer!.Code.ShouldBe("InvalidAuthenticationToken");
    }

    [Fact]
    public async Task A_token_that_is_turned_away_before_its_time_is_replaced_once()
    {
        _graph.Answers(HttpStatusCode.Unauthorized, ScriptedGraph.Error("InvalidAuthenticationToken", "Lifetime validation failed"))
            .Answers(HttpStatusCode.OK, Group);

        (await FindAsync())!.DisplayName.ShouldBe("Recorded");

        _graph.Tokens.Asked.Select(t => t.Fresh).ShouldBe([false, true]);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_token_that_proves_too_little_is_replaced_by_one_that_has_what_is_wanted(HttpStatusCode status)
    {
        // The SDK repeats a request once by itself after a 401 with claims.
        for (var i = 0; i < (status == HttpStatusCode.Unauthorized ? 2 : 1); i++)
            _graph.Wants(status, Claims);
        _graph.Answers(HttpStatusCode.OK, Group);

        (await FindAsync())!.DisplayName.ShouldBe("Recorded");

        _graph.Tokens.Claims.ShouldBe([Claims]);
        _graph.Tokens.Asked.Select(t => t.Fresh).ShouldBe([false, true]);
        _graph.Requests[^1].Headers.Authorization!.Parameter.ShouldBe("Directory-2");
    }

    [Fact]
    public async Task Where_no_token_has_it_the_next_sign_in_is_told_what_is_wanted()
    {
        for (var i = 0; i < 4; i++)
            _graph.Wants(HttpStatusCode.Unauthorized, Claims);

        var wanted = await Should.ThrowAsync<SignInRequiredException>(FindAsync);

        (wanted.Claims, wanted.Answer!.Code).ShouldBe((Claims, ProofCodes.Wanted));
        _graph.Tokens.Wanted.ShouldBe([(TokenPurpose.Directory, Claims)]);
    }

    [Fact]
    public async Task A_refusal_carries_what_support_needs()
    {
        _graph.Answers(HttpStatusCode.Forbidden, ScriptedGraph.Error("Authorization_RequestDenied", "Insufficient privileges to complete the operation."));

        var refused = await Should.ThrowAsync<RefusedException>(FindAsync);

        (refused.Answer! with { ClientRequestId = null }).ShouldBe(new RemoteAnswer(
            "Microsoft Graph", "Authorization_RequestDenied", "403",
            "Insufficient privileges to complete the operation.", "94fb3b52-452a-4535-a601-69e0a90e3aa2"));
    }

    [Fact]
    public async Task What_is_not_there_is_no_failure()
    {
        _graph.Answers(HttpStatusCode.NotFound, ScriptedGraph.Error("Request_ResourceNotFound", "does not exist"));

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task An_unreachable_graph_is_worth_another_try_later()
    {
        _graph.Settings.Retries = 0;
        _graph.Answers(_ => throw new HttpRequestException("No route"));

        await Should.ThrowAsync<TransientException>(FindAsync);
    }

    [Fact]
    public async Task A_graph_that_never_answers_is_left_after_the_limit()
    {
        _graph.Settings.Retries = 0;
        _graph.Settings.AttemptTimeout = TimeSpan.FromMilliseconds(50);
        _graph.IsSilent = true;

        await Should.ThrowAsync<TransientException>(FindAsync);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_worth_another_try_later()
    {
        _graph.Answers(HttpStatusCode.OK, "<html>a proxy's page</html>");

        await Should.ThrowAsync<TransientException>(FindAsync);
    }

    [Fact]
    public async Task The_caller_can_give_up()
    {
        using var leaving = new CancellationTokenSource();
        _graph.Answers(_ =>
        {
            leaving.Cancel();
            throw new OperationCanceledException(leaving.Token);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => _graph.Directory.FindGroupAsync(Access, GroupId, leaving.Token));
    }

    [Fact]
    public async Task Who_gave_up_is_not_asked_for_a_proof_at_the_next_sign_in()
    {
        using var leaving = new CancellationTokenSource();
        _graph.Answers(HttpStatusCode.Unauthorized).Answers(_ =>
        {
            leaving.Cancel();
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => _graph.Directory.FindGroupAsync(Access, GroupId, leaving.Token));

        _graph.Tokens.Wanted.ShouldBeEmpty();
    }

    private Task<Group?> FindAsync() => _graph.Directory.FindGroupAsync(Access, GroupId, TestContext.Current.CancellationToken);
}
