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
        _portal.Audit.Lines.ShouldContain("file undo-grants.ps1 anna.keller@contoso.com");
    }

    [Fact]
    public async Task A_step_that_takes_nothing_back_has_no_script()
    {
        var (anna, _) = await _portal.SignInAsync("anna.keller@contoso.com");
        using var __ = anna;

        using var answer = await anna.Client.GetAsync(_portal.At("/downloads/undo/consent.ps1"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _portal.Audit.Lines.ShouldAllBe(l => !l.StartsWith("file"));
    }

    [Theory]
    [InlineData("/downloads/script.ps1", "luware-onboarding.ps1", "# Alles für Zürich")]
    [InlineData("/downloads/script/policies.ps1", "luware-policies.ps1", "# Richtlinien")]
    public async Task The_plan_is_a_script_whole_or_step_by_step(string address, string fileName, string script)
    {
        var (anna, _) = await _portal.SignInAsync("anna.keller@contoso.com");
        using var __ = anna;

        using var answer = await anna.Client.GetAsync(_portal.At(address));
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        bytes[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        Encoding.UTF8.GetString(bytes[3..]).ShouldBe(script);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe(fileName);
    }

    [Fact]
    public async Task A_step_that_there_is_not_has_no_script()
    {
        var (anna, _) = await _portal.SignInAsync("anna.keller@contoso.com");
        using var __ = anna;

        using var answer = await anna.Client.GetAsync(_portal.At("/downloads/script/coffee.ps1"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/downloads/script.ps1")]
    [InlineData("/downloads/script/policies.ps1")]
    public async Task Nobody_gets_a_script_without_a_session(string address)
    {
        using var stranger = _portal.Visit("anna.keller@contoso.com");
        (await stranger.Client.GetAsync(_portal.At(address))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var (anna, _) = await _portal.SignInAsync("anna.keller@contoso.com");
        using var __ = anna;
        _portal.Engine.Refuses = true;
        using var answer = await anna.Client.GetAsync(_portal.At(address));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldNotContain("downloads");
    }
}
