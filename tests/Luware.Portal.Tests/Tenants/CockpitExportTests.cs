using Luware.Onboarding.Data;
using Luware.Portal.Tests.Isolation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Tenants;

public sealed class CockpitExportTests(StaffedPortal portal) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task The_list_that_an_address_describes_comes_as_a_file_while_it_is_read_and_is_recorded()
    {
        using var nina = await portal.SignInAsync(StaffedPortal.Nina);

        using var answer = await nina.Client.GetAsync(
            portal.At("/tenants/export?q=contoso"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("tenants.csv");
        answer.Headers.TransferEncodingChunked.ShouldBe(true, "its length is not known before the last row is read");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith("Contoso,");
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        var entry = await db.Audit.AcrossTenants().SingleAsync(e => e.Kind == "Exported", TestContext.Current.CancellationToken);
        (entry.Person, entry.DataJson.Contains("\"rows\":1")).ShouldBe((nina.Person.Id, true));
    }
}
