using System.Globalization;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Pool;

/// <summary>Places where tokens must not appear.</summary>
public sealed class SecrecyTests
{
    private readonly Guid _tenant = Guid.NewGuid();
    private readonly TeamsTokens _tokens;

    public SecrecyTests() => _tokens = new TeamsTokens(TestPool.Token(_tenant), TestPool.Token(_tenant) + "t");

    [Fact]
    public async Task Arguments_and_environment_of_a_connected_worker_and_of_its_child_hold_no_token()
    {
        ProcessTable.SkipUnlessReadable();
        var started = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = new CancellationTokenSource();
        await using var pool = new TestPool(Fault.HangsInCommandWithChild);
        await using var lease = await LeaseAsync(pool, line => started.TrySetResult(int.Parse(line.Text, CultureInfo.InvariantCulture)));
        var command = lease.InvokeAsync(Commands.Policies, end.Token);
        var child = await started.Task.WaitAsync(TimeSpan.FromMinutes(1));

        var (worker, its) = (ProcessTable.Show(ProcessTable.ParentOf(child)), ProcessTable.Show(child));

        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => command);
        worker.ShouldContain(nameof(Fault.HangsInCommandWithChild));
        its.ShouldContain("sleep");
        ShouldHoldNoToken(worker + its);
    }

    [Theory]
    [InlineData(Fault.RefusesToConnect)]
    [InlineData(Fault.RepeatsTokens)]
    [InlineData(Fault.PrintsTokens)]
    [InlineData(Fault.SaysTokensForGarbage)]
    [InlineData(Fault.SaysTokensForAKind)]
    [InlineData(Fault.ExitsWhenConnected)]
    [InlineData(Fault.AnswersForAnotherTenant)]
    public async Task A_failed_connection_tells_no_token(Fault fault)
    {
        await using var pool = new TestPool(fault);

        var failure = await Should.ThrowAsync<TeamsWorkerException>(() => LeaseAsync(pool));

        ShouldHoldNoToken(failure.ToString());
        if (failure is CommandRefusedException { Error: var error })
            ShouldHoldNoToken($"{error} {string.Join(' ', error.Inner)}");
    }

    [Theory]
    [InlineData(Fault.ExitsInCommand)]
    [InlineData(Fault.SaysGarbageInCommand)]
    [InlineData(Fault.Refuses)]
    public async Task A_failed_command_tells_no_token(Fault fault)
    {
        await using var pool = new TestPool(fault);
        await using var lease = await LeaseAsync(pool);

        var failure = await Should.ThrowAsync<TeamsWorkerException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None));

        ShouldHoldNoToken(failure.ToString());
    }

    private Task<ITeamsLease> LeaseAsync(TestPool pool, Action<TeamsOutput>? output = null) =>
        pool.Pool.LeaseAsync(new TeamsLeaseRequest(_tenant, _ => Task.FromResult(_tokens), Output: output), CancellationToken.None);

    private void ShouldHoldNoToken(string text)
    {
        text.ShouldNotContain(_tokens.Graph);
        text.ShouldNotContain(_tokens.TeamsAdmin);
        text.ShouldNotContain("eyJ", Case.Sensitive);
    }
}
