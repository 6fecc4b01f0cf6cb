namespace Luware.Onboarding.Steps;

/// <summary>Joins the region's data that a step rests on into one text.</summary>
internal static class RegionTexts
{
    public static string Of(params IEnumerable<string>[] parts) => string.Join("; ", parts.Select(p => string.Join(", ", p)));
}
