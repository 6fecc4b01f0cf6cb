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
    private StepChoices? chosen;

    [Inject] public required IEngine Engine { get; init; }
    [Inject] public required Permissions Permissions { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] public required Place Place { get; set; }

    /// <summary>The person has just signed in: whoever has a plan goes on to it.</summary>
    [Parameter, SupplyParameterFromQuery] public bool Arriving { get; set; }

    private IReadOnlyList<RoleNeed> Needs => RoleNeed.Of(Place.View!, Place.Actor!);

    private bool IsAllowed => scopes is not null && scopes.All(s => s.Granted);

    /// <summary>What was chosen here counts before the place has heard of it.</summary>
    private StepChoices Choices => chosen ?? Place.View!.Choices;

    private DelegatedRoute Route => Permissions.RouteOf(Place.View! with { Choices = Choices });

    private SecurityGroupsChoice Groups => Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName);

    private StorageChoice Storage => Choices.Get<StorageChoice>(StorageStep.StepName);

    /// <summary>A colleague sees no more than was handed to them.</summary>
    private bool Has(string step) => Place.View!.Steps.Any(s => s.Step == step);

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

        await AskAsync(ReadScopesAsync);
    }

    /// <summary>Stored at once: it decides what the step-up asks for, and goes on into the plan.</summary>
    private Task ChooseAsync<T>(string step, T choice) where T : notnull
    {
        chosen = Choices.With(step, choice);
        return AskAsync(async () =>
        {
            await Engine.ChooseAsync(Place.Actor!, step, choice, leaving.Token);
            await ReadScopesAsync();
        });
    }

    private async Task ReadScopesAsync()
    {
        var route = Route;
        var read = await Permissions.ReadAsync(Place.Actor!, route, leaving.Token);
        // What was chosen meanwhile is being read by itself.
        if (route == Route)
            (scopes, hasRead) = (read, true);
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
