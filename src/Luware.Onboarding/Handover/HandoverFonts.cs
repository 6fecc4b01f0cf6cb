using Microsoft.Extensions.Options;
using PdfSharp.Fonts;

namespace Luware.Onboarding.Handover;

/// <summary>
/// The fonts of the PDF. The portal ships none and looks for them where operating systems keep them; on Linux they are in the package fonts-dejavu-core.
/// </summary>
internal sealed class HandoverFonts : IFontResolver
{
    public const string Text = "text", Bold = "bold", Fixed = "fixed";

    /// <summary>Font families with umlauts and more, each as its regular, bold and fixed-width file.</summary>
    private static readonly string[][] Families =
    [
        ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"],
        ["LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationMono-Regular.ttf"],
        ["arial.ttf", "arialbd.ttf", "cour.ttf"],
        ["Arial.ttf", "Arial Bold.ttf", "Courier New.ttf"],
    ];

    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
        "/System/Library/Fonts/Supplemental", "/Library/Fonts",
    ];

    private readonly Dictionary<string, byte[]> faces = new(StringComparer.Ordinal);

    public HandoverFonts(IOptions<HandoverOptions> options)
    {
        var files = (options.Value.FontFolder is { Length: > 0 } folder ? [folder] : Folders).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.ttf", SearchOption.AllDirectories)).ToLookup(f => Path.GetFileName(f), StringComparer.Ordinal);
        if (Array.Find(Families, family => family.All(files.Contains)) is not [var text, var bold, var @fixed])
            return;
        foreach (var (face, file) in new[] { (Text, text), (Bold, bold), (Fixed, @fixed) })
            faces[face] = File.ReadAllBytes(files[file].First());
    }

    public bool IsComplete => faces.Count > 0;

    public byte[]? GetFont(string faceName) => faces.GetValueOrDefault(faceName);

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        faces.ContainsKey(familyName) ? new FontResolverInfo(familyName) : null;
}
