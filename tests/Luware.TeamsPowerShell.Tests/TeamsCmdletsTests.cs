namespace Luware.TeamsPowerShell.Tests;

public sealed class TeamsCmdletsTests
{
    private const string Grant = "Grant-CsTeamsComplianceRecordingPolicy";
    private const string SetPolicy = "Set-CsTeamsComplianceRecordingPolicy";
    private const string SetApplication = "Set-CsTeamsComplianceRecordingApplication";

    private static readonly TeamsParameter Policy = new("PolicyName", new TeamsValue.Text("luwarerecordingfailclose1"));

    public static TheoryData<string, TeamsParameter[], string> Refused => new()
    {
        { "Remove-CsOnlineApplicationInstance", [], "not one of the cmdlets" },
        { "get-cstenant", [], "not one of the cmdlets" },
        { Grant, [Policy], "-Identity is missing" },
        { Grant, [Text("Identity", " "), Policy], "cannot be empty" },
        { Grant, [Text("Identity", "global"), Policy], "in force for everybody" },
        { Grant, [new("Identity", new TeamsValue.Null()), Policy], "cannot be $null" },
        { Grant, [new("Global", new TeamsValue.Flag(true)), Policy], "not one of the parameters" },
        { Grant, [Text("Group", "x"), Policy], "not one of the parameters" },
        { SetPolicy, [Text("Identity", "Global")], "in force for everybody" },
        { SetPolicy, [Text("Identity", " Tag:GLOBAL ")], "in force for everybody" },
        { SetApplication, [Text("Identity", "Global/b00d2f48-bdc2-4e27-b2a5-93090e99c17e")], "in force for everybody" },
        { "Remove-CsTeamsComplianceRecordingPolicy", [Text("Identity", "Global")], "in force for everybody" },
        { "Remove-CsTeamsComplianceRecordingApplication", [Text("Parent", "x"), new("Id", new TeamsValue.Id(Guid.Empty))], "not one of the parameters" },
        { SetPolicy, [Text("Ident", "x")], "not one of the parameters" },
        { SetPolicy, [Text("Identity", "x"), Text("Identity", "y")], "given twice" },
        { SetPolicy, [Text("Identity", "x"), Text("Enabled", "true")], "another type" },
        { SetPolicy, [Text("Identity", "x"), new("Enabled", new TeamsValue.Number(1))], "another type" },
        { SetPolicy, [Text("Identity", "x"), new("Description", new TeamsValue.Date(DateTimeOffset.UnixEpoch))], "another type" },
        { SetPolicy, [Text("Identity", "x\uD800")], "half of a character" },
        { SetPolicy, [Text("Identity", "x"), Text("OutVariable", "y")], "not one of the parameters" },
        { SetApplication, [Text("Identity", "x"), Paired("Get-CsTenant")], "takes what New-CsTeamsComplianceRecordingPairedApplication makes" },
        { SetApplication, [Text("Identity", "x"), Paired("New-CsTeamsComplianceRecordingPairedApplication")], "-Id is missing" },
        { "New-CsGroupPolicyAssignment", [Text("GroupId", "x"), Policy, Text("PolicyType", "TeamsMeetingPolicy")], "can only be" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_command_that_does_not_fit_the_list_is_refused(string name, TeamsParameter[] parameters, string reason) =>
        Should.Throw<ArgumentException>(() => TeamsCmdlets.Check(new TeamsCommand(name, parameters, []))).Message.ShouldContain(reason);

    [Fact]
    public void What_the_portal_sends_fits_the_list()
    {
        TeamsCmdlets.Check(Processes.Commands.Pairing);
        TeamsCmdlets.Check(new TeamsCommand(Grant, [Text("Identity", "anna@contoso.com"), new("PolicyName", new TeamsValue.Null())], []));
        TeamsCmdlets.Check(new TeamsCommand(SetPolicy, [Text("Identity", "Tag:globalrecording"), new("Enabled", new TeamsValue.Flag(true))], []));
        TeamsCmdlets.Check(new TeamsCommand("Get-CsTeamsComplianceRecordingPolicy", [Text("Identity", "Global")], []));
    }

    [Fact]
    public void A_date_fits_a_parameter_that_takes_one() =>
        new TeamsCmdletParameter("Since", TeamsParameterType.Date).FindFault(new TeamsValue.Date(DateTimeOffset.UnixEpoch)).ShouldBeNull();

    private static TeamsParameter Text(string name, string value) => new(name, new TeamsValue.Text(value));

    private static TeamsParameter Paired(string cmdlet) =>
        new("ComplianceRecordingPairedApplications", new TeamsValue.List([new TeamsValue.Nested(new TeamsCommand(cmdlet, [], []))]));
}
