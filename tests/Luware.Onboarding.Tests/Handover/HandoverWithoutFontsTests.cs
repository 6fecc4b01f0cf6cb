using Luware.Onboarding.Audit;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Tests.Engine;

namespace Luware.Onboarding.Tests.Handover;

public sealed class HandoverWithoutFontsTests
{
    [Fact]
    public async Task Where_no_font_is_installed_there_is_no_pdf_and_no_download_in_the_audit_but_every_other_file()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await using var portal = await EngineHost.StartAsync(new FakeWorld(), settings: ("Handover:FontFolder", folder.FullName));
            await portal.Engine.PlanAsync(portal.Admin, null, default);
            var handover = portal.Get<IHandover>();

            (await handover.WriteAsync(portal.Admin, null, HandoverFormat.Pdf, default)).ShouldBeNull();
            (await handover.WriteAsync(portal.Admin, null, HandoverFormat.Csv, default)).ShouldNotBeNull();

            var audit = await portal.Get<IAuditRecord>().ReadAsync(portal.Admin, null, null, default);
            audit.Rows.Where(r => r.Kind == "Downloaded").ShouldHaveSingleItem().Subject!.ShouldEndWith(".csv");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
