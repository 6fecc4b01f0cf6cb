namespace Luware.TeamsPowerShell.Tests;

public sealed class TeamsErrorTests
{
    [Theory]
    [InlineData("Service is too busy. Please try again later.")]
    [InlineData("Response status code does not indicate success: 429 (Too Many Requests).")]
    [InlineData("The server answered (503).")]
    [InlineData("ServiceUnavailable")]
    [InlineData("503")]
    [InlineData("HTTP/1.1 429")]
    [InlineData("StatusCode: 503, ReasonPhrase: ''")]
    [InlineData("The remote server returned an error: (429).")]
    [InlineData("{\"error\":{\"code\":\"429\"}}")]
    [InlineData("The status code is 503.")]
    public void A_busy_service_is_known_by_its_words_wherever_they_stand(string words)
    {
        Error(words, "Other", []).IsBusy.ShouldBeTrue();
        Error("failed", words, []).IsBusy.ShouldBeTrue();
        Error("failed", "Other", [words]).IsBusy.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Service is too busy. Please try again later.", true)]
    [InlineData("The request was throttled.", true)]
    [InlineData("(429)", true)]
    [InlineData("Service Unavailable (503).", false)]
    [InlineData("Too many requests (429); the service answered (503).", false)]
    public void What_was_turned_away_unread_is_told_apart_from_what_may_have_been_done(string words, bool throttled) =>
        Error(words, "Other", []).IsThrottled.ShouldBe(throttled);

    [Theory]
    [InlineData("Access denied. CorrelationId: 3f429429-4290-4429-8503-429a503b4291")]
    [InlineData("The object 50342900-0000-4503-8429-000000000503 was not found.")]
    [InlineData("error-429-policy")]
    public void Ids_that_hold_such_numbers_by_chance_make_no_refusal_busy(string words) =>
        Error(words, words, [words]).IsBusy.ShouldBeFalse();

    [Theory]
    [InlineData("Room 503 was not found.")]
    [InlineData("The group 'Team 429' is not there.")]
    [InlineData("503 Main Street is not valid.")]
    public void Names_that_hold_such_numbers_make_no_refusal_busy(string words) =>
        Error(words, words, [words]).IsBusy.ShouldBeFalse();

    [Fact]
    public void What_one_call_turned_away_and_another_may_have_done_is_busy_but_not_turned_away_unread()
    {
        var mixed = Error("Service is too busy.", "Other", ["Response status code does not indicate success: 503 (Service Unavailable)."]);

        (mixed.IsBusy, mixed.IsThrottled).ShouldBe((true, false));
    }

    private static TeamsError Error(string message, string id, IReadOnlyList<string> inner) => new("InvalidOperation", id, null, message, inner, null);
}
