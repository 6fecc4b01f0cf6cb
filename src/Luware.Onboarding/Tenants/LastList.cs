namespace Luware.Onboarding.Tenants;

/// <summary>The list of tenants as this browser tab last showed it, so that the way back leads to the same view.</summary>
public sealed class LastList
{
    /// <summary>Relative to the portal's base address.</summary>
    public string Address { get; set; } = "tenants";
}
