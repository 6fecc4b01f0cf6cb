namespace Luware.Onboarding.Steps;

/// <summary>What a step rests on, as one text.</summary>
internal static class RegionTexts
{
    public static string Of(params IEnumerable<string>[] parts) => string.Join("; ", parts.Select(p => string.Join(", ", p)));
}
