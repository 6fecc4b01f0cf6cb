using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Ends the portal's own access: one click deletes its tokens; its enterprise application must be deleted by a person.</summary>
public sealed partial class AccessPanel
{
    private OwnAccess? own;

    [Inject] public required IAftercare Aftercare { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private Task LookAsync() => AskUntilAnsweredAsync(async (who, token) =>
    {
        own = await Aftercare.ReadOwnAccessAsync(who, token);
        FocusOn("#access-question");
    });

    private void Keep()
    {
        own = null;
        FocusOn("#access-ask");
    }

    private async Task EndAsync()
    {
        if (await DecideAsync(Aftercare.EndAccessAsync))
            Navigation.NavigateTo("signed-out", forceLoad: true);
    }
}
