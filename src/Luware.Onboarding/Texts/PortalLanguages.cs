namespace Luware.Onboarding.Texts;

/// <summary>The languages in which there are texts.</summary>
public static class PortalLanguages
{
    /// <summary>The languages, each with the region that is used if the browser names none.</summary>
    public static readonly IReadOnlyDictionary<string, string> Homes =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["en"] = "en-GB", ["de"] = "de-DE" };

    public static IEnumerable<string> Codes => Homes.Keys;
}
