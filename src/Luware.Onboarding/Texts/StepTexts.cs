namespace Luware.Onboarding.Texts;

/// <summary>Names the resource files of the sentences that steps and the engine store: StepTexts.resx and its languages.</summary>
public sealed class StepTexts;
