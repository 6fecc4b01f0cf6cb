using Luware.Onboarding.Data;
using Luware.Portal.Operations;

namespace Luware.Portal.Tests.Operations;

public sealed class CommandLineTests
{
    private const string Contoso = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101", Anna = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c102";

    [Fact]
    public void Without_a_command_it_serves() => Parse().Command.ShouldBe(new PortalCommand.Serve());

    [Theory]
    [InlineData("--migrate")]
    [InlineData("--migrate=true")]
    [InlineData("--migrate", "true")]
    public void It_migrates(params string[] args) => Parse(args).Command.ShouldBe(new PortalCommand.Migrate());

    [Theory]
    [InlineData("--backup", "/copy.db")]
    [InlineData("--backup=/copy.db")]
    public void It_copies_the_database(params string[] args) => Parse(args).Command.ShouldBe(new PortalCommand.Backup("/copy.db"));

    [Theory]
    [InlineData(DatabaseProvider.SqlServer, "--script", "SqlServer")]
    [InlineData(DatabaseProvider.PostgreSql, "--script=postgresql")]
    public void It_writes_a_servers_script(DatabaseProvider provider, params string[] args) => Parse(args).Command.ShouldBe(new PortalCommand.Script(provider));

    [Theory]
    [InlineData("--erase-person", Anna, "--tenant", Contoso)]
    [InlineData("--tenant", Contoso, "--erase-person", Anna)]
    [InlineData("--tenant=" + Contoso, "--erase-person=" + Anna)]
    public void A_tenant_limits_a_command_wherever_it_is_named(params string[] args) =>
        Parse(args).Command.ShouldBe(new PortalCommand.ErasePerson(Guid.Parse(Anna), Guid.Parse(Contoso)));

    [Theory]
    [InlineData("--verify-audit", "--anchors", "a.log", "b.log")]
    [InlineData("--verify-audit", "--anchors", "a.log", "--anchors", "b.log")]
    [InlineData("--anchors=a.log", "--anchors=b.log", "--verify-audit")]
    [InlineData("--verify-audit", "--anchors", "a.log", "--Audit:CurrentKey", "1", "b.log")]
    public void Every_file_of_anchors_is_taken(params string[] args)
    {
        var verify = Parse(args).Command.ShouldBeOfType<PortalCommand.VerifyAudit>();

        verify.Files.ShouldBe(["a.log", "b.log"]);
        verify.Tenant.ShouldBeNull();
    }

    [Fact]
    public void A_chain_is_checked_against_an_anchor()
    {
        var anchor = $"2:{new string('a', 64)}";

        var verify = Parse("--verify-audit", "--tenant", Contoso, "--anchor", anchor).Command.ShouldBeOfType<PortalCommand.VerifyAudit>();

        verify.Tenant.ShouldBe(Guid.Parse(Contoso));
        $"{verify.Anchor}".ShouldBe(anchor);
    }

    [Fact]
    public void Settings_are_taken_before_and_after_a_command()
    {
        var line = Parse(
            "--Database:Provider=Sqlite", "--migrate", "--Database:ConnectionString", "Data Source=x",
            "--urls", "http://127.0.0.1:0", "--OTEL_SERVICE_NAME=portal");

        line.Command.ShouldBe(new PortalCommand.Migrate());
        line.Settings.ShouldBe(
            ["--Database:Provider=Sqlite", "--Database:ConnectionString=Data Source=x", "--urls=http://127.0.0.1:0", "--OTEL_SERVICE_NAME=portal"]);
    }

    [Theory]
    [InlineData("--verify-audits")]
    [InlineData("--Migrate")]
    [InlineData("migrate")]
    [InlineData("--migrate=soon")]
    [InlineData("--migrate", "soon")]
    [InlineData("--migrate", "--verify-audit")]
    [InlineData("--backup")]
    [InlineData("--backup=")]
    [InlineData("--backup", "a.db", "b.db")]
    [InlineData("--script")]
    [InlineData("--script", "Sqlite")]
    [InlineData("--script=Oracle")]
    [InlineData("--verify-audit", "a.log")]
    [InlineData("--verify-audit", "--anchors")]
    [InlineData("--verify-audit", "--tenant", "contoso")]
    [InlineData("--verify-audit", "--tenant", Contoso, "--anchor", "2:00")]
    [InlineData("--verify-audit", "--anchor", "2:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("--erase-person")]
    [InlineData("--erase-person", "anna")]
    [InlineData("--erase-person", Anna, "--anchors", "a.log")]
    [InlineData("--tenant", Contoso)]
    [InlineData("--anchors", "a.log")]
    [InlineData("--Database:Provider")]
    [InlineData("--Database:Provider", "--migrate")]
    [InlineData("@arguments")]
    public void Anything_else_is_answered_with_the_usage_on_the_error_output(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        CommandLine.Parse(args, output, errors).ShouldBe((null, 2));

        $"{output}".ShouldBeEmpty();
        $"{errors}".ShouldContain("--verify-audit");
        $"{errors}".ShouldContain("--Section:Key=value");
    }

    [Fact]
    public void Help_is_no_fault()
    {
        using var output = new StringWriter();

        CommandLine.Parse(["--help"], output, TextWriter.Null).ShouldBe((null, 0));

        $"{output}".ShouldContain("--erase-person");
    }

    private static CommandLine Parse(params string[] args)
    {
        using var errors = new StringWriter();
        var line = CommandLine.Parse(args, TextWriter.Null, errors).Line;
        return line.ShouldNotBeNull($"{errors}");
    }
}
