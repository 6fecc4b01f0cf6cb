using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Onboarding;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Portal.Components.Pages;

/// <summary>Everything that can be said before any work: tenant, person, roles, region, and which permissions the portal asks for.</summary>
public sealed partial class Before : ComponentBase, IDisposable
{
    /// <summary>Signs in and comes here, or to the plan where there is one already.</summary>
    public const string FirstSignIn = "sign-in?returnUrl=/before%3Farriving=true";

    private readonly CancellationTokenSource leaving = new();
    private IReadOnlyList<DelegatedScope>? scopes;
    private bool asked;
    private bool hasRead;
    private bool signedOut;
    private bool elsewhere;
    private bool? byHand;

    [Inject] public required IEngine Engine { get; init; }
    [Inject] public required Permissions Permissions { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] public required Place Place { get; set; }

    /// <summary>The person has just signed in: whoever has a plan goes on to it.</summary>
    [Parameter, SupplyParameterFromQuery] public bool Arriving { get; set; }

    private IReadOnlyList<RoleNeed> Needs => RoleNeed.Of(Place.View!, Place.Actor!);

    private bool IsAllowed => scopes is not null && scopes.All(s => s.Granted);

    private SecurityGroupsChoice Groups => Place.View!.Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName);

    private bool HasPlan => Place.View!.Steps.Any(s => s.Plan is not null);

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Place.Kind != PlaceKind.Open || asked)
            return;

        asked = true;
        if (Arriving && HasPlan)
        {
            Navigation.NavigateTo("onboarding", replace: true);
            return;
        }

        await AskAsync(() => ReadScopesAsync(Permissions.RouteOf(Place.View)));
    }

    /// <summary>Stored at once: it decides what the step-up asks for, and goes on into the plan.</summary>
    private Task ChooseRouteAsync(bool value)
    {
        byHand = value;
        var choice = Groups with { ByHand = value };
        return AskAsync(async () =>
        {
            await Engine.ChooseAsync(Place.Actor!, SecurityGroupsStep.StepName, choice, leaving.Token);
            await ReadScopesAsync(Permissions.RouteOf(Place.View! with { Choices = Place.View!.Choices.With(SecurityGroupsStep.StepName, choice) }));
        });
    }

    /// <summary>Who answers for the storage need not let the portal into Azure: the choice is made before it asks.</summary>
    private Task ChooseByHandAsync(ChangeEventArgs change) => AskAsync(async () =>
    {
        hasRead = false;
        var chosen = Place.View!.Choices.Get<StorageChoice>(StorageStep.StepName) with { ByHand = change.Value is true };
        await Engine.ChooseAsync(Place.Actor!, StorageStep.StepName, chosen, leaving.Token);
        await ReadScopesAsync(Permissions.RouteOf(Place.View! with { Choices = Place.View!.Choices.With(StorageStep.StepName, chosen) }));
    });

    private async Task ReadScopesAsync(DelegatedRoute route)
    {
        scopes = await Permissions.ReadAsync(Place.Actor!, route, leaving.Token);
        hasRead = true;
    }

    private async Task AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (UnauthorizedAccessException)
        {
            signedOut = true;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The person has left the page.
        }
    }

    private string Letter(RoleNeed need) => Say["Before.Letter",
        Place.View!.Tenant.Name, Say.AnyRole(need.Roles), Place.Actor!.UserPrincipalName, need.StepNames(Say), Navigation.BaseUri, Place.Actor.Name];
}
