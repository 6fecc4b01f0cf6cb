namespace Luware.Onboarding.Texts;

/// <summary>Identifies the resource files with the sentences that steps and the engine store: StepTexts.resx and its translations.</summary>
public sealed class StepTexts;
