using System.Globalization;
using System.Resources;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Texts;

/// <summary>The texts of pages and of steps as one list.</summary>
internal static class AllTexts
{
    public static IReadOnlyList<(string Key, string Text)> English { get; } = In("");

    public static IReadOnlyList<(string Key, string Text)> German { get; } = In("de");

    private static (string Key, string Text)[] In(string culture) => [.. Read(typeof(PageTexts), culture), .. Read(typeof(StepTexts), culture)];

    private static IEnumerable<(string Key, string Text)> Read(Type texts, string culture)
    {
        var entries = new ResourceManager(texts).GetResourceSet(new CultureInfo(culture), createIfNotExists: true, tryParents: false)!.GetEnumerator();
        while (entries.MoveNext())
            yield return ((string)entries.Key, (string)entries.Value!);
    }
}
