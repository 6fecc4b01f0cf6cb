namespace Luware.TeamsPowerShell.Tests;

public sealed class TeamsErrorTests
{
    [Theory]
    [InlineData("Service is too busy. Please try again later.")]
    [InlineData("Response status code does not indicate success: 429 (Too Many Requests).")]
    [InlineData("The server answered (503).")]
    [InlineData("ServiceUnavailable")]
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
    public void What_was_turned_away_unread_is_told_apart_from_what_may_have_been_done(string words, bool throttled) =>
        Error(words, "Other", []).IsThrottled.ShouldBe(throttled);

    [Theory]
    [InlineData("Access denied. CorrelationId: 3f429429-4290-4429-8503-429a503b4291")]
    [InlineData("The object 50342900-0000-4503-8429-000000000503 was not found.")]
    [InlineData("error-429-policy")]
    public void Ids_that_hold_such_numbers_by_chance_make_no_refusal_busy(string words) =>
        Error(words, words, [words]).IsBusy.ShouldBeFalse();

    private static TeamsError Error(string message, string id, IReadOnlyList<string> inner) => new("InvalidOperation", id, null, message, inner, null);
}
