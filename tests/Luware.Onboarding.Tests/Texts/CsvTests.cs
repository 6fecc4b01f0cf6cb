using System.Globalization;
using System.Text;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Texts;

public sealed class CsvTests
{
    [Theory]
    [InlineData("Contoso", "Contoso")]
    [InlineData("Contoso, \"the\" bank", "\"Contoso, \"\"the\"\" bank\"")]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+41", "'+41")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a;=1+1", "a;'=1+1")]
    [InlineData("a, \"=1+1\"", "\"a, \"\"'=1+1\"\"\"")]
    [InlineData("a\t@sum", "a\t'@sum")]
    [InlineData("x;=1+1;", "x;'=1+1;")]
    [InlineData("a;b", "a;b")]
    [InlineData("a = b - c", "a = b - c")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public async Task A_cell_is_never_a_formula(string text, string cell)
    {
        using var stream = new MemoryStream();
        await using (var csv = Csv.To(stream, CultureInfo.GetCultureInfo("en-GB")))
            await csv.WriteRowAsync([text], default);

        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe($"\uFEFF{cell}\r\n");
    }
}
