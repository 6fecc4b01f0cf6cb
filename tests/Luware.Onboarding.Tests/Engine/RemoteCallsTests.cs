using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Onboarding.Tests.Engine;

public sealed class RemoteCallsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider time = new();
    private readonly Commentary said = new();
    private readonly TaskCompletionSource<int> answer = new();

    [Fact]
    public async Task A_call_has_a_limit()
    {
        var call = Ask();

        time.Advance(Limit);

        (await call).Trouble.ShouldNotBeNull().Words.Key.ShouldBe("Engine.NoAnswer");
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("de-CH")]
    public async Task A_reading_that_was_not_answered_in_time_promises_nothing_by_itself_and_says_what_to_press(string language)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        var say = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Say>().BuildServiceProvider().GetRequiredService<Say>();
        var call = Ask();
        time.Advance(Limit);

        var unread = Planner.Unread(new FakeStep(new FakeStepState("first"), new FakeWorld(), said), null, (await call).Trouble!)
            .Objects.ShouldHaveSingleItem();

        say[unread.What].ShouldNotContain(language == "en-GB" ? "by itself" : "von selbst");
        say[unread.Notes.ShouldHaveSingleItem()].ShouldContain(say["Plan.Again"]);
    }

    [Fact]
    public async Task Time_in_the_queue_does_not_count()
    {
        var call = Ask();
        said.MoveInQueue(3);

        time.Advance(Limit * 4);
        said.MoveInQueue(0);
        answer.SetResult(1);

        (await call).Value.ShouldBe(1);
    }

    [Fact]
    public async Task The_limit_begins_anew_when_the_wait_is_over()
    {
        var call = Ask();
        said.MoveInQueue(1);
        time.Advance(Limit * 4);
        said.MoveInQueue(0);

        time.Advance(Limit);

        (await call).Trouble.ShouldNotBeNull().Words.Key.ShouldBe("Engine.NoAnswer");
    }

    [Fact]
    public async Task A_reading_that_is_asked_for_again_says_so_in_the_transcript()
    {
        answer.SetException(new TransientException("Microsoft Teams is busy."));
        var call = Ask();

        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await call).Trouble.ShouldNotBeNull().Words.Key.ShouldBe("Engine.Busy");
        said.Take().ShouldBe("retry: Microsoft Teams is busy. It is asked again (1 of 2).\nretry: Microsoft Teams is busy. It is asked again (2 of 2).");
    }

    [Fact]
    public async Task Another_persons_answer_is_a_refusal_for_a_person_who_waits_and_the_end_for_everything_else()
    {
        answer.SetException(new WrongIdentityException("another tenant"));

        await Should.ThrowAsync<WrongIdentityException>(Ask);
        await Should.ThrowAsync<UnauthorizedAccessException>(
            () => Calls.AskForPersonAsync(_ => answer.Task, said: null, explain: null, TestContext.Current.CancellationToken));
    }

    private RemoteCalls Calls => new(Options.Create(new EngineOptions()), time, NullLogger<RemoteCalls>.Instance);

    private Task<Answer<int>> Ask() =>
        Calls.AskAsync(token => answer.Task.WaitAsync(token), said, explain: null, TestContext.Current.CancellationToken);
}
