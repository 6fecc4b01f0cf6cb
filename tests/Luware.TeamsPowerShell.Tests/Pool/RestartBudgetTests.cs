using Luware.TeamsPowerShell.Pool;
using Microsoft.Extensions.Time.Testing;

namespace Luware.TeamsPowerShell.Tests.Pool;

public sealed class RestartBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Pauses_grow_until_the_budget_is_spent_and_then_last_until_the_oldest_failure_is_forgotten()
    {
        var budget = new RestartBudget(3, TimeSpan.FromMinutes(1), _time);
        List<TimeSpan> pauses = [];
        for (var i = 0; i < 3; i++)
        {
            budget.Spend();
            pauses.Add(budget.Pause());
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        pauses.ShouldBe([TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(40)]);
        budget.IsSpent.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(30));
        budget.IsSpent.ShouldBeFalse();
    }
}
