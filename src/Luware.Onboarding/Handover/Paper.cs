using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Luware.Onboarding.Handover;

/// <summary>
/// Lays out A4 pages from top to bottom: headings stay with the following text, tables repeat their header, and rows are not split if they fit on a page.
/// </summary>
internal sealed class Paper : IDisposable
{
    private const double Margin = 50, Foot = 60, Gap = 4, LineSpace = 1.3, KeptWithHeading = 130;

    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x17, 0x21, 0x2b)), Faint = new XSolidBrush(XColor.FromArgb(0x4a, 0x57, 0x64));
    private static readonly XPen Rule = new(XColor.FromArgb(0xc8, 0xd0, 0xd8), 0.5);

    private static readonly char[] Breaks = [' ', '-', '/'];

    private readonly PdfDocument document = new();
    private readonly Dictionary<PaperStyle, XFont> fonts = new()
    {
        [PaperStyle.Title] = new XFont(HandoverFonts.Bold, 20),
        [PaperStyle.Heading] = new XFont(HandoverFonts.Bold, 13),
        [PaperStyle.Strong] = new XFont(HandoverFonts.Bold, 8.5),
        [PaperStyle.Text] = new XFont(HandoverFonts.Text, 8.5),
        [PaperStyle.Small] = new XFont(HandoverFonts.Text, 7.5),
        [PaperStyle.Fixed] = new XFont(HandoverFonts.Fixed, 6.5),
    };

    private XGraphics page;
    private double y = Margin;

    public Paper(string title, string language)
    {
        document.Info.Title = title;
        document.Info.Creator = "Luware Portal";
        document.Language = language;
        page = NewPage();
    }

    private double Width => page.PageSize.Width - (2 * Margin);

    private double Bottom => page.PageSize.Height - Foot;

    public void Write(PaperStyle style, string text, double before = 0)
    {
        var lines = Wrap(style, text, Width).ToList();
        // A heading must not be the last line of a page.
        var kept = style is PaperStyle.Heading or PaperStyle.Title ? KeptWithHeading : 0;
        Need(before + Height(lines) + kept);
        y += y > Margin ? before : 0;
        foreach (var line in lines)
            Draw(line, Margin);
        y += Gap;
    }

    /// <param name="columns">Each with its share of the page width.</param>
    public void Table(IReadOnlyList<(string Head, double Part)> columns, IEnumerable<IReadOnlyList<PaperCell>> rows)
    {
        var total = columns.Sum(c => c.Part);
        var widths = columns.Select(c => Width * c.Part / total).ToList();
        List<List<Line>> head = [.. columns.Select((c, i) => Wrap(PaperStyle.Strong, c.Head, widths[i] - (2 * Gap)).ToList())];
        var hasHead = columns.Any(c => c.Head.Length > 0);
        var (needsHead, isFirst) = (hasHead, true);
        foreach (var cells in rows)
        {
            List<List<Line>> row = [.. cells.Select((c, i) => c.Pieces.SelectMany(p => Wrap(p.Style, p.Text, widths[i] - (2 * Gap))).ToList())];
            // A row that fits on a page is not split; a longer one starts where it is, and so does the first one, or it would leave its heading behind.
            if (!isFirst && y + (needsHead ? RowHeight(head) : 0) + Math.Min(RowHeight(row), Bottom - Margin - RowHeight(head)) > Bottom)
                (page, needsHead) = (NewPage(), hasHead);
            if (needsHead)
                DrawHead();
            while (!DrawRow(row, widths))
            {
                page = NewPage();
                if (hasHead)
                    DrawHead();
            }

            (needsHead, isFirst) = (false, false);
        }

        y += Gap;

        void DrawHead() => DrawRow([.. head.Select(cell => cell.ToList())], widths);
    }

    /// <param name="left">The text at the bottom of every page.</param>
    /// <param name="number">Formats the page number and the number of pages.</param>
    public void Save(Stream stream, string left, Func<int, int, string> number)
    {
        page.Dispose();
        for (var i = 0; i < document.PageCount; i++)
        {
            using var foot = XGraphics.FromPdfPage(document.Pages[i], XGraphicsPdfPageOptions.Append);
            var (top, right) = (foot.PageSize.Height - Foot + 20, number(i + 1, document.PageCount));
            foot.DrawLine(Rule, Margin, top - 12, foot.PageSize.Width - Margin, top - 12);
            foot.DrawString(left, fonts[PaperStyle.Small], Faint, Margin, top);
            var width = foot.MeasureString(right, fonts[PaperStyle.Small]).Width;
            foot.DrawString(right, fonts[PaperStyle.Small], Faint, foot.PageSize.Width - Margin - width, top);
        }

        document.Save(stream, closeStream: false);
    }

    public void Dispose()
    {
        page.Dispose();
        document.Dispose();
    }

    private XGraphics NewPage()
    {
        page?.Dispose();
        var added = document.AddPage();
        added.Size = PageSize.A4;
        y = Margin;
        return XGraphics.FromPdfPage(added);
    }

    private void Need(double height)
    {
        if (y + height > Bottom)
            page = NewPage();
    }

    /// <returns>False if the page ended before the row; the rest of the row stays in <paramref name="row"/>.</returns>
    private bool DrawRow(List<List<Line>> row, List<double> widths)
    {
        var (top, end, left) = (y + Gap, y + Gap, Margin);
        for (var i = 0; i < row.Count; i++)
        {
            y = top;
            var drawn = row[i].TakeWhile(line => y + Height(line) <= Bottom && Draw(line, left + Gap)).Count();
            row[i].RemoveRange(0, drawn);
            end = Math.Max(end, y);
            left += widths[i];
        }

        y = end + Gap;
        page.DrawLine(Rule, Margin, y, Margin + Width, y);
        return row.TrueForAll(cell => cell.Count == 0);
    }

    private bool Draw(Line line, double left)
    {
        y += Height(line);
        var (font, brush) = (fonts[line.Style], line.Style is PaperStyle.Small or PaperStyle.Fixed ? Faint : Ink);
        page.DrawString(line.Text, font, brush, left, y - (Height(line) - font.Size) / 2 - (font.Size * 0.15));
        return true;
    }

    private double RowHeight(List<List<Line>> row) => row.Max(Height) + (2 * Gap);

    private double Height(List<Line> lines) => lines.Sum(Height);

    private double Height(Line line) => fonts[line.Style].Size * LineSpace;

    private IEnumerable<Line> Wrap(PaperStyle style, string text, double width) =>
        text.ReplaceLineEndings("\n").Split('\n').SelectMany(paragraph => Wrap(paragraph, fonts[style], width)).Select(line => new Line(line, style));

    /// <summary>Wraps between words and at punctuation, and anywhere within a word that is longer than a line, as ids and commands are.</summary>
    private IEnumerable<string> Wrap(string paragraph, XFont font, double width)
    {
        var rest = paragraph.TrimEnd();
        while (page.MeasureString(rest, font).Width > width)
        {
            var fits = Fitting(rest, font, width);
            var place = rest.LastIndexOfAny(Breaks, fits - 1, fits);
            var end = place > 0 && !string.IsNullOrWhiteSpace(rest[..place]) ? place + (rest[place] == ' ' ? 0 : 1) : fits;
            yield return rest[..end];
            rest = rest[end..].TrimStart();
        }

        yield return rest;
    }

    private int Fitting(string text, XFont font, double width)
    {
        var (fits, tooLong) = (1, text.Length);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (page.MeasureString(text[..middle], font).Width <= width)
                fits = middle;
            else
                tooLong = middle;
        }

        return fits;
    }

    private sealed record Line(string Text, PaperStyle Style);
}

internal enum PaperStyle
{
    Title,
    Heading,
    Strong,
    Text,
    Small,
    Fixed,
}

/// <summary>The content of a table cell, one piece below the other.</summary>
internal sealed record PaperCell(params IReadOnlyList<(PaperStyle Style, string Text)> Pieces)
{
    public static PaperCell Of(string? text) => new((PaperStyle.Text, text ?? ""));
}
