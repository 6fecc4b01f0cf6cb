using System.Net;
using System.Text;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Downloads;

public sealed class DownloadTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_undo_script_is_a_file_that_every_powershell_reads_right()
    {
        var (anna, _) = await _portal.SignInAsync("anna.keller@contoso.com");
        using var __ = anna;

        using var answer = await anna.Client.GetAsync(_portal.At("/downloads/undo/grants.ps1"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        bytes[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        Encoding.UTF8.GetString(bytes[3..]).ShouldBe("# Zurück für Zürich");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("undo-grants.ps1");
    }

    [Fact]
    public async Task A_step_that_takes_nothing_back_has_no_script()
    {
        var (anna, _) = await _portal.SignInAsync("anna.keller@contoso.com");
        using var __ = anna;

        using var answer = await anna.Client.GetAsync(_portal.At("/downloads/undo/consent.ps1"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
