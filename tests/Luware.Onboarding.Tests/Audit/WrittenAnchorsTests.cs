using System.Text;
using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Tests.Engine;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>Anchors are found in every place where the portal writes them.</summary>
public sealed class WrittenAnchorsTests
{
    private static readonly Guid Tenant = Guid.Parse("33333333-3333-4333-8333-333333333333");
    private static readonly string Anchor = $"57:{new string('c', 64)}";

    [Fact]
    public async Task The_lines_of_the_log_are_read_whatever_stands_around_them()
    {
        var line = $"The audit of tenant {Tenant} ends at {Anchor}";
        string[] log =
        [
            "info: Microsoft.Hosting.Lifetime[14]", "      Now listening on: http://127.0.0.1:5000",
            $"      {line}",
            $"<6>2026-11-26T20:00:00Z portal-1 {line}",
            JsonSerializer.Serialize(new
            {
                Timestamp = "2026-11-26T20:00:00Z", EventId = 2401, Message = line, State = new { Message = line, TenantId = Tenant, Anchor },
            }),
            $"The audit of tenant {Tenant} ends at {Anchor}00", $"The audit of tenant nobody ends at {Anchor}", $"{{\"half\": \"{Anchor}\"",
        ];

        (await ReadAsync(string.Join('\n', log))).ShouldBe([(Tenant, Anchor), (Tenant, Anchor), (Tenant, Anchor)]);
    }

    [Fact]
    public async Task The_line_that_the_portal_writes_is_one()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var log = new LogBook();
        var rounds = new AnchorRounds(
            chain.Database.Contexts, new AuditAnchors(log.For<AuditAnchors>()), Options.Create(new AuditOptions()), chain.Database.Clock,
            log.For<AnchorRounds>());
        await rounds.AnchorAsync(DateTimeOffset.MinValue, default);

        (await ReadAsync(string.Join('\n', log.Take()))).ShouldBe([(chain.Tenant.Id, $"{(await chain.VerifyAsync()).Head}")]);
    }

    [Fact]
    public async Task A_hand_over_is_read_as_one()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var file = (await portal.Get<IHandover>().WriteAsync(portal.Admin, null, HandoverFormat.Json, default))!;
        using var stream = new MemoryStream();
        await file.WriteAsync(stream, default);
        var head = (await portal.Get<IHandover>().ReadAsync(portal.Admin, null, default)).Audit.Head!;

        var read = await ReadAsync(Encoding.UTF8.GetString(stream.ToArray()));

        var (tenant, anchor) = read.ShouldHaveSingleItem();
        tenant.ShouldBe(EngineHost.Tenant);
        // The entry of the download itself comes after this anchor.
        anchor.ShouldStartWith("1:");
        head.ShouldStartWith("2:");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"format\":\"luware-portal-handover\"}")]
    [InlineData("{\"format\":\"luware-portal-handover\",\"tenant\":{\"entraTenantId\":\"x\"},\"audit\":{\"head\":null}}")]
    [InlineData("nothing of the kind")]
    public async Task What_holds_none_gives_none(string text) => (await ReadAsync(text)).ShouldBeEmpty();

    private static async Task<List<(Guid?, string)>> ReadAsync(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await WrittenAnchors.ReadAsync(stream, default).Select(a => (a.Tenant, a.Anchor.ToString())).ToListAsync();
    }
}
