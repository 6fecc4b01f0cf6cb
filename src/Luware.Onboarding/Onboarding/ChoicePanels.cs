namespace Luware.Onboarding.Onboarding;

/// <summary>Which component shows the choices of which step; a step that is not named here has none.</summary>
public static class ChoicePanels
{
    private static readonly Dictionary<string, ChoicePanel> Panels = new(StringComparer.Ordinal);

    public static bool Has(string step) => Panels.ContainsKey(step);

    public static ChoicePanel For(string step) => Panels[step];
}
