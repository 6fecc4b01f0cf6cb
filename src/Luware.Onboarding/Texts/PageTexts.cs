namespace Luware.Onboarding.Texts;

/// <summary>Names the resource files of what pages and parts say themselves: PageTexts.resx and its languages.</summary>
public sealed class PageTexts;
