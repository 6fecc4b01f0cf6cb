using System.Text.Json;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Steps;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Engine.Scripts;

/// <summary>A person brings the result of a script: the portal looks for itself, and believes only what it may not read.</summary>
public sealed class ScriptReportTests
{
    private static readonly Exception Forbidden =
        new RefusedException("Access Denied.", new RemoteAnswer("Teams", "", "PermissionDenied", "Access Denied.", null));

    [Fact]
    public async Task What_the_portal_can_read_stands_as_it_read_it_whatever_the_result_says()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.First.Made["object"] = true;

        (await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("first", "second"), default)).Problem.ShouldBeNull();

        (await StatusesAsync(portal)).ShouldBe([StepStatus.Verified, StepStatus.Ready, StepStatus.Ready]);
        (await JournalAsync(portal)).ShouldBe([JournalKind.ScriptReported]);
    }

    [Fact]
    public async Task A_step_that_the_portal_may_not_read_is_verified_by_hand_by_that_person()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.Second.OnRead = _ => throw Forbidden;

        (await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("second"), default)).Problem.ShouldBeNull();

        var second = (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[1];
        second.Status.ShouldBe(StepStatus.VerifiedByHand);
        second.Detail!.Arguments.ShouldBe(["Ada"]);
        second.VerifiedAt.ShouldBeNull();
        var entries = await EntriesAsync(portal);
        StepTextsTests.ShouldBeSayable(entries.Select(e => EngineJson.ReadSentence(e.TextJson)));
        entries.Select(e => (e.Kind, e.Step, e.Person)).ShouldBe(
            [(JournalKind.ScriptReported, "", portal.Admin.Access.PersonId), (JournalKind.StepVerifiedByHand, "second", portal.Admin.Access.PersonId)]);
    }

    [Fact]
    public async Task The_hand_over_names_such_a_step_as_people_call_it_and_says_who_vouches_for_it()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.Second.OnRead = _ => throw Forbidden;
        await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("second"), default);

        var step = (await portal.Get<IHandover>().ReadAsync(portal.Admin, null, default)).Steps[1];

        step.Objects.ShouldHaveSingleItem().Name.ShouldBe(step.Name);
        HandoverWords.Standing(portal.Get<Say>(), step).First()
            .ShouldBe($"{step.StatusWord}: {portal.Get<Say>()[new Sentence("Script.VerifiedByHand", "Ada")]}");
    }

    [Fact]
    public async Task Missing_permissions_leave_the_steps_that_need_them_to_the_persons_word()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.Second.OnRead = _ => throw new ScopesMissingException(["user_impersonation"]);

        (await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("first", "second"), default)).Problem.ShouldBeNull();

        (await StatusesAsync(portal)).ShouldBe([StepStatus.Ready, StepStatus.VerifiedByHand, StepStatus.NotStarted]);
    }

    [Fact]
    public async Task A_service_that_is_only_busy_is_no_reason_to_believe()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world, settings: ("Engine:QuickRetries", "0"));
        world.Second.OnRead = _ => throw new TransientException("busy", null, null);

        await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("second"), default);

        (await StatusesAsync(portal))[1].ShouldBe(StepStatus.Unknown);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("byHand")]
    [InlineData("leftOut")]
    public async Task A_step_of_which_something_is_open_is_not_verified_by_hand(string state)
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.Second.OnRead = _ => throw Forbidden;

        await portal.Engine.TakeScriptResultAsync(portal.Admin, Report(state, "second"), default);

        (await StatusesAsync(portal))[1].ShouldBe(StepStatus.Unknown);
    }

    [Fact]
    public async Task By_hand_outlives_readings_that_see_nothing_and_gives_way_to_the_first_that_does()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.Second.OnRead = _ => throw Forbidden;
        await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("second"), default);

        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var unread = (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[1];
        world.Second.OnRead = null;
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        unread.Status.ShouldBe(StepStatus.VerifiedByHand);
        unread.Detail.ShouldNotBeNull();
        (await StatusesAsync(portal))[1].ShouldBe(StepStatus.Ready);
    }

    [Fact]
    public async Task By_hand_does_not_outlive_other_application_ids_than_the_person_answered_for()
    {
        var world = new FakeWorld();
        world.Second.RestsOn = region => $"{region.Applications[0].ApplicationId}";
        await using var portal = await EngineHost.StartAsync(world);
        world.Second.OnRead = _ => throw Forbidden;
        await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("second"), default);
        (await StatusesAsync(portal))[1].ShouldBe(StepStatus.VerifiedByHand);

        portal.Regions.RenewApplication();
        await portal.Get<RegionChanges>().CheckAsync(default);

        (await StatusesAsync(portal))[1].ShouldBe(StepStatus.ChangedSinceVerified);
    }

    [Fact]
    public async Task While_a_run_is_on_its_way_nobody_else_says_where_its_steps_stand_but_it_looks_again()
    {
        var world = new FakeWorld();
        world.First.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "wait");
        world.First.Made["object"] = true;

        (await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("first"), default)).Problem.ShouldBeNull();

        await portal.UntilRunIsAsync(RunState.Done);
        (await JournalAsync(portal)).ShouldNotContain(JournalKind.StepVerifiedByHand);
    }

    [Fact]
    public async Task A_run_about_other_steps_hinders_nobody_from_vouching_for_one()
    {
        var world = new FakeWorld();
        world.First.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveStepAsync("first");
        await portal.UntilHeldAsync("first", "wait");
        world.First.OnRead = world.Aside.OnRead = _ => throw Forbidden;

        (await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("first", "aside"), default)).Problem.ShouldBeNull();

        (await StatusesAsync(portal))[2].ShouldBe(StepStatus.VerifiedByHand);
        (await EntriesAsync(portal)).Where(e => e.Kind == JournalKind.StepVerifiedByHand).Select(e => e.Step).ShouldBe(["aside"]);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("scopes")]
    [InlineData("busy")]
    public async Task A_run_that_may_not_read_a_step_keeps_a_persons_word_for_it_and_goes_on(string fault)
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.First.OnRead = _ => throw Forbidden;
        await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("first"), default);
        await portal.Engine.PlanAsync(portal.Admin, "second", default);
        world.First.OnRead = _ => throw fault switch
        {
            "scopes" => new ScopesMissingException(["user_impersonation"]),
            "busy" => new TransientException("busy"),
            _ => Forbidden,
        };

        await portal.ApproveStepAsync("second", plan: false);
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["second/object"]);
        view.Steps[0].ShouldSatisfyAllConditions(s => s.Status.ShouldBe(StepStatus.VerifiedByHand), s => s.Detail!.Arguments.ShouldBe(["Ada"]));
    }

    [Fact]
    public async Task A_run_that_does_see_a_step_replaces_a_persons_word_for_it()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.First.OnRead = _ => throw Forbidden;
        await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("first"), default);
        await portal.Engine.PlanAsync(portal.Admin, "second", default);
        world.First.OnRead = null;

        await portal.ApproveStepAsync("second", plan: false);

        (await portal.UntilHeldAsync("first", "Engine.PlanChanged")).Steps[0].Status.ShouldBe(StepStatus.WaitingOnCustomer);
        world.Applied.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_faulty_result_changes_nothing_and_reads_nothing()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);

        (await portal.Engine.TakeScriptResultAsync(portal.Admin, "no result", default)).Problem!.Key.ShouldBe("Script.Result.NotOne");
        (await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("coffee"), default)).Problem!.Key.ShouldBe("Script.Result.UnknownStep");

        world.First.Reads.ShouldBe(0);
        (await JournalAsync(portal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sign_in_that_has_ended_is_said()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.First.OnRead = _ => throw new SignInRequiredException("AADSTS50173");

        (await portal.Engine.TakeScriptResultAsync(portal.Admin, Result("first"), default)).Problem!.Key.ShouldBe("Script.Result.SignInAgain");

        (await StatusesAsync(portal))[0].ShouldBe(StepStatus.NotStarted);
    }

    [Fact]
    public async Task Only_who_may_work_gets_a_script_or_brings_a_result()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        var stranger = EngineHost.Person("Eve", roles: Guid.NewGuid());
        await portal.SignInAsync(stranger);
        var gone = EngineHost.Person("Gus");

        foreach (var actor in new[] { stranger, gone })
        {
            await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.GetScriptAsync(actor, null, default));
            await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.TakeScriptResultAsync(actor, Result("first"), default));
        }
    }

    [Fact]
    public async Task A_step_without_a_script_and_one_that_there_is_not_have_none()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());

        (await portal.Engine.GetScriptAsync(portal.Admin, "first", default)).ShouldNotBeNull();
        (await portal.Engine.GetScriptAsync(portal.Admin, "aside", default)).ShouldBeNull();
        (await portal.Engine.GetScriptAsync(portal.Admin, "coffee", default)).ShouldBeNull();
        (await portal.Engine.GetScriptAsync(portal.Admin, null, default))!.ShouldContain("Start-Step 'second'");
    }

    private static string Result(params string[] steps) => Report("made", steps);

    private static string Report(string state, params string[] steps) => JsonSerializer.Serialize(new
    {
        format = "luware-portal-script", version = 1, tenant = EngineHost.Tenant, script = "onboarding",
        startedAt = DateTimeOffset.UnixEpoch, endedAt = DateTimeOffset.UnixEpoch,
        problem = (string?)null, steps = steps.Select(s => new { step = s, objects = new[] { new { id = "object", state, message = "" } } }),
    });

    private static async Task<IReadOnlyList<StepStatus>> StatusesAsync(EngineHost portal) =>
        [.. (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps.Select(s => s.Status)];

    private static async Task<IReadOnlyList<JournalKind>> JournalAsync(EngineHost portal) => [.. (await EntriesAsync(portal)).Select(e => e.Kind)];

    private static async Task<IReadOnlyList<JournalEntry>> EntriesAsync(EngineHost portal)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.Journal.AcrossTenants().Where(e => e.Kind != JournalKind.TenantAdded).OrderBy(e => e.At).ToListAsync();
    }
}
