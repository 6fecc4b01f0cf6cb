using System.Collections.Concurrent;
using System.Diagnostics;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Logging;

namespace Luware.TeamsPowerShell.Tests.Pool;

public sealed class ObservationTests
{
    [Fact]
    public async Task Workers_are_counted_by_state_and_leases_that_wait()
    {
        await using var pool = new TestPool(configure: options => (options.WarmWorkers, options.MaxWorkers) = (1, 2));
        using var measured = new Measurements(pool);
        await using var first = await pool.LeaseAsync();
        await Until.TrueAsync(() => pool.Stock.Count().Warm == 1, "the pool is topped up");

        measured.Level("teams.workers leased").ShouldBe(1);
        measured.Level("teams.workers warm").ShouldBe(1);
        measured.Level("teams.workers starting").ShouldBe(0);
        await using var second = await pool.LeaseAsync();
        var third = pool.LeaseAsync();
        measured.Level("teams.workers leased").ShouldBe(2);
        measured.Level("teams.leases.waiting").ShouldBe(1);

        await second.DisposeAsync();
        await (await third).DisposeAsync();
    }

    [Fact]
    public async Task Start_wait_lease_and_command_are_timed_and_the_kill_is_counted()
    {
        await using var pool = new TestPool();
        using var measured = new Measurements(pool);

        await using (var lease = await pool.LeaseAsync())
            await lease.InvokeAsync(Commands.Policies, CancellationToken.None);

        measured.Events.ShouldBe(
            [
                "teams.worker.start.duration", "teams.lease.wait.duration", "teams.connect.wait.duration", "teams.lease.duration",
                $"teams.command.duration {Commands.Policies.Name}", "teams.worker.kills lease ended",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_wait_in_vain_is_timed_too()
    {
        await using var pool = new TestPool(configure: options => options.MaxWorkers = 1);
        await using var first = await pool.LeaseAsync();
        using var measured = new Measurements(pool);
        pool.Options.LeaseWait = TimeSpan.FromMilliseconds(50);

        await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync());

        measured.Events.ShouldBe(["teams.lease.wait.duration"]);
    }

    [Fact]
    public async Task A_connection_that_is_tried_again_was_on_the_wire_once()
    {
        await using var pool = new TestPool(Fault.IsBusyWhenConnectedTwice);
        using var measured = new Measurements(pool);

        await using var lease = await pool.LeaseAsync();

        measured.Events.Count(e => e == "teams.connect.wait.duration").ShouldBe(1);
    }

    [Theory]
    [InlineData(Fault.ExitsAtStart, "start failed")]
    [InlineData(Fault.ExitsWhenIdle, "ended by itself")]
    public async Task Restarts_are_counted_by_reason(Fault fault, string reason)
    {
        await using var pool = new TestPool(fault, options => (options.WarmWorkers, options.RestartBudget) = (1, 1000));
        using var measured = new Measurements(pool);
        await pool.Hosted.StartAsync(CancellationToken.None);

        await Until.TrueAsync(() => measured.Events.Count(e => e == $"teams.worker.failed_starts {reason}") >= 2, "two starts have failed");
    }

    [Theory]
    [InlineData(Fault.HangsInCommand, "time limit")]
    [InlineData(Fault.SaysGarbageInCommand, "broken protocol")]
    [InlineData(Fault.ExitsInCommand, "ended by itself")]
    [InlineData(Fault.AnswersForAnotherTenant, "wrong tenant")]
    public async Task Kills_are_counted_by_reason(Fault fault, string reason)
    {
        await using var pool = new TestPool(fault, options =>
        {
            if (fault == Fault.HangsInCommand)
                options.CommandLimit = TimeSpan.FromSeconds(1);
        });
        using var measured = new Measurements(pool);

        await Should.ThrowAsync<TeamsWorkerException>(async () =>
        {
            await using var lease = await pool.LeaseAsync();
            await lease.InvokeAsync(Commands.Policies, CancellationToken.None);
        });

        measured.Events.ShouldContain($"teams.worker.kills {reason}");
    }

    [Fact]
    public async Task A_warm_worker_that_is_not_needed_any_more_counts_as_a_shutdown()
    {
        await using var pool = new TestPool(configure: options => options.WarmWorkers = 1);
        using var measured = new Measurements(pool);
        await pool.Hosted.StartAsync(CancellationToken.None);
        await Until.TrueAsync(() => pool.Stock.Count().Warm == 1, "a worker is warm");

        await pool.Hosted.StopAsync(CancellationToken.None);

        measured.Events.ShouldContain("teams.worker.kills shutdown");
    }

    [Theory]
    [InlineData(Fault.None)]
    [InlineData(Fault.IsBusyTwice)]
    [InlineData(Fault.RepeatsTokens)]
    [InlineData(Fault.PrintsTokens)]
    [InlineData(Fault.SaysTokensForAKind)]
    [InlineData(Fault.ExitsInCommand)]
    [InlineData(Fault.AnswersForAnotherTenant)]
    public async Task Logs_name_no_tenant_no_token_and_no_value(Fault fault)
    {
        const string Value = "a value of the customer's";
        var tenant = Guid.NewGuid();
        await using var pool = new TestPool(fault);

        try
        {
            await using var lease = await pool.LeaseAsync(tenant);
            await lease.InvokeAsync(Commands.Policies with { Parameters = [new("Identity", new TeamsValue.Text(Value))] }, CancellationToken.None);
        }
        catch (TeamsWorkerException)
        {
            // Other tests check its content.
        }

        pool.Log.Lines.ShouldNotBeEmpty();
        pool.Log.Lines.ShouldAllBe(line => !line.Contains(tenant.ToString()) && !line.Contains("eyJ") && !line.Contains(Value));
    }

    [Fact]
    public async Task A_lease_and_its_commands_are_activities_that_do_not_name_the_tenant()
    {
        var tenant = Guid.NewGuid();
        ConcurrentBag<Activity> stopped = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TeamsWorkerTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var pool = new TestPool();
        using var root = new Activity("test").Start();

        await using (var lease = await pool.LeaseAsync(tenant))
            await lease.InvokeAsync(Commands.Policies, CancellationToken.None);

        var mine = stopped.Where(a => a.TraceId == root.TraceId).ToList();
        mine.Select(a => a.DisplayName).ShouldBe(["teams lease", $"teams command {Commands.Policies.Name}"], ignoreOrder: true);
        var (leased, command) = (mine.Single(a => a.DisplayName == "teams lease"), mine.Single(a => a.DisplayName != "teams lease"));
        leased.GetTagItem("tenant.hash").ShouldBeOfType<string>().Length.ShouldBe(16);
        command.GetTagItem("tenant.hash").ShouldBe(leased.GetTagItem("tenant.hash"));
        command.ParentSpanId.ShouldBe(leased.SpanId);
        mine.SelectMany(a => a.Tags).ShouldAllBe(tag => !tag.Value!.Contains(tenant.ToString()));
    }

    [Fact]
    public async Task A_worker_does_not_belong_to_the_trace_of_whoever_happened_to_need_it()
    {
        using var traces = new WarmTraces();
        await using var pool = new TestPool();
        pool.Loggers.AddProvider(traces);
        using var root = new Activity("test").Start();

        await using var lease = await pool.LeaseAsync();

        traces.Noted.ShouldBe([null]);
    }

    /// <summary>Notes the trace within which a worker was said to be warm.</summary>
    private sealed class WarmTraces : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<ActivityTraceId?> Noted { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 1001)
                Noted.Enqueue(Activity.Current?.TraceId);
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Dispose()
        {
            // Keeps nothing that must be closed.
        }
    }
}
