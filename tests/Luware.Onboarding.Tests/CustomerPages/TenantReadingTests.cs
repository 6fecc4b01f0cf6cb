using Luware.Onboarding.Gateways;
using Luware.Onboarding.CustomerPages;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class TenantReadingTests
{
    private readonly FakeEngine engine = new(Scenes.Planned);
    private readonly FakeTimeProvider time = new(Scenes.Now);

    [Fact]
    public async Task A_new_reading_replaces_the_one_that_runs()
    {
        var token = TestContext.Current.CancellationToken;
        var changes = 0;
        var first = new TaskCompletionSource();
        engine.OnPlan = () => first.Task;
        await using var reading = new TenantReading(
            (actor, token) => engine.PlanAsync(actor, step: null, token), time, NullLogger<TenantReading>.Instance, _ => { }, () => changes++);

        await reading.StartAsync(Scenes.Jonas, TimeSpan.Zero);
        engine.OnPlan = () => Task.CompletedTask;
        await reading.StartAsync(Scenes.Jonas, TimeSpan.Zero).WaitAsync(TimeSpan.FromSeconds(10), token);

        engine.Asked.ShouldBe(["plan all", "plan all"]);
        changes.ShouldBe(1);
        reading.Since.ShouldBeNull();
    }

    [Fact]
    public async Task Asked_twice_while_one_takes_its_time_to_end_it_reads_once_more()
    {
        var token = TestContext.Current.CancellationToken;
        var (first, second, runs) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        await using var reading = new TenantReading(
            (_, _) => ++runs == 1 ? first.Task : second.Task, time, NullLogger<TenantReading>.Instance, _ => { }, () => { });
        await reading.StartAsync(Scenes.Jonas, TimeSpan.Zero);

        var asked = Task.WhenAll(reading.StartAsync(Scenes.Jonas, TimeSpan.Zero), reading.StartAsync(Scenes.Jonas, TimeSpan.Zero));
        first.SetResult();
        await asked.WaitAsync(TimeSpan.FromSeconds(10), token);

        runs.ShouldBe(2);
        reading.Since.ShouldNotBeNull("the second still reads");
        second.SetResult();
    }

    [Fact]
    public async Task Leaving_the_page_ends_the_reading_without_a_word()
    {
        var changes = 0;
        engine.OnPlan = () => new TaskCompletionSource().Task;
        var reading = new TenantReading(
            (actor, token) => engine.PlanAsync(actor, step: null, token), time, NullLogger<TenantReading>.Instance, _ => { }, () => changes++);
        await reading.StartAsync(Scenes.Jonas, TimeSpan.Zero);

        await reading.DisposeAsync();

        changes.ShouldBe(0);
    }

    [Fact]
    public async Task Each_failure_has_its_own_name()
    {
        (await ProblemAfterAsync(new ScopesMissingException(["x"]))).ShouldBe(ReadingProblem.ScopesMissing);
        (await ProblemAfterAsync(new SignInRequiredException("x"))).ShouldBe(ReadingProblem.SignInRequired);
        (await ProblemAfterAsync(new SignInRequiredException("x") { Claims = "{}" })).ShouldBe(ReadingProblem.ProofWanted);
        (await ProblemAfterAsync(new TransientException("x"))).ShouldBe(ReadingProblem.Unreadable);
        (await ProblemAfterAsync(new WrongIdentityException("x"))).ShouldBe(ReadingProblem.Unreadable);
        (await ProblemAfterAsync(new UnauthorizedAccessException())).ShouldBe(ReadingProblem.SignedOut);
        (await ProblemAfterAsync(new InvalidOperationException("x"))).ShouldBe(ReadingProblem.Surprise);
    }

    private async Task<ReadingProblem> ProblemAfterAsync(Exception fault)
    {
        engine.OnPlan = () => throw fault;
        await using var reading = new TenantReading(
            (actor, token) => engine.PlanAsync(actor, step: null, token), time, NullLogger<TenantReading>.Instance, _ => { }, () => { });
        await reading.StartAsync(Scenes.Jonas, TimeSpan.Zero);
        return reading.Problem;
    }
}
