using Bunit;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Steps.Grants;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class ChoicesTests : PageContext
{
    [Fact]
    public async Task Choices_open_in_place_and_close_again()
    {
        Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Change"));

        await page.PressAsync("Change: choices of Whitelisting");
        page.Find("#whitelisting-domain").Children.Length.ShouldBe(2);

        await page.PressAsync("Close: choices of Whitelisting");
        page.FindAll("#whitelisting-domain").ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_change_is_stored_at_once_and_several_in_a_row_are_read_once()
    {
        var engine = Open(Scenes.Asking);
        var page = RenderPage();
        page.WaitForAssertion(() => page.FindAll(".choices input[type=checkbox]").Count.ShouldBe(2));

        await page.InvokeAsync(() => page.FindAll(".choices input[type=checkbox]")[0].ChangeAsync(true));
        await page.InvokeAsync(() => page.FindAll(".choices input[type=checkbox]")[1].ChangeAsync(true));
        engine.Asked.Count(a => a.StartsWith("choose grants", StringComparison.Ordinal)).ShouldBe(2);
        engine.Asked.ShouldNotContain("plan all");
        page.Button("Approve plan").IsOff().ShouldBeTrue();

        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => engine.Asked.Count(a => a == "plan all").ShouldBe(1));
        page.FindAll(".choices input[type=checkbox]").ShouldAllBe(box => box.HasAttribute("checked"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_choices_right_after_each_other_the_later_is_stored_last_whatever_becomes_of_the_first(bool fails)
    {
        var (first, held) = (new TaskCompletionSource(), new Queue<Task>());
        held.Enqueue(first.Task);
        var engine = Open(Scenes.Asking);
        engine.OnChoose = () => held.TryDequeue(out var task) ? task : Task.CompletedTask;
        var page = RenderPage();
        page.WaitForAssertion(() => page.FindAll(".choices input[type=checkbox]").Count.ShouldBe(2));

        var one = page.InvokeAsync(() => page.FindAll(".choices input[type=checkbox]")[0].ChangeAsync(true));
        var two = page.InvokeAsync(() => page.FindAll(".choices input[type=checkbox]")[1].ChangeAsync(true));
        page.FindAll(".choices input[type=checkbox]").ShouldAllBe(box => box.HasAttribute("checked"));
        engine.Asked.Count(a => a.StartsWith("choose grants", StringComparison.Ordinal)).ShouldBe(1);
        if (fails)
            first.SetException(new InvalidOperationException("The database speaks in tongues."));
        else
            first.SetResult();

        await two;
        await one.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        engine.View!.Choices.Get<GrantsChoice>("grants").TestUsers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_session_that_ended_is_said_at_the_next_choice()
    {
        var engine = Open(Scenes.Asking);
        var page = RenderPage();
        page.WaitForAssertion(() => page.FindAll(".choices input[type=checkbox]").Count.ShouldBe(2));
        engine.SessionEnded = true;

        await page.InvokeAsync(() => page.FindAll(".choices input[type=checkbox]")[0].ChangeAsync(true));

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    [Fact]
    public async Task What_fails_in_choices_leaves_the_plan_around_them_and_can_be_tried_again()
    {
        Services.AddSingleton<IPeopleSearch>(new FakePeopleSearch { Fault = new InvalidOperationException("The directory speaks in tongues.") });
        Open(Scenes.Asking);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Find(".choices details"));
        await page.InvokeAsync(() => page.Find(".choices details").TriggerEventAsync("ontoggle", EventArgs.Empty));

        var search = page.InvokeAsync(() => page.Find("#grants-exceptions").InputAsync("nin"));
        Time.Advance(TimeSpan.FromSeconds(1));
        await search;

        page.WaitForAssertion(() => page.Find(".choices-slot .panel-failed"));
        page.FindAll("table.plan tbody").ShouldNotBeEmpty();
        page.FindAll(".choices").ShouldBeEmpty();
        await page.PressAsync("Try again");
        page.WaitForAssertion(() => page.Find(".choices"));
    }
}
