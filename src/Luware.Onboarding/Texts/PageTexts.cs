namespace Luware.Onboarding.Texts;

/// <summary>Identifies the resource files with the texts of pages and parts: PageTexts.resx and its translations.</summary>
public sealed class PageTexts;
