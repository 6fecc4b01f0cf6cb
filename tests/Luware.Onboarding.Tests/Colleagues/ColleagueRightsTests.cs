using System.Text.Json;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tests.Engine;

namespace Luware.Onboarding.Tests.Colleagues;

/// <summary>What each kind of person may ask of the engine: every command with every kind of admission.</summary>
public sealed class ColleagueRightsTests(ITestOutputHelper output)
{
    private static readonly Guid OtherRole = Guid.Parse("88d8e3e3-8f55-4a1e-953a-9b9898b8876b");

    /// <summary>An approval of one step, as a person might send it who was never shown a plan.</summary>
    private static readonly OffboardingPlan TheEnd = new(EngineHost.Tenant, DateTimeOffset.UnixEpoch,
    [
        new StepPlan("second", new("x"), new("x"),
            [new PlannedObject("object", "x", new("x"), ObjectState.Different, new("x"), "",
                new PlannedAction("remove", new("x"), "remove", [], Impact.Nobody))],
            new Dictionary<string, string>(), []),
    ], StepChoices.None);

    private static readonly Dictionary<string, Func<EngineHost, Actor, Task>> Commands = new(StringComparer.Ordinal)
    {
        ["read its plan"] = async (portal, actor) => Refuse((await portal.Engine.ReadAsync(actor, default))!.Steps.All(s => s.Plan is null)),
        ["plan everything"] = (portal, actor) => portal.Engine.PlanAsync(actor, null, default),
        ["plan first"] = (portal, actor) => portal.Engine.PlanAsync(actor, "first", default),
        ["plan second"] = (portal, actor) => portal.Engine.PlanAsync(actor, "second", default),
        ["approve the whole plan"] = async (portal, actor) =>
            Refuse(IsRefusal(await portal.Engine.ApproveAsync(actor, (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest ?? "outdated", default))),
        ["choose first"] = (portal, actor) => portal.Engine.ChooseAsync(actor, "first", new { }, default),
        ["choose second"] = (portal, actor) => portal.Engine.ChooseAsync(actor, "second", new { }, default),
        ["confirm first"] = async (portal, actor) =>
            Refuse(IsRefusal(await portal.Engine.ConfirmAsync(actor, Guid.NewGuid(), "first", "make-object", 1, default))),
        ["confirm second"] = async (portal, actor) =>
            Refuse(IsRefusal(await portal.Engine.ConfirmAsync(actor, Guid.NewGuid(), "second", "make-object", 1, default))),
        ["undo second"] = async (portal, actor) => Refuse(IsRefusal(await portal.Engine.UndoAsync(actor, "second", default))),
        ["script to undo first"] = (portal, actor) => portal.Engine.GetUndoScriptAsync(actor, "first", withChosen: false, default),
        ["script to undo second"] = (portal, actor) => portal.Engine.GetUndoScriptAsync(actor, "second", withChosen: false, default),
        ["script of everything"] = (portal, actor) => portal.Engine.GetScriptAsync(actor, null, default),
        ["script of second"] = (portal, actor) => portal.Engine.GetScriptAsync(actor, "second", default),
        ["result of a script"] = (portal, actor) => portal.Engine.TakeScriptResultAsync(actor, "{}", default),
        ["hand on"] = async (portal, actor) => Refuse((await portal.Get<IColleagueLinks>().HandAsync(actor, "aside", default)).Secret is null),
        ["take back"] = (portal, actor) => portal.Get<IColleagueLinks>().RevokeAsync(actor, "nothing", default),
        ["follow its plan"] = FollowAsync,
        ["resume"] = (portal, actor) => portal.Engine.ResumeAsync(actor, default),
        ["search for people"] = (portal, actor) => portal.Get<IPeopleSearch>().FindAsync(actor, "Ada", default),
        ["tell of a test call"] = (portal, actor) => portal.Get<IAftercare>().RecordTestCallAsync(actor, TestCallKind.Inside, "policy", worked: true, default),
        ["plan the end"] = (portal, actor) => portal.Get<IAftercare>().PlanOffboardingAsync(actor, default),
        ["read the portal's own access"] = (portal, actor) => portal.Get<IAftercare>().ReadOwnAccessAsync(actor, default),
        ["end recording"] = async (portal, actor) => Refuse(IsRefusal(await portal.Get<IAftercare>().OffboardAsync(actor, TheEnd, default))),
        ["end the portal's access"] = async (portal, actor) => Refuse(IsRefusal(await portal.Get<IAftercare>().EndAccessAsync(actor, default))),
    };

    /// <summary>Every sign-in makes the runs check again; whose sign-in they use is another matter.</summary>
    private static readonly string[] OfAll = ["resume"];

    private static readonly string[] OfSecond =
    [
        .. OfAll, "read its plan", "follow its plan", "search for people", "plan everything", "plan second", "choose second", "confirm second",
        "script to undo second",
    ];

    /// <summary>A person who accepted an invitation but has no role may look and prepare, and decides nothing.</summary>
    private static readonly string[] Decisions =
        ["approve the whole plan", "confirm first", "confirm second", "undo second", "hand on", "end recording", "end the portal's access"];

    [Fact]
    public async Task Every_command_knows_whom_it_serves()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var (plain, byLink, left, member) = (
            EngineHost.Person("Bob", roles: OtherRole), EngineHost.Person("Cleo") with { IsByLink = true },
            EngineHost.Person("Dan") with { IsByLink = true }, EngineHost.Person("Mallory", roles: OtherRole));
        (Actor Actor, bool HasRole, string[] Served)[] admissions =
        [
            (member, false, OfAll),
            (left, true, OfAll),
            (plain, true, OfSecond),
            (byLink, true, OfSecond),
            (await portal.InviteAsync("Nora"), false, [.. Commands.Keys.Except(Decisions)]),
            (portal.Admin, true, [.. Commands.Keys]),
        ];
        foreach (var actor in new[] { plain, byLink, left, member })
            await portal.SignInAsync(actor);

        var cells = 0;
        foreach (var (actor, hasRole, served) in admissions)
        {
            world.Roles = [FakeWorld.Role];
            await HandAsync(portal, left);
            if (actor == plain || actor == byLink)
                await HandAsync(portal, actor);
            else
                await portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "second", default);

            foreach (var (name, command) in Commands)
            {
                world.Roles = hasRole ? [FakeWorld.Role] : [OtherRole];
                (await IsServedAsync(() => command(portal, actor))).ShouldBe(served.Contains(name), $"{name} for {actor.Name}");
                cells++;
            }
        }

        output.WriteLine($"measured: {cells} commands tried, each with the admission of one kind of person");
    }

    [Fact]
    public async Task A_colleague_sees_the_step_and_nothing_else()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Engine.ChooseAsync(portal.Admin, "first", new { Name = "secret" }, default);
        await portal.Engine.ChooseAsync(portal.Admin, "second", new { Name = "theirs" }, default);
        var bob = EngineHost.Person("Bob", roles: OtherRole);
        await portal.SignInAsync(bob);
        await HandAsync(portal, bob);

        var read = (await portal.Engine.ReadAsync(bob, default)).ShouldNotBeNull();
        var followed = await portal.UntilAsync(_ => true, bob);

        foreach (var view in new[] { read, followed })
        {
            (view.IsHanded, view.IsWithheld, view.Digest).ShouldBe((true, false, null));
            view.Steps.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                s => s.Step.ShouldBe("second"), s => s.Number.ShouldBe(2), s => s.CanUndo.ShouldBeFalse());
            view.Choices.ByStep.Keys.ShouldBe(["second"]);
            view.Run!.Actions.ShouldAllBe(a => a.Step == "second");
            view.Run.Transcript.ShouldNotBeEmpty();
            view.Run.Transcript.ShouldAllBe(l => l.Step == "second");
            JsonSerializer.Serialize(view).ShouldNotContain("secret");
        }
    }

    [Fact]
    public async Task A_colleague_reads_the_step_alone_with_their_own_sign_in()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        var bob = EngineHost.Person("Bob", roles: OtherRole);
        await portal.SignInAsync(bob);
        await HandAsync(portal, bob, "first");

        await portal.Engine.PlanAsync(bob, null, default);

        (world.First.Reads, world.Second.Reads, world.Aside.Reads).ShouldBe((1, 0, 0), "what rests on the step is not theirs");
    }

    [Fact]
    public async Task Taking_the_step_back_ends_what_the_colleague_sees_and_may_do_at_once()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var bob = EngineHost.Person("Bob", roles: OtherRole);
        await portal.SignInAsync(bob);
        await HandAsync(portal, bob);
        (await portal.Engine.ReadAsync(bob, default))!.IsHanded.ShouldBeTrue();

        await portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "second", default);

        var view = await portal.UntilAsync(v => v.IsWithheld, bob);
        view.Steps.ShouldAllBe(s => s.Plan == null);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.ChooseAsync(bob, "second", new { }, default));
    }

    [Fact]
    public async Task Whoever_handed_the_step_sees_what_becomes_of_it()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var secret = (await portal.Get<IColleagueLinks>().HandAsync(portal.Admin, "second", default)).Secret!;

        (await SecondAsync()).Handed.ShouldNotBeNull().ShouldSatisfyAllConditions(h => h.SentBy.ShouldBe("Ada"), h => h.AcceptedBy.ShouldBeNull());
        var bob = EngineHost.Person("Bob");
        await portal.SignInAsync(bob);
        await AcceptAsync(portal, secret, bob);
        (await SecondAsync()).Handed!.AcceptedBy.ShouldBe("Bob");
        await portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "second", default);
        (await SecondAsync()).Handed.ShouldBeNull();

        async Task<StepView> SecondAsync() => (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[1];
    }

    private static async Task FollowAsync(EngineHost portal, Actor actor)
    {
        await foreach (var view in portal.Engine.FollowAsync(actor, default))
        {
            Refuse(view.Steps.All(s => s.Plan is null));
            return;
        }
    }

    private static async Task HandAsync(EngineHost portal, Actor colleague, string step = "second") =>
        await AcceptAsync(portal, (await portal.Get<IColleagueLinks>().HandAsync(portal.Admin, step, default)).Secret!, colleague);

    private static async Task AcceptAsync(EngineHost portal, string secret, Actor colleague)
    {
        var links = portal.Get<IColleagueLinks>();
        var door = (await links.FindAsync(secret, default)).ShouldNotBeNull();
        (await links.AcceptAsync(door.LinkId, new LinkHolder(EngineHost.Tenant, colleague.Access.PersonId), default)).IsColleague.ShouldBeTrue();
    }

    private static async Task<bool> IsServedAsync(Func<Task> command)
    {
        try
        {
            await command();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Refuse(bool refused)
    {
        if (refused)
            throw new UnauthorizedAccessException();
    }

    private static bool IsRefusal(Decision decision) => decision.Problem?.Key is "Engine.RoleMissing.What" or "Engine.PlanOutdated";
}
