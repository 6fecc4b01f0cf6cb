using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>The end of the portal's own access: its tokens by one click, its enterprise application by a person.</summary>
public sealed partial class AccessPanel : FocusingComponent, IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private OwnAccess? own;
    private Sentence? problem;
    private bool busy;

    [Inject] public required IAftercare Aftercare { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] public required Place Place { get; set; }

    [Parameter] public EventCallback SignedOut { get; set; }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    private Task LookAsync() => AskAsync(async token =>
    {
        own = await Aftercare.ReadOwnAccessAsync(Place.Actor!, token);
        FocusOn("#access-question");
    });

    private void Keep()
    {
        own = null;
        FocusOn("#access-ask");
    }

    private Task EndAsync() => AskAsync(async token =>
    {
        problem = (await Aftercare.EndAccessAsync(Place.Actor!, token)).Problem;
        if (problem is null)
            Navigation.NavigateTo("signed-out", forceLoad: true);
    });

    private async Task AskAsync(Func<CancellationToken, Task> ask)
    {
        busy = true;
        try
        {
            await ask(leaving.Token);
        }
        catch (UnauthorizedAccessException)
        {
            await SignedOut.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
