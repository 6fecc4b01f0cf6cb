using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Engine;

public sealed class AdmissionTests
{
    private static readonly Guid OtherRole = Guid.Parse("88d8e3e3-8f55-4a1e-953a-9b9898b8876b");

    [Fact]
    public async Task A_member_without_a_role_that_a_step_needs_learns_the_roles_and_nothing_else()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Engine.ChooseAsync(portal.Admin, "second", new { Name = "secret" }, default);
        var member = await JoinAsync(portal);

        var read = (await portal.Engine.ReadAsync(member, default)).ShouldNotBeNull();
        var followed = await portal.UntilAsync(_ => true, member);

        foreach (var view in new[] { read, followed })
        {
            view.IsWithheld.ShouldBeTrue();
            (view.Run, view.Digest).ShouldBe((null, null));
            view.Choices.ByStep.ShouldBeEmpty();
            view.Steps.ShouldAllBe(s => s.Plan == null && s.Status == StepStatus.NotStarted && s.VerifiedAt == null && s.Roles.Contains(FakeWorld.Role));
        }
        (await portal.Engine.ReadAsync(portal.Admin, default))!.IsWithheld.ShouldBeFalse();
    }

    [Fact]
    public async Task A_member_without_a_role_that_a_step_needs_may_do_nothing()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var digest = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest!;
        var member = await JoinAsync(portal);
        world.Roles = [OtherRole];

        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.PlanAsync(member, null, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.ChooseAsync(member, "second", new { }, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.UndoAsync(member, "second", default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.GetUndoScriptAsync(member, "second", withChosen: false, default));
        (await portal.Engine.ApproveAsync(member, digest, default)).Problem!.Key.ShouldBe("Engine.RoleMissing.What");
        (await portal.Engine.ConfirmAsync(member, Guid.NewGuid(), "second", "make-object", 1, default)).Problem!.Key.ShouldBe("Engine.RoleMissing.What");
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run.ShouldBeNull();
    }

    [Fact]
    public async Task A_member_without_a_role_does_not_take_a_run_over_by_signing_in()
    {
        var world = new FakeWorld { Roles = [FakeWorld.LesserRole] };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "Engine.RoleMissing.Title");
        await portal.SignOutAsync(portal.Admin);
        world.Roles = [FakeWorld.Role];

        await portal.Engine.ResumeAsync(await JoinAsync(portal), default);
        var colleague = EngineHost.Person("Bob");
        await portal.SignInAsync(colleague);
        var view = (await portal.Engine.ReadAsync(colleague, default))!;

        view.Run!.Transcript.ShouldNotContain(l => l.Text.Key == "Engine.Resumed");
        world.Applied.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_colleague_carries_a_run_on_only_until_its_approver_is_back()
    {
        var world = new FakeWorld();
        world.First.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "wait");
        await portal.SignOutAsync(portal.Admin);
        var (colleague, another) = (EngineHost.Person("Bob"), EngineHost.Person("Cleo"));
        var back = portal.Admin with { Access = portal.Admin.Access with { SessionId = "back" }, Roles = [] };

        foreach (var actor in new[] { colleague, another, back, colleague })
        {
            await portal.SignInAsync(actor);
            await portal.Engine.ResumeAsync(actor, default);
        }

        var view = (await portal.Engine.ReadAsync(colleague, default))!;
        view.Run!.Transcript.Where(l => l.Text.Key == "Engine.Resumed").Select(l => l.Text.Arguments[0]).ShouldBe(["Bob", "Ada"]);
    }

    [Fact]
    public async Task A_role_that_has_ended_since_the_sign_in_decides_nothing()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var digest = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest!;
        world.Roles = [];

        var problem = (await portal.Engine.ApproveAsync(portal.Admin, digest, default)).Problem.ShouldNotBeNull();

        problem.Arguments.ShouldBe([$"@Role.{FakeWorld.Role}|Role.{FakeWorld.LesserRole}"]);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run.ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_approved_while_the_directory_cannot_be_asked_and_it_is_said_what_to_do()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var digest = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest!;

        foreach (var (fault, key) in new (GatewayException, string)[]
        {
            (new SignInRequiredException("expired"), "Engine.SignInAgain"),
            (new ScopesMissingException(["Directory.Read.All"]), "Engine.ScopesMissing"),
            (new TransientException("busy"), "Engine.Busy"),
        })
        {
            world.DirectoryFault = fault;
            (await portal.Engine.ApproveAsync(portal.Admin, digest, default)).Problem!.Key.ShouldBe(key);
        }

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run.ShouldBeNull();
    }

    private static async Task<Actor> JoinAsync(EngineHost portal)
    {
        var member = EngineHost.Person("Mallory", roles: OtherRole);
        await portal.SignInAsync(member);
        return member;
    }
}
