using System.Net;
using Luware.Portal.Tests.Doubles;
using Microsoft.Extensions.Configuration;

namespace Luware.Portal.Tests.Downloads;

/// <summary>How many files one person gets.</summary>
public sealed class FileLimitsTests : IAsyncLifetime
{
    private const string Anna = "anna.keller@contoso.com";

    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() =>
        _portal = await TestPortal.StartAsync(builder => builder.Configuration.AddInMemoryCollection([new("RateLimits:FilesPerMinute", "3")]));

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Who_has_had_as_many_files_as_a_person_may_in_a_minute_waits_and_adds_nothing_to_the_audit()
    {
        using var anna = await SignInAsync(Anna);
        using var again = await SignInAsync(Anna);
        using var katrin = await SignInAsync("katrin.vogel@fabrikam.de");
        for (var i = 0; i < 3; i++)
            (await StatusAsync(anna)).ShouldBe(HttpStatusCode.OK);

        using var fourth = await again.Client.GetAsync(_portal.At("/downloads/script.ps1"));

        fourth.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "another session is the same person");
        fourth.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        _portal.Audit.Lines.Count(l => l.StartsWith("file", StringComparison.Ordinal)).ShouldBe(3);
        (await StatusAsync(katrin)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_person_gets_more_than_two_files_at_once()
    {
        using var anna = await SignInAsync(Anna);
        using var katrin = await SignInAsync("katrin.vogel@fabrikam.de");
        var held = new TaskCompletionSource();
        _portal.Engine.Held = held.Task;
        Task<HttpStatusCode>[] asked = [StatusAsync(anna), StatusAsync(anna), StatusAsync(anna)];

        var refused = await Task.WhenAny(asked);
        var another = StatusAsync(katrin);
        held.SetResult();

        (await refused).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Task.WhenAll(asked)).ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], ignoreOrder: true);
        (await another).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(anna)).ShouldBe(HttpStatusCode.OK, "their answers are complete, and the refused one counts for nothing");
    }

    private async Task<Visitor> SignInAsync(string person) => (await _portal.SignInAsync(person)).Visitor;

    private async Task<HttpStatusCode> StatusAsync(Visitor visitor)
    {
        using var answer = await visitor.Client.GetAsync(_portal.At("/downloads/script.ps1"));
        return answer.StatusCode;
    }
}
