using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Tests.Steps;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Texts;

public sealed class CommandWordsTests
{
    public static TheoryData<string> Cmdlets => [.. TeamsCmdlets.All.Select(c => c.Name)];

    [Theory, MemberData(nameof(Cmdlets))]
    public void Every_cmdlet_has_a_sentence_that_names_what_it_is_about(string cmdlet)
    {
        var parameters = TeamsCmdlets.All.Single(c => c.Name == cmdlet).Parameters.Select(p => new TeamsParameter(p.Name, new TeamsValue.Text(p.Name)));

        StepTextsTests.ShouldBeSayable([new TeamsCommand(cmdlet, [.. parameters], []).InWords()]);
    }

    [Theory, MemberData(nameof(Cmdlets))]
    public void In_English_a_command_is_said_as_the_library_says_it(string cmdlet)
    {
        var parameters = TeamsCmdlets.All.Single(c => c.Name == cmdlet).Parameters.Select(p => new TeamsParameter(p.Name, new TeamsValue.Text(p.Name)));
        var command = new TeamsCommand(cmdlet, [.. parameters], []);

        Say()[command.InWords()].ShouldBe(command.ToSummary().ToString());
    }

    [Fact]
    public void A_command_is_said_in_one_line_with_what_is_not_known_yet_in_its_place()
    {
        var say = Say();
        var applications = StepWorld.Germany.Applications;

        say[PolicyCommands.Pair("policy", (applications[0], null), (applications[1], null), alone: false).InWords()].ShouldBe(
            "Change how the policy invites the application Tag:policy/‹object id of Luware Recording MTDE 1›: "
            + "ComplianceRecordingPairedApplications ‹object id of Luware Recording MTDE 2›");
        say[GrantCommands.TakeBack(Guid.Empty).InWords()].ShouldBe(
            "Take the policy that was granted to the person 00000000-0000-0000-0000-000000000000 alone away again");
        say[PolicyCommands.Enable("policy").InWords()].ShouldBe("Change the compliance recording policy policy: Enabled True");
    }

    private static Say Say() => new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Say>().BuildServiceProvider().GetRequiredService<Say>();
}
