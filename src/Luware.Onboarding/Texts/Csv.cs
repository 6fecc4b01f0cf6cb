using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;

namespace Luware.Onboarding.Texts;

/// <summary>Files for spreadsheets. Names come from the customer's tenant, so no cell may be read as a formula.</summary>
internal static partial class Csv
{
    /// <param name="output">Stays open.</param>
    public static CsvWriter To(Stream output, CultureInfo language) => CsvWriter.Create(output, leaveOpen: true, options: new CsvWriterOptions
    {
        // A German Excel uses the comma within numbers, so the separator depends on the language.
        Separator = language.TextInfo.ListSeparator[0],
        // Without a byte order mark, Excel reads a file in the machine's legacy code page.
        WriteByteOrderMark = true,
    });

    public static ValueTask WriteRowAsync(this CsvWriter csv, IEnumerable<string?> cells, CancellationToken cancellationToken)
    {
        foreach (var cell in cells)
            csv.WriteField(cell is null ? null : Formula().Replace(cell, "$&'"));
        return csv.EndRecordAsync(cancellationToken);
    }

    /// <summary>
    /// Matches the position before text that a spreadsheet would read as a formula: at the beginning of a cell, and where a spreadsheet with another separator
    /// would see the beginning of one. An apostrophe there makes it text.
    /// </summary>
    [GeneratedRegex("""(^|(?<=[,;\t\r\n]))[ "]*(?=[=+\-@])|^(?=[\t\r])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Formula();
}
