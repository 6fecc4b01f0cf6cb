using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Luware.TeamsPowerShell.Tests.Pool;

public sealed class LeaseTests
{
    [Fact]
    public async Task A_lease_runs_a_command_and_returns_the_selected_properties()
    {
        await using var pool = new TestPool();
        await using var lease = await pool.LeaseAsync();

        var result = await lease.InvokeAsync(Commands.Policies, CancellationToken.None);

        result.Objects.Single().GetProperty("Identity").GetString().ShouldBe("Get-CsTeamsComplianceRecordingPolicy");
    }

    [Fact]
    public async Task A_lease_ends_in_a_killed_process_and_an_empty_folder()
    {
        ProcessTable.SkipUnlessReadable();
        await using var pool = new TestPool();
        var lease = await pool.LeaseAsync();
        var worker = await WorkerIdAsync(lease);
        ProcessTable.IsAlive(worker).ShouldBeTrue();

        await lease.DisposeAsync();

        ProcessTable.IsAlive(worker).ShouldBeFalse();
        pool.Folders.ShouldBeEmpty();
        pool.Stock.Count().Leased.ShouldBe(0);
    }

    [Fact]
    public async Task Ctrl_c_in_the_terminal_of_the_application_leaves_workers_to_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signal.");
        await using var pool = new TestPool();
        await using var lease = await pool.LeaseAsync();
        var worker = await WorkerIdAsync(lease);

        using var interrupt = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"kill -INT {worker}"]);
        await interrupt.WaitForExitAsync(CancellationToken.None);

        await lease.InvokeAsync(Commands.Policies, CancellationToken.None);
        if (OperatingSystem.IsLinux())
            ProcessTable.SessionOf(worker).ShouldBe(worker, "a terminal's signals go to a session, and this one is the worker's own");
    }

    [Fact]
    public async Task Tokens_that_never_come_hold_no_worker()
    {
        await using var pool = new TestPool(configure: options => options.ConnectLimit = TimeSpan.FromMilliseconds(200));
        var never = new TaskCompletionSource<TeamsTokens>();

        var refused = await Should.ThrowAsync<NoWorkerException>(
            () => pool.Pool.LeaseAsync(new TeamsLeaseRequest(Guid.NewGuid(), _ => never.Task), CancellationToken.None));

        refused.Message.ShouldContain("did not come within 00:00:00.2");
        pool.Stock.Count().Leased.ShouldBe(0);
    }

    [Fact]
    public async Task No_two_leases_share_a_process()
    {
        await using var pool = new TestPool();
        HashSet<int> workers = [];
        for (var i = 0; i < 3; i++)
        {
            await using var lease = await pool.LeaseAsync();
            workers.Add(await WorkerIdAsync(lease)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_environment_of_a_worker_is_built_from_nothing()
    {
        // All tests of this process share the environment, so the variable has a unique name and is removed again.
        var secret = $"PORTAL_CLIENT_SECRET_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(secret, "a secret of the portal");
        string[] names;
        try
        {
            await using var pool = new TestPool(configure: options => options.Environment["SANDBOX_TEAMS_ADDRESS"] = "http://127.0.0.1");
            await using var lease = await pool.LeaseAsync();
            names = (await AskAsync(lease, FaultyWorker.EnvironmentProperty)).Split(';');
        }
        finally
        {
            Environment.SetEnvironmentVariable(secret, value: null);
        }

        names.ShouldNotContain(secret);
        names.ShouldContain("SANDBOX_TEAMS_ADDRESS");
        names.ShouldContain("HOME");
    }

    [Fact]
    public async Task Tokens_for_another_tenant_are_never_sent()
    {
        await using var pool = new TestPool();
        var tenant = Guid.NewGuid();
        var mixed = new TeamsTokens(TestPool.Token(tenant), TestPool.Token(Guid.NewGuid()));

        await Should.ThrowAsync<WrongTenantException>(() =>
            pool.Pool.LeaseAsync(new TeamsLeaseRequest(tenant, _ => Task.FromResult(mixed)), CancellationToken.None));
        await Should.ThrowAsync<WrongTenantException>(() =>
            pool.Pool.LeaseAsync(new TeamsLeaseRequest(tenant, _ => Task.FromResult(new TeamsTokens("opaque", "opaque"))), CancellationToken.None));

        pool.Stock.Count().Leased.ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_that_answers_for_another_tenant_runs_no_command()
    {
        await using var pool = new TestPool(Fault.AnswersForAnotherTenant);

        await Should.ThrowAsync<WrongTenantException>(() => pool.LeaseAsync());

        pool.RanCmdlets.ShouldBeEmpty();
        pool.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failing_token_source_gives_the_place_back()
    {
        await using var pool = new TestPool(configure: options => options.MaxWorkers = 1);

        await Should.ThrowAsync<TimeZoneNotFoundException>(() => pool.Pool.LeaseAsync(
            new TeamsLeaseRequest(Guid.NewGuid(), _ => throw new TimeZoneNotFoundException()), CancellationToken.None));

        await using var next = await pool.LeaseAsync();
    }

    [Fact]
    public async Task A_cancelled_command_ends_the_worker_and_with_it_the_lease()
    {
        await using var pool = new TestPool(Fault.HangsInCommand);
        using var cancel = new CancellationTokenSource();
        await using var lease = await pool.LeaseAsync(output: _ => cancel.Cancel());

        await Should.ThrowAsync<OperationCanceledException>(() => lease.InvokeAsync(Commands.Policies, cancel.Token));

        (await Should.ThrowAsync<WorkerLostException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None))).Message.ShouldContain("cancelled");
    }

    [Fact]
    public async Task A_lease_that_is_kept_too_long_is_ended()
    {
        await using var pool = new TestPool(Fault.HangsInCommand);
        pool.Options.LeaseLimit = TimeSpan.FromMilliseconds(500);
        await using var lease = await pool.LeaseAsync();

        (await Should.ThrowAsync<WorkerLostException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None))).Message.ShouldContain("lease limit");
    }

    [Fact]
    public async Task A_disposed_lease_runs_nothing()
    {
        await using var pool = new TestPool();
        var lease = await pool.LeaseAsync();
        await lease.DisposeAsync();
        await lease.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None));
    }

    [Fact]
    public async Task A_command_that_is_not_listed_does_not_leave_the_process()
    {
        await using var pool = new TestPool();
        await using var lease = await pool.LeaseAsync();
        var unlisted = new TeamsCommand("Remove-CsTeamsComplianceRecordingPolicy", [], []);

        await Should.ThrowAsync<ArgumentException>(() => lease.InvokeAsync(unlisted, CancellationToken.None));

        pool.RanCmdlets.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_waits_for_a_value_does_not_leave_the_process()
    {
        await using var pool = new TestPool();
        await using var lease = await pool.LeaseAsync();
        var waiting = new TeamsCommand("Sync-CsOnlineApplicationInstance", [new("ObjectId", new TeamsValue.Later("", "its id"))], []);

        await Should.ThrowAsync<InvalidOperationException>(() => lease.InvokeAsync(waiting, CancellationToken.None));

        pool.RanCmdlets.ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_that_are_asked_of_one_lease_at_once_get_an_answer_each()
    {
        await using var pool = new TestPool();
        await using var lease = await pool.LeaseAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => lease.InvokeAsync(Commands.Policies, CancellationToken.None)));

        results.ShouldAllBe(r => r.Objects.Count == 1);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again_and_the_transcript_says_so()
    {
        List<TeamsOutput> output = [];
        await using var pool = new TestPool(Fault.IsBusyTwice);
        await using var lease = await pool.LeaseAsync(output: output.Add);

        await lease.InvokeAsync(Commands.Policies, CancellationToken.None);

        pool.RanCmdlets.Count.ShouldBe(3);
        output.Count(line => line.Stream == TeamsOutput.Retry && line.Text.Contains("too busy")).ShouldBe(2);
    }

    [Fact]
    public async Task A_service_that_is_too_busy_to_connect_is_asked_again_with_the_same_worker_and_tokens()
    {
        List<TeamsOutput> output = [];
        var tokens = 0;
        await using var pool = new TestPool(Fault.IsBusyWhenConnectedTwice);
        var tenant = Guid.NewGuid();

        await using var lease = await pool.Pool.LeaseAsync(
            new TeamsLeaseRequest(tenant, _ => Task.FromResult(tokens++ == 0 ? TestPool.Tokens(tenant) : null!), Output: output.Add), CancellationToken.None);

        tokens.ShouldBe(1);
        const string refused = "Connect to Teams: Connect-MicrosoftTeams was refused: Service is too busy.";
        output.Count(line => line.Stream == TeamsOutput.Retry && line.Text.StartsWith(refused, StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_service_that_stays_too_busy_to_connect_is_a_refusal_once_the_tries_are_used_up()
    {
        await using var pool = new TestPool(Fault.IsBusyWhenConnectedTwice, options => options.Retries = 1);

        (await Should.ThrowAsync<CommandRefusedException>(() => pool.LeaseAsync())).Error.IsBusy.ShouldBeTrue();

        pool.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_tries_to_connect_together_have_one_limit()
    {
        var time = new FakeTimeProvider();
        List<TeamsOutput> output = [];
        await using var pool = new TestPool(Fault.IsBusyWhenConnectedTwice, time: time);

        var late = await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync(output: line =>
        {
            output.Add(line);
            time.Advance(2 * pool.Options.ConnectLimit);
        }));

        late.Message.ShouldContain("took longer than 00:02:00");
        output.ShouldHaveSingleItem("neither this worker nor another one tries on");
        pool.Folders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Fault.IsBusyTwice, 3)]
    [InlineData(Fault.IsUnavailableTwice, 1)]
    [InlineData(Fault.IsBusyAndUnavailableTwice, 1)]
    public async Task A_write_is_sent_again_only_where_the_service_has_turned_it_away_unread(Fault fault, int sent)
    {
        await using var pool = new TestPool(fault);
        await using var lease = await pool.LeaseAsync();

        var write = lease.InvokeAsync(Commands.Pairing, CancellationToken.None);
        if (sent == 1)
            (await Should.ThrowAsync<CommandRefusedException>(() => write)).Error.IsBusy.ShouldBeTrue();
        else
            await write;

        pool.RanCmdlets.Count.ShouldBe(sent);
    }

    [Fact]
    public async Task A_reading_is_sent_again_when_the_service_is_unavailable()
    {
        await using var pool = new TestPool(Fault.IsUnavailableTwice);
        await using var lease = await pool.LeaseAsync();

        await lease.InvokeAsync(Commands.Policies, CancellationToken.None);

        pool.RanCmdlets.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_service_that_stays_busy_is_a_refusal_once_the_tries_are_used_up()
    {
        await using var pool = new TestPool(Fault.IsBusyTwice, options => options.Retries = 1);
        await using var lease = await pool.LeaseAsync();

        (await Should.ThrowAsync<CommandRefusedException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None))).Error.IsBusy.ShouldBeTrue();

        pool.RanCmdlets.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_worker_that_is_lost_while_connecting_is_told_in_the_transcript()
    {
        List<TeamsOutput> output = [];
        await using var pool = new TestPool(Fault.ExitsWhenConnected);

        await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync(output: output.Add));

        output.Count.ShouldBe(pool.Options.Retries);
        output[0].ShouldBe(new TeamsOutput(
            TeamsOutput.Retry,
            "Connect to Teams: Connect-MicrosoftTeams was broken off: the worker ended (exit code 4). Next try in 0 s (1 of 4)."));
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_and_leaves_the_lease_usable()
    {
        await using var pool = new TestPool(Fault.Refuses);
        await using var lease = await pool.LeaseAsync();

        var refused = await Should.ThrowAsync<CommandRefusedException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None));

        refused.Error.ShouldBe(new TeamsError("PermissionDenied", "Forbidden", "x@contoso.com", "Access Denied.", refused.Error.Inner, "c0ffee"));
        pool.RanCmdlets.Count.ShouldBe(1);
        await lease.InvokeAsync(new TeamsCommand("Get-CsTenant", [], ["TenantId"]), CancellationToken.None);
    }

    private static async Task<int> WorkerIdAsync(ITeamsLease lease) =>
        int.Parse(await AskAsync(lease, FaultyWorker.ProcessProperty), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(ITeamsLease lease, string property) =>
        (await lease.InvokeAsync(Commands.Policies with { Select = [property] }, CancellationToken.None)).Objects.Single().GetProperty(property).GetString()!;
}
