using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.CustomerPages;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class NextPageTests
{
    [Fact]
    public void The_first_page_that_waits_for_the_person_opens() =>
        Open(Scenes.Planned, before: null, DirectoryRoles.GlobalAdministrator).ShouldBe("/consent/go/1");

    [Fact]
    public void Without_the_role_for_it_nothing_opens() =>
        Open(Scenes.Planned, before: null, DirectoryRoles.TeamsAdministrator).ShouldBeNull();

    [Fact]
    public void Where_nothing_is_to_be_done_elsewhere_nothing_opens() =>
        Open(Scenes.Verified, before: null, DirectoryRoles.GlobalAdministrator).ShouldBeNull();

    [Theory]
    [InlineData(StepStatus.Verified, "/consent/go/1")]
    [InlineData(StepStatus.Ready, null)]
    public void What_others_come_before_opens_when_they_are_verified(StepStatus before, string? opens)
    {
        var planned = Scenes.Planned;
        var view = planned with { Steps = [planned.Steps[0] with { DependsOn = ["policies"] }, planned.Steps[2] with { Status = before }] };

        Open(view, before: null, DirectoryRoles.GlobalAdministrator).ShouldBe(opens);
    }

    [Theory]
    [InlineData(ActionState.Waiting, RunState.Waiting, "/consent/go/2")]
    [InlineData(ActionState.Done, RunState.Waiting, "/consent/go/2")]
    [InlineData(ActionState.Later, RunState.Waiting, "/consent/go/1")]
    [InlineData(ActionState.Waiting, RunState.Replaced, "/consent/go/1")]
    public void What_a_run_has_asked_for_already_does_not_open_by_itself_again(ActionState state, RunState run, string opens)
    {
        var planned = Scenes.Planned.Steps[0].Plan!.Actions.First();
        var before = Scenes.Running.Run! with { State = run, Actions = [new("consent", planned.Key, planned.Title, state, null)] };

        Open(Scenes.Planned, before, DirectoryRoles.GlobalAdministrator).ShouldBe(opens);
    }

    [Theory]
    [InlineData(false, 1, null)]
    [InlineData(false, 0, "/consent/go/1")]
    [InlineData(true, 1, null)]
    [InlineData(true, 0, "/consent/go/1")]
    public void What_a_colleague_has_does_not_open_until_their_link_or_admission_has_ended(bool isAccepted, int days, string? opens)
    {
        var handed = new HandedView(Guid.NewGuid(), "Jonas Weber", Scenes.Now, Scenes.Now.AddDays(days),
            isAccepted ? "Maria Lang" : null, isAccepted ? Scenes.Now : null);
        var planned = Scenes.Planned;

        Open(planned with { Steps = [planned.Steps[0] with { Handed = handed }] }, before: null, DirectoryRoles.GlobalAdministrator).ShouldBe(opens);
    }

    private static string? Open(OnboardingView view, RunView? before, Guid role) =>
        NextPage.Of(view with { Run = before }, view.Steps, Scenes.Jonas with { Roles = [role] }, Scenes.Now)?.ToString();
}
