using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Portal.Operations;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Audit;

/// <summary>The program's command line for the audit, with the database of a portal that people have used.</summary>
public sealed class AuditCommandTests : IAsyncLifetime
{
    private SandboxWorld _world = null!;
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("audit");
    private RunningPortal _portal = null!;
    private Visitor _anna = null!;

    private string Contoso => $"{_world.Tenants.Contoso.Id}";

    public async ValueTask InitializeAsync()
    {
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = await RunningPortal.StartAsync(_world, [new("Teams:WarmWorkers", "0"), new("Logging:LogLevel:Default", "Error")]);
        _anna = new Visitor(_world.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person);
        await _anna.GoAsync(new Uri(_portal.Address, "/sign-in"));
        await _anna.GoAsync(new Uri(_portal.Address, "/downloads/script.ps1"));
    }

    public async ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        _anna.Dispose();
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Whole_chains_are_said_with_their_ends()
    {
        var (code, output) = await RunAsync("--verify-audit");

        code.ShouldBe(0);
        output.ShouldContain($"Contoso ({Contoso}): whole, 3 entries, ends at 3:");
        output.ShouldContain("whole, 1 entries, ends at 1:");
        output.ShouldEndWith($"3 checked, 0 broken.{Environment.NewLine}");
    }

    [Fact]
    public async Task The_first_entry_that_is_wrong_is_named()
    {
        await TamperAsync("UPDATE AuditEntries SET Subject = 'nothing' WHERE Sequence = 2 AND Kind = 'SignedIn'");

        var (code, output) = await RunAsync("--verify-audit", "--tenant", Contoso);

        code.ShouldBe(1);
        output.ShouldContain($"Contoso ({Contoso}): BROKEN, entry 2 was changed or put in. 1 before it are as they were written.");
    }

    [Fact]
    public async Task A_chain_that_was_deleted_with_its_head_is_broken()
    {
        await TamperAsync("DELETE FROM AuditEntries; DELETE FROM AuditChains");

        var (code, output) = await RunAsync("--verify-audit", "--tenant", Contoso);

        code.ShouldBe(1);
        output.ShouldContain("entry 1 and all after it were cut off.");
    }

    [Fact]
    public async Task An_anchor_tells_what_the_database_cannot()
    {
        await TamperAsync("CREATE TABLE Earlier AS SELECT * FROM AuditChains; UPDATE Earlier SET Seal = Seal");
        await _anna.GoAsync(new Uri(_portal.Address, "/downloads/script.ps1"));
        var anchor = (await RunAsync("--verify-audit", "--tenant", Contoso)).Output.Split("ends at ")[1].Split(Environment.NewLine)[0];
        anchor.ShouldStartWith("4:");
        await TamperAsync("DELETE FROM AuditEntries WHERE Sequence > 3; DELETE FROM AuditChains; INSERT INTO AuditChains SELECT * FROM Earlier");

        (await RunAsync("--verify-audit", "--tenant", Contoso)).Code.ShouldBe(0);
        var (code, output) = await RunAsync("--verify-audit", "--tenant", Contoso, "--anchor", anchor);

        code.ShouldBe(1);
        output.ShouldContain("entry 4 and all after it were cut off.");
    }

    [Fact]
    public async Task The_ends_in_the_log_and_in_hand_overs_are_held_against_every_chain()
    {
        var end = (await RunAsync("--verify-audit", "--tenant", Contoso)).Output.Split("ends at ")[1].Split(Environment.NewLine)[0];
        var log = await FileAsync($"""
            info: Luware.Onboarding.Audit.AuditAnchors[2401]
                  The audit of tenant {await IdAsync()} ends at {end}
                  The audit of tenant {Guid.NewGuid()} ends at 7:{new string('a', 64)}
            """);
        var handover = await FileAsync(
            $$"""{ "format": "luware-portal-handover", "tenant": { "entraTenantId": "{{Contoso}}" }, "audit": { "head": "{{end}}" } }""");
        (await RunAsync("--verify-audit", "--tenant", Contoso, "--anchors", log, "--anchors", handover)).Code.ShouldBe(0);
        await TamperAsync("DELETE FROM AuditEntries WHERE Sequence > 2; DELETE FROM AuditChains");

        var (code, output) = await RunAsync("--verify-audit", "--anchors", log, handover);

        code.ShouldBe(1);
        output.ShouldContain($"{log}: 2 anchors.");
        output.ShouldContain($"Contoso ({Contoso}): BROKEN, entry 3 and all after it were cut off. 2 before it are as they were written.");
        output.ShouldContain($"  does not fit: the anchor {end}");
        // The tenant's row is deleted as well.
        output.ShouldMatch("\\(no customer\\) \\([0-9a-f-]{36}\\): BROKEN, entry 1 and all after it were cut off");
        output.ShouldContain($"  does not fit: the anchor 7:aaaa");
    }

    [Fact]
    public async Task A_file_without_anchors_is_a_mistake_and_not_an_answer()
    {
        var file = await FileAsync("nothing of the kind");

        var (code, output) = await RunAsync("--verify-audit", "--anchors", file);

        code.ShouldBe(2);
        output.ShouldContain($"{file} holds no anchors.");
        output.ShouldNotContain("whole");
    }

    [Fact]
    public async Task A_person_is_forgotten_and_the_chain_stays_whole()
    {
        var anna = $"{_world.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person.Id}";

        var (code, output) = await RunAsync("--erase-person", anna, "--tenant", Contoso);

        code.ShouldBe(0);
        output.ShouldStartWith("Forgotten in 1 of the chains.");
        (await RunAsync("--verify-audit", "--tenant", Contoso)).Output.ShouldContain("whole, 4 entries");
        (await RunAsync("--erase-person", anna)).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(1), r => r.Output.ShouldStartWith("Nobody is known"));
    }

    [Fact]
    public async Task A_tenant_that_nobody_knows_is_a_fault()
    {
        var (code, output) = await RunAsync("--verify-audit", "--tenant", $"{Guid.NewGuid()}");

        code.ShouldBe(1);
        output.ShouldStartWith("There is no customer");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_fault()
    {
        var (code, output) = await RunAsync("--verify-audit", "--anchors", Path.Combine(_files.FullName, "nothing.log"));

        code.ShouldBe(1);
        output.ShouldContain("nothing.log");
        output.ShouldNotContain("whole");
    }

    /// <summary>Faults and results in the order in which they are written.</summary>
    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var command = CommandLine.Parse(args, output, output).Line.ShouldNotBeNull().Command;
        var code = await new Commands(output, output).RunAsync(command, _portal.Services, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private async Task<string> FileAsync(string content)
    {
        var file = Path.Combine(_files.FullName, Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        return file;
    }

    /// <summary>The portal's own id of Contoso, under which its log writes anchors.</summary>
    private async Task<Guid> IdAsync()
    {
        await using var db = await _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Tenants.Where(t => t.EntraTenantId == _world.Tenants.Contoso.Id).Select(t => t.Id).SingleAsync(TestContext.Current.CancellationToken);
    }

    private async Task TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection(_portal.Services.GetRequiredService<IConfiguration>()["Database:ConnectionString"]);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBePositive();
    }
}
