namespace Luware.Onboarding.Parts;

/// <summary>The classes of Radzen's buttons, for plain ones that look the same: on the page that most people have open, its components are dear.</summary>
public static class ButtonLook
{
    public static string Outlined(bool disabled = false) => disabled
        ? "rz-button rz-button-md rz-variant-outlined rz-base rz-shade-default rz-state-disabled"
        : "rz-button rz-button-md rz-variant-outlined rz-base rz-shade-default";

    /// <summary>The one filled button of a decision.</summary>
    public static string Decisive(bool disabled) => disabled
        ? "rz-button rz-button-lg rz-variant-filled rz-primary rz-shade-default rz-state-disabled"
        : "rz-button rz-button-lg rz-variant-filled rz-primary rz-shade-default";
}
