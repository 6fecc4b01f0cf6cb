using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Consent;

/// <summary>The permissions that one application has in the customer's tenant. Only assigned roles count; a returned redirect proves nothing.</summary>
internal sealed record ConsentReading(ConsentApplication Application, PermissionSet Required, ServicePrincipal? Principal)
{
    public IReadOnlyList<RequiredPermission> Missing { get; } = [.. Required.All.Where(p => !Holds(Principal, p))];

    public int Granted => Required.All.Count - Missing.Count;

    /// <summary>Published by another organization than Luware: no consent to it counts.</summary>
    public bool IsForeign { get; init; }

    public bool IsDisabled => Principal is { Enabled: false };

    /// <summary>Consent was given, but not for all required permissions.</summary>
    public bool IsPartial => !IsForeign && Granted > 0 && Missing.Count > 0;

    public bool IsComplete => !IsForeign && Principal is { Enabled: true } && Missing.Count == 0;

    /// <summary>The application as an object that stays when everything else is undone; null if it does not exist.</summary>
    public PlannedObject? Stays() => Principal is null
        ? null
        : Staying.Object(
            $"application/{Application.Key}", Application.DisplayName, new Sentence("Consent.Kind"), new Sentence("Consent.Undo.Stays"),
            $"Remove-MgServicePrincipal -ServicePrincipalId '{Principal.Id}'", AdminConsent.PropertiesPage(this));

    private static bool Holds(ServicePrincipal? principal, RequiredPermission permission) => principal is not null
        && (permission.Delegated
            ? principal.GraphDelegatedScopes.Contains(permission.Name, StringComparer.OrdinalIgnoreCase)
            : principal.GraphAppRoles.Contains(permission.Id));
}
