using AngleSharp.Dom;
using Bunit;
using Bunit.Extensions.WaitForHelpers;
using Bunit.Rendering;
using Luware.Onboarding.Tests.CustomerPages;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tests.Isolation.Circuits;

/// <summary>
/// Every event by which a page makes a request in a person's name. People raise it who had the right when the page was opened and have lost it since, and
/// people look for it who never had it. Nothing may be written, and the person must be told.
/// </summary>
public sealed class CircuitMatrixTests(ITestOutputHelper output)
{
    /// <summary>How long a page that has got all its answers may take to show what must not appear.</summary>
    private static readonly TimeSpan AfterAnswers = TimeSpan.FromMilliseconds(200);

    /// <summary>What a person reads who has lost all rights.</summary>
    private static readonly string[] Words =
    [
        "You are signed out", "You need a role to see this", "This needs a directory role that is active now",
        "This account opens nothing here", "is for its administrators and for Luware’s own people", "Success specialists add and change tenants",
    ];

    [Fact]
    public void Every_question_of_a_page_is_an_event_of_the_matrix()
    {
        CircuitCalls.Found.Except(CircuitEvents.All.Keys, StringComparer.Ordinal)
            .ShouldBeEmpty("whoever adds a question to a page adds to CircuitEvents how it is asked");
        CircuitEvents.All.Keys.Except(CircuitCalls.Found, StringComparer.Ordinal).ShouldBeEmpty("these are asked no more");
    }

    [Theory]
    [InlineData(nameof(Scene.Planned))]
    [InlineData(nameof(Scene.Held))]
    [InlineData(nameof(Scene.Verified))]
    public async Task An_event_after_the_right_was_lost_writes_nothing_and_says_so(string scene)
    {
        await using var stage = await Stage.SetAsync(Enum.Parse<Scene>(scene));
        var wrong = new List<string>();
        var cells = 0;
        foreach (var (name, happens) in CircuitEvents.All.Where(e => $"{e.Value.Scene}" == scene))
        {
            foreach (var loss in Loss.All.Where(l => happens.Of.HasFlag(l.Of)))
            {
                cells++;
                if (await TryAsync(stage, name, happens, loss) is { } fault)
                    wrong.Add($"{name}, {loss.Who}: {fault}");
            }

            foreach (var outsider in Outsider.All.Where(o => (happens.Of & ~o.NotOf) == Crew.None))
            {
                cells++;
                if (await TryAsync(stage, name, happens, outsider) is { } fault)
                    wrong.Add($"{name}, {outsider.Who}: {fault}");
            }
        }

        output.WriteLine($"measured: {cells} cells of the matrix of circuit events tried while the onboarding is {scene}, {wrong.Count} wrong");
        wrong.ShouldBeEmpty();
    }

    private static async Task<string?> TryAsync(Stage stage, string name, CircuitEvent happens, Loss loss)
    {
        var actor = await loss.ComeAsync(stage);
        stage.Tab.SignIn(actor);
        var page = happens.Raise is null ? null : happens.Open(stage);
        if (page is not null && !ComesSoFar(page, happens, BunitContext.DefaultWaitTimeout))
            return "it was not offered while it was allowed";

        await loss.LoseAsync(stage, actor);
        stage.Tab.Forget();
        var before = await stage.PrintAsync();
        page ??= happens.Open(stage);
        await RaiseAsync(stage, page, happens);
        var isTold = happens.IsForMembers && loss.IsMember || Waits(page, () => IsTold(page));
        var hasAsked = stage.Tab.Asked.Contains(QuestionOf(name));
        var isWritten = await stage.PrintAsync() != before;
        await OffRenderer(stage.Tab.DisposeComponentsAsync());
        return isWritten ? "something was written"
            : !isTold ? "nobody was told"
            : happens.Raise is not null && !loss.IsKnown && !hasAsked ? "the question was not asked"
            : null;
    }

    private static async Task<string?> TryAsync(Stage stage, string name, CircuitEvent happens, Outsider outsider)
    {
        await stage.Portal.SignInAsync(outsider.Actor);
        stage.Tab.SignIn(outsider.Actor);
        var before = await stage.PrintAsync();
        var page = happens.Open(stage);
        var isShown = Waits(page, () => IsTold(page) || MayLook(page) || (happens.Of.HasFlag(Crew.Worker) && stage.IsElsewhere));
        await stage.Tab.AnsweredAsync();
        var isOffered = happens.Raise is not null && !IsTold(page) && ComesSoFar(page, happens, AfterAnswers)
            && await RaiseAsync(stage, page, happens) && stage.Tab.Asked.Contains(QuestionOf(name));
        var isWritten = await stage.PrintAsync() != before;
        await OffRenderer(stage.Tab.DisposeComponentsAsync());
        return isWritten ? "something was written"
            : !isShown ? "nothing was shown"
            : isOffered ? "it was offered"
            : null;
    }

    /// <summary>
    /// Goes on on another thread than the renderer's: whoever waits there for a condition keeps the renderer from ever
    /// bringing it about, or from ending the wait.
    /// </summary>
    private static Task OffRenderer(Task task) => task.ContinueWith(done => done.GetAwaiter().GetResult(), TaskScheduler.Default);

    private static string QuestionOf(string name) => name.Split(": ")[1];

    /// <returns>False if the page does not offer it.</returns>
    private static async Task<bool> RaiseAsync(Stage stage, IRenderedComponent<IComponent> page, CircuitEvent happens)
    {
        if (happens.Raise is null)
            return true;

        try
        {
            // In one call, so that nothing is rendered between finding and raising.
            await OffRenderer(page.InvokeAsync(() => happens.Raise(page)));
            stage.Tab.Wait();
            return true;
        }
        catch (Exception gone) when (gone is ElementNotFoundException or ComponentNotFoundException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static bool ComesSoFar(IRenderedComponent<IComponent> page, CircuitEvent happens, TimeSpan patience)
    {
        try
        {
            happens.Before(page, patience);
            return true;
        }
        catch (WaitForFailedException)
        {
            return false;
        }
    }

    private static bool IsTold(IRenderedComponent<IComponent> page) => Words.Any(word => page.Markup.Contains(word, StringComparison.Ordinal));

    /// <summary>A tenant's page, its audit or the page before any work, without the parts that the person may not use.</summary>
    private static bool MayLook(IRenderedComponent<IComponent> page) => page.FindAll("#ready, #anchor, #you").Count > 0;

    private static bool Waits(IRenderedComponent<IComponent> page, Func<bool> condition)
    {
        try
        {
            page.WaitForState(condition);
            return true;
        }
        catch (WaitForFailedException)
        {
            return false;
        }
    }
}
