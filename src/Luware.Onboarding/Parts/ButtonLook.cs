namespace Luware.Onboarding.Parts;

/// <summary>
/// The classes of Radzen's buttons for plain buttons that look the same. Radzen's components cost memory and lose the focus of the pressed button by disabling
/// it.
/// </summary>
public sealed class ButtonLook
{
    public static readonly ButtonLook Outlined = new("md rz-variant-outlined rz-base");
    public static readonly ButtonLook OutlinedSmall = new("sm rz-variant-outlined rz-base");
    public static readonly ButtonLook OutlinedPrimary = new("md rz-variant-outlined rz-primary");
    public static readonly ButtonLook Filled = new("md rz-variant-filled rz-primary");
    public static readonly ButtonLook Danger = new("md rz-variant-filled rz-danger");
    public static readonly ButtonLook DangerSmall = new("sm rz-variant-filled rz-danger");

    /// <summary>The one filled button of a decision.</summary>
    public static readonly ButtonLook Decisive = new("lg rz-variant-filled rz-primary");
    public static readonly ButtonLook DecisiveDanger = new("lg rz-variant-filled rz-danger");

    private readonly string off;

    private ButtonLook(string look)
    {
        Class = $"rz-button rz-button-{look} rz-shade-default";
        off = $"{Class} rz-state-disabled";
    }

    public string Class { get; }

    /// <param name="isOff">Whether the button is unavailable.</param>
    public string Of(bool isOff) => isOff ? off : Class;
}
