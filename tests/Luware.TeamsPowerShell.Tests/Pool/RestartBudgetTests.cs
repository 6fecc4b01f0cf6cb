using Luware.TeamsPowerShell.Pool;
using Microsoft.Extensions.Time.Testing;

namespace Luware.TeamsPowerShell.Tests.Pool;

public sealed class RestartBudgetTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(1);

    private readonly SetBackTime _time = new();

    [Fact]
    public void Pauses_grow_until_the_budget_is_spent_and_then_last_a_whole_window()
    {
        var budget = Budget();
        List<TimeSpan> pauses = [];
        for (var i = 0; i < 3; i++)
        {
            budget.Spend("hung");
            pauses.Add(budget.Pause());
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        pauses.ShouldBe([TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400), TimeSpan.FromMinutes(1)]);
        budget.IsSpent.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(50));
        budget.IsSpent.ShouldBeFalse();
    }

    [Fact]
    public void Starts_that_hang_until_their_limit_spend_the_budget_too()
    {
        var budget = Budget();
        for (var i = 0; i < 3; i++)
        {
            budget.IsSpent.ShouldBeFalse();
            _time.Advance(budget.Pause() + Start);
            budget.Spend("hung");
        }

        budget.IsSpent.ShouldBeTrue();
    }

    [Fact]
    public void A_try_after_the_window_that_fails_spends_the_budget_at_once_and_quiet_days_forget_it()
    {
        var budget = Budget();
        for (var i = 0; i < 3; i++)
            budget.Spend("hung");
        _time.Advance(Window + Start - TimeSpan.FromSeconds(1));
        budget.IsSpent.ShouldBeFalse();

        budget.Spend("hung");
        budget.IsSpent.ShouldBeTrue();
        budget.LastFailure.ShouldBe("hung");

        _time.Advance(Window + Start);
        budget.LastFailure.ShouldBeNull();
        budget.Spend("hung");
        budget.IsSpent.ShouldBeFalse();
    }

    [Fact]
    public void Workers_that_come_into_use_in_between_make_up_for_failures()
    {
        var budget = Budget();
        for (var i = 0; i < 10; i++)
        {
            budget.Spend("hung");
            budget.IsSpent.ShouldBeFalse();
            budget.Earn();
        }
    }

    [Fact]
    public void A_clock_that_is_set_back_keeps_nobody_waiting_longer()
    {
        var budget = Budget();
        for (var i = 0; i < 3; i++)
            budget.Spend("hung");

        _time.SetBack = TimeSpan.FromDays(1);
        _time.Advance(Window);

        budget.IsSpent.ShouldBeFalse();
        budget.Pause().ShouldBeLessThan(Window);
    }

    private RestartBudget Budget() => new(3, Window, Start, _time);

    /// <summary>Only its clock can be set back; what it measures goes on.</summary>
    private sealed class SetBackTime : FakeTimeProvider
    {
        public TimeSpan SetBack { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - SetBack;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
