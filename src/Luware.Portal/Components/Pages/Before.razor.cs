using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Portal.Components.Pages;

/// <summary>Shows everything that can be said before any work: tenant, person, roles, region, and the permissions that the portal asks for.</summary>
public sealed partial class Before
{
    /// <summary>The address that signs in and leads here, or to the plan if one exists.</summary>
    public const string FirstSignIn = "sign-in?returnUrl=/before%3Farriving=true";

    private IReadOnlyList<DelegatedScope>? _scopes;
    private bool _asked;
    private bool _hasRead;
    private bool _elsewhere;
    private IReadOnlyList<Licence>? _licences;
    private readonly InTurn _storing = new();
    private StepChoices? _chosen;
    private bool _hasChosen;

    // What was shown when the choice had been stored; null while it is not.
    private OnboardingView? _storedAt;

    [Inject] public required IEngine Engine { get; init; }
    [Inject] public required Permissions Permissions { get; init; }
    [Inject] public required Licences Licences { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required PublicAddress Portal { get; init; }

    /// <summary>True if the person has just signed in; if they have a plan, they are led on to it.</summary>
    [Parameter, SupplyParameterFromQuery] public bool Arriving { get; set; }

    private IReadOnlyList<RoleNeed> Needs => RoleNeed.Of(State.View!, State.Actor!);

    private bool IsAllowed => _scopes is not null && _scopes.All(s => s.Granted);

    private string LicencesWord => !_hasRead ? ""
        : !IsAllowed ? Say["Before.LicencesLater"]
        : _licences is null ? Say["Before.LicencesUnread"]
        : _licences.Count == 0 ? Say["Before.LicencesNone"]
        : string.Join(", ", _licences.Select(l => Say["Before.Licence", l.Held, Licences.NameOf(l)]));

    /// <summary>The current choices, including one made here that the view does not contain yet.</summary>
    private StepChoices Choices => _chosen ?? State.View!.Choices;

    private DelegatedRoute Route => Permissions.RouteOf(State.View! with { Choices = Choices });

    private SecurityGroupsChoice Groups => Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName);

    private StorageChoice Storage => Choices.Get<StorageChoice>(StorageStep.StepName);

    /// <summary>True if the person's own rights in Azure are needed, which no directory role gives.</summary>
    private bool ReadsAzure => Has(StorageStep.StepName) && !Storage.ByHand;

    /// <summary>The address that asks for the same permissions and then opens the first step alone.</summary>
    private string StepByStep
    {
        get
        {
            var first = $"onboarding/{NextStep.First(State.View!) ?? State.View!.Steps[0].Step}";
            return IsAllowed ? first : $"sign-in/more?returnUrl=/{first}";
        }
    }

    /// <summary>True if the person may see the step: colleagues see only what was handed to them.</summary>
    private bool Has(string step) => State.View!.Steps.Any(s => s.Step == step);

    private bool HasPlan => State.View!.Steps.Any(s => s.Plan is not null);

    protected override async Task OnParametersSetAsync()
    {
        // A newer view knows the choice, and also what somebody else has chosen since.
        if (_storedAt is not null && State.View != _storedAt)
            (_chosen, _storedAt) = (null, null);
        if (State.Kind != CustomerStateKind.Open || _asked)
            return;

        _asked = true;
        if (Arriving && HasPlan)
        {
            Navigation.NavigateTo("onboarding", replace: true);
            return;
        }

        await AskUntilAnsweredAsync(ReadScopesAsync);
    }

    /// <summary>Stores a choice at once: it determines what the step-up asks for, and becomes part of the plan.</summary>
    private async Task ChooseAsync<T>(string step, T choice) where T : notnull
    {
        var chosen = _chosen = Choices.With(step, choice);
        (_hasChosen, _storedAt, Problem) = (true, null, null);
        await _storing.DoAsync(() => AskAsync((who, token) => Engine.ChooseAsync(who, step, choice, token)));
        // Show the stored choice again, so that the person can repeat theirs.
        if (Problem is not null)
            _chosen = null;
        else if (_chosen == chosen)
            _storedAt = State.View;
        await AskUntilAnsweredAsync(ReadScopesAsync);
    }

    private async Task ReadScopesAsync(Actor who, CancellationToken cancellationToken)
    {
        var route = Route;
        var read = await Permissions.ReadAsync(who, route, cancellationToken);
        // A choice made meanwhile starts its own reading.
        if (route != Route)
            return;

        _scopes = read;
        _licences = IsAllowed ? await Licences.ReadAsync(who, cancellationToken) : null;
        _hasRead = true;
    }

    private string Letter(RoleNeed need) => Say["Before.Letter",
        State.View!.Tenant.Name, Say.AnyRole(need.Roles), State.Actor!.UserPrincipalName, need.StepNames(Say), Portal.At(""), State.Actor.Name];
}
