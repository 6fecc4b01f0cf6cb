using Luware.Onboarding.Gateways;
using Luware.Portal.Gateways.Teams;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Portal.Tests.Gateways.Teams;

public sealed class TeamsGatewayTests : IAsyncLifetime
{
    private static readonly TenantAccess Access = new(Guid.NewGuid(), Guid.NewGuid(), "account", "session");
    private static readonly TeamsCommand Read = new("Get-CsTenant", [], []);
    private static readonly TeamsCommand Write = new("New-CsTeamsComplianceRecordingPolicy", [], []);

    private readonly FakePool _pool = new();
    private readonly FakeTokens _tokens = new();
    private readonly Commentary _said = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TeamsGateway _teams;

    public TeamsGatewayTests()
    {
        var options = Options.Create(new TeamsWorkerOptions { Retries = 2, RetryPause = TimeSpan.FromMilliseconds(1) });
        _teams = new TeamsGateway(_pool, new TeamsRetry(options, TimeProvider.System), _tokens, _said, options, _time, NullLogger<TeamsGateway>.Instance);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _teams.DisposeAsync();

    [Fact]
    public async Task One_lease_serves_all_commands_with_two_fresh_tokens_graph_first()
    {
        await InvokeAsync(Read);
        await InvokeAsync(Write);

        _pool.Leases.ShouldHaveSingleItem().Tokens.ShouldBe(new TeamsTokens("Directory-1", "Teams-2"));
        _tokens.Asked.ShouldBe([(Access, TokenPurpose.Directory, true), (Access, TokenPurpose.Teams, true)]);
    }

    [Fact]
    public async Task The_worker_ends_with_the_unit_of_work()
    {
        await InvokeAsync(Read);

        await _teams.DisposeAsync();

        _pool.Leases.ShouldHaveSingleItem().Ended.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_tenant_or_person_never_meets_the_same_worker()
    {
        await InvokeAsync(Read);
        await _teams.InvokeAsync(Access with { TenantId = Guid.NewGuid() }, Read, CancellationToken.None);

        _pool.Leases.Select(l => l.Ended).ShouldBe([true, false]);
        _pool.Leases.Select(l => l.TenantId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_lease_is_replaced_before_the_pool_would_end_it()
    {
        await InvokeAsync(Read);
        _time.Advance(TimeSpan.FromMinutes(28));
        await InvokeAsync(Read);

        _pool.Leases.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_read_is_repeated_on_a_new_worker()
    {
        _pool.Answer = (lease, _) => lease == 1 ? throw new WorkerLostException("gone") : new TeamsResult([]);

        await InvokeAsync(Read);

        _pool.Leases.Select(l => l.Ended).ShouldBe([true, false]);
    }

    [Fact]
    public async Task After_a_cancelled_command_the_next_one_has_a_new_worker_at_once()
    {
        _pool.Answer = (lease, _) => lease == 1 ? throw new OperationCanceledException() : new TeamsResult([]);
        await Should.ThrowAsync<OperationCanceledException>(() => InvokeAsync(Read));
        _pool.Leases.ShouldHaveSingleItem().Ended.ShouldBeTrue();

        await InvokeAsync(Read);

        _pool.Leases.Select(l => l.Ended).ShouldBe([true, false]);
        _said.Take().ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task A_refusal_leaves_the_worker_to_the_next_command()
    {
        _pool.Answer = (_, command) => command == Write ? throw Refused("Access Denied.") : new TeamsResult([]);

        await Should.ThrowAsync<RefusedException>(() => InvokeAsync(Write));
        await InvokeAsync(Read);

        _pool.Leases.ShouldHaveSingleItem().Ended.ShouldBeFalse();
    }

    [Fact]
    public async Task The_time_of_a_lease_begins_when_it_is_there()
    {
        _pool.Says = _ => _time.Advance(TimeSpan.FromMinutes(20));
        await InvokeAsync(Read);
        _time.Advance(TimeSpan.FromMinutes(20));
        await InvokeAsync(Read);

        _pool.Leases.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_read_that_loses_every_worker_is_left_for_later()
    {
        _pool.Answer = (_, _) => throw new WorkerLostException("gone");

        ShouldWaitLonger(await Should.ThrowAsync<TransientException>(() => InvokeAsync(Read)));

        _pool.Leases.Select(l => l.Ended).ShouldBe([true, true, true]);
    }

    [Fact]
    public async Task A_write_whose_worker_is_lost_is_never_repeated_here()
    {
        _pool.Answer = (_, _) => throw new WorkerLostException("gone");

        await Should.ThrowAsync<TransientException>(() => InvokeAsync(Write));

        _pool.Leases.ShouldHaveSingleItem().Ended.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Response status code does not indicate success: 401 (Unauthorized).", "InvalidOperation")]
    [InlineData("You must call the Connect-MicrosoftTeams cmdlet before calling any other cmdlets.", "NotSpecified")]
    [InlineData("Lifetime validation failed.", "AuthenticationError")]
    [InlineData("[Unauthorized] : Authorization failed.", "InvalidOperation")]
    [InlineData("Authorization failed.", "InvalidOperation", "Unauthorized,Microsoft.Teams.ConfigAPI.Cmdlets.GetCsX")]
    [InlineData("AADSTS500133: Assertion is not within its valid time range.", "InvalidOperation")]
    public async Task A_connection_that_is_no_longer_let_in_is_made_anew_once(string message, string category, string id = "AccessDenied,New-X")
    {
        _pool.Answer = (lease, _) => lease == 1 ? throw Refused(message, category, id) : new TeamsResult([]);

        await InvokeAsync(Read);

        _pool.Leases.Count.ShouldBe(2);
        _tokens.Asked.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_write_whose_connection_is_no_longer_let_in_is_never_repeated_here_and_what_follows_has_a_new_one()
    {
        List<(int Lease, TeamsCommand Command)> sent = [];
        _pool.Answer = (lease, command) =>
        {
            sent.Add((lease, command));
            return command == Write ? throw Refused("401 (Unauthorized)") : new TeamsResult([]);
        };

        await InvokeAsync(Read);
        _time.Advance(TimeSpan.FromMinutes(6));
        (await Should.ThrowAsync<TransientException>(() => InvokeAsync(Write))).Answer!.Code.ShouldBe("AccessDenied,New-X");
        await InvokeAsync(Read);

        sent.ShouldBe([(1, Read), (1, Write), (2, Read)]);
        _tokens.Asked.ShouldAllBe(t => t.Fresh);
    }

    [Fact]
    public async Task A_write_that_is_not_let_in_with_tokens_of_a_moment_ago_asks_for_a_sign_in_and_is_never_repeated_here()
    {
        _pool.Answer = (_, command) =>
        {
            // However long the command itself takes.
            _time.Advance(TimeSpan.FromMinutes(4));
            return command == Write ? throw Refused("401 (Unauthorized)") : new TeamsResult([]);
        };

        await InvokeAsync(Read);
        (await Should.ThrowAsync<SignInRequiredException>(() => InvokeAsync(Write))).Answer!.Code.ShouldBe("AccessDenied,New-X");

        _pool.Leases.ShouldHaveSingleItem().Ended.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Service is too busy. Try again later.")]
    [InlineData("Response status code does not indicate success: 503 (Service Unavailable).")]
    [InlineData("The operation has timed out.")]
    [InlineData("Internal server error occurred. Please try again after sometime.")]
    [InlineData("[InternalServerError] : An error occurred.")]
    [InlineData("Code: BadGateway Message: Failed to execute backend request.")]
    [InlineData("Response status code does not indicate success: 502 (Bad Gateway).")]
    [InlineData("An error occurred while sending the request.")]
    [InlineData("The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.")]
    [InlineData("Connection refused (teams.example:443)")]
    [InlineData("Connection reset by peer")]
    [InlineData("Name or service not known (teams.example:443)")]
    [InlineData("No such host is known. (teams.example:443)")]
    [InlineData("The SSL connection could not be established, see inner exception.")]
    public async Task A_busy_service_is_worth_another_try_later(string message)
    {
        _pool.Answer = (_, _) => throw Refused(message);

        var busy = await Should.ThrowAsync<TransientException>(() => InvokeAsync(Write));

        ShouldWaitLonger(busy);
        busy.Answer!.Message.ShouldStartWith(message);
    }

    [Fact]
    public async Task A_refusal_carries_category_id_and_correlation()
    {
        _pool.Answer = (_, _) => throw Refused("Access Denied.");

        var refused = await Should.ThrowAsync<RefusedException>(() => InvokeAsync(Write));

        refused.Answer.ShouldBe(new RemoteAnswer("Microsoft Teams", "AccessDenied,New-X", "PermissionDenied", "Access Denied.\ninner words", "corr-1"));
    }

    [Fact]
    public async Task Another_tenants_answer_ends_everything()
    {
        _pool.Refuses = new WrongTenantException(Access.TenantId, "another");

        await Should.ThrowAsync<WrongIdentityException>(() => InvokeAsync(Read));
    }

    [Fact]
    public async Task No_free_worker_is_worth_another_try_later()
    {
        _pool.Refuses = new NoWorkerException("The queue is full.");

        ShouldWaitLonger(await Should.ThrowAsync<TransientException>(() => InvokeAsync(Read)));
    }

    [Fact]
    public async Task What_the_tokens_say_reaches_the_caller_as_it_is()
    {
        _tokens.Refuses = new ScopesMissingException(["user_impersonation"]);

        await Should.ThrowAsync<ScopesMissingException>(() => InvokeAsync(Read));
    }

    [Fact]
    public async Task What_the_worker_says_is_handed_on_but_not_what_shows_whole_requests()
    {
        _pool.Says = request =>
        {
            foreach (var stream in (string[])["warning", "verbose", "debug", "information", "progress", TeamsOutput.Retry])
                request.Output!(new TeamsOutput(stream, "text"));
        };

        await InvokeAsync(Read);

        _said.Take().ShouldBe("warning: text\ninformation: text\nprogress: text\nretry: text");
    }

    [Fact]
    public async Task The_position_in_the_queue_is_handed_on_and_its_end_however_it_ends()
    {
        List<int> positions = [];
        _said.QueueMoved += positions.Add;
        _pool.Says = request => request.Queued!(2);
        _pool.Refuses = new NoWorkerException("The wait was too long.");

        await Should.ThrowAsync<TransientException>(() => InvokeAsync(Read));

        positions.ShouldBe([2, 0]);
    }

    [Fact]
    public async Task A_command_that_is_repeated_on_a_new_worker_is_said()
    {
        _pool.Answer = (lease, _) => lease == 1 ? throw new WorkerLostException("gone") : new TeamsResult([]);

        await InvokeAsync(Read);

        _said.Take().ShouldBe("retry: Read the tenant: gone Next try in 0 s (1 of 2).");
    }

    private Task<TeamsResult> InvokeAsync(TeamsCommand command) => _teams.InvokeAsync(Access, command, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_connection_that_is_never_let_in_asks_for_a_sign_in()
    {
        _pool.Answer = (_, _) => throw Refused("The token has expired.");

        await Should.ThrowAsync<SignInRequiredException>(() => InvokeAsync(Read));

        _pool.Leases.Count.ShouldBe(2);
    }

    /// <summary>The engine retries on its own within 5 s, but not after a failure that was retried several times already.</summary>
    private static void ShouldWaitLonger(TransientException busy) => busy.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(5));

    private static CommandRefusedException Refused(string message, string category = "PermissionDenied", string id = "AccessDenied,New-X") =>
        new("New-X", new TeamsError(category, id, null, message, ["inner words"], "corr-1"));
}
