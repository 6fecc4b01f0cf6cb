using Luware.Portal.Gateways;

namespace Luware.Portal.Tests.Gateways;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData("2.128", 2.128)]
    [InlineData("86401", 86400)]
    [InlineData("99999999999999999999999999", 86400)]
    [InlineData("Thu, 26 Nov 2026 14:00:30 GMT", 30)]
    [InlineData("Fri, 26 Nov 2027 14:00:00 GMT", 86400)]
    public void Seconds_fractions_and_dates_are_read_and_nothing_is_waited_for_longer_than_a_day(string text, double seconds) =>
        RetryAfter.Parse(text, Now).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("Thu, 26 Nov 2026 13:59:59 GMT")]
    public void Anything_else_leaves_it_to_the_callers_own_patience(string? text) => RetryAfter.Parse(text, Now).ShouldBeNull();
}
