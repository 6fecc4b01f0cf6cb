using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Handover;

/// <summary>How the hand-over is printed.</summary>
public sealed class HandoverOptions : ISettings
{
    public static string Section => "Handover";

    /// <summary>The folder with the fonts of the PDF; empty for the operating system's own folders.</summary>
    public string? FontFolder { get; set; }

    public IEnumerable<string> Faults()
    {
        if (!string.IsNullOrEmpty(FontFolder) && !Directory.Exists(FontFolder))
            yield return $"{Section}:{nameof(FontFolder)} is '{FontFolder}', where there is no folder. Name one that has the fonts, or leave it away.";
    }
}
