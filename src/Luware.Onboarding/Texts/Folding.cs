using System.Globalization;
using System.Text;

namespace Luware.Onboarding.Texts;

internal static class Folding
{
    /// <summary>Folds to lower case without diacritics, the same on every database and system: Zürich becomes zurich, Groß becomes gross.</summary>
    public static string Plain(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Trim().ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                folded.Append(letter);
        }

        return folded.ToString();
    }
}
