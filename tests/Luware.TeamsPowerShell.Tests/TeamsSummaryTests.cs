using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests;

public sealed class TeamsSummaryTests
{
    private const string Grant = "Grant-CsTeamsComplianceRecordingPolicy";

    public static TheoryData<string> Cmdlets => [.. TeamsCmdlets.All.Select(c => c.Name)];

    [Theory, MemberData(nameof(Cmdlets))]
    public void Every_cmdlet_has_a_sentence_of_its_own_that_names_what_it_is_about(string cmdlet)
    {
        var parameters = TeamsCmdlets.All.Single(c => c.Name == cmdlet).Parameters;
        var command = new TeamsCommand(cmdlet, [.. parameters.Select(p => new TeamsParameter(p.Name, new TeamsValue.Text($"<{p.Name}>")))], []);

        var summary = command.ToSummary();

        summary.Sentence.ShouldBe(cmdlet);
        TeamsCmdlets.All.Count(c => Empty(c.Name).ToSummary().ToString() == Empty(cmdlet).ToSummary().ToString()).ShouldBe(1);
        if (!cmdlet.StartsWith("Get-", StringComparison.Ordinal))
            parameters.Where(p => p is { Mandatory: true, Type: not TeamsParameterType.PolicyType } && p.Name != "ApplicationId")
                .ShouldAllBe(p => $"{summary}".Contains($"<{p.Name}>"));
    }

    [Fact]
    public void A_change_says_what_it_changes() =>
        $"{Commands.Pairing.ToSummary()}".ShouldBe(
            "Change how the policy invites the application Tag:luwarerecordingfailclose1/b00d2f48-bdc2-4e27-b2a5-93090e99c17e: " +
            "ComplianceRecordingPairedApplications 52097e72-d9b8-4a1a-8d23-d44e2e03c27b");

    [Fact]
    public void A_grant_of_nothing_takes_a_policy_away() =>
        $"{new TeamsCommand(Grant, [new("Identity", new TeamsValue.Text("anna@contoso.com")), new("PolicyName", new TeamsValue.Null())], []).ToSummary()}"
            .ShouldBe("Take the policy that was granted to the person anna@contoso.com alone away again");

    [Fact]
    public void What_is_not_known_yet_is_named_in_its_place() =>
        $"{new TeamsCommand("Sync-CsOnlineApplicationInstance", [new("ObjectId", new TeamsValue.Later("", "object id of mtde-1"))], []).ToSummary()}"
            .ShouldBe("Make the application instance ‹object id of mtde-1› known in all of Teams");

    [Fact]
    public void It_is_one_line_whatever_the_values_are()
    {
        foreach (var text in HostileTexts.Sample(100))
            $"{new TeamsCommand("New-CsTeamsComplianceRecordingPolicy", [new("Identity", new TeamsValue.Text(text))], []).ToSummary()}".ShouldNotContain('\n');
    }

    [Fact]
    public void A_cmdlet_that_is_not_listed_has_none() => Should.Throw<ArgumentException>(() => Empty("Remove-Item").ToSummary());

    private static TeamsCommand Empty(string cmdlet) => new(cmdlet, [], []);
}
