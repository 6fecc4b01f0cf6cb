using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>The end of the portal's own access: its tokens by one click, its enterprise application by a person.</summary>
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
