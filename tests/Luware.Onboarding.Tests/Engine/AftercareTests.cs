using System.Data.Common;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Engine;

public sealed class AftercareTests
{
    [Fact]
    public async Task The_latest_word_on_each_kind_of_test_call_is_shown_with_who_and_when()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var aftercare = portal.Get<IAftercare>();

        await aftercare.RecordTestCallAsync(portal.Admin, TestCallKind.Meeting, "policy", worked: true, default);
        await aftercare.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);
        await aftercare.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, default);

        var calls = (await portal.Engine.ReadAsync(portal.Admin, default))!.TestCalls;
        calls.Select(c => (c.Kind, c.Worked, c.By)).ShouldBe([(TestCallKind.Inside, true, "Ada"), (TestCallKind.Meeting, true, "Ada")]);
        calls[0].At.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_test_call_of_before_the_taking_back_proves_nothing_any_more()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, default);

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        var view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        view.TestCalls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_test_call_of_before_an_approval_replaced_the_taking_back_proves_nothing_either()
    {
        var world = new FakeWorld();
        world.Second.Wanted.Add(new FakeObject("shield"));
        world.Second.OnRemove = key => key == "shield"
            ? new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("shields"), PollAfter: TimeSpan.FromHours(1)) { YieldsToApproval = true }
            : null;
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        var before = (await portal.UntilHeldAsync("second", "shields")).TestCalls.Count;

        await portal.ApproveAsync();
        var view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Apply, State: RunState.Done });

        (before, view.TestCalls.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Ending_the_access_ends_every_session_of_the_tenant_and_of_no_other()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var (colleague, stranger) = (EngineHost.Person("Bea"), EngineHost.Person("Tom", tenant: Guid.NewGuid()));
        await portal.SignInAsync(colleague);
        await portal.SignInAsync(stranger);
        foreach (var actor in new[] { portal.Admin, colleague, stranger })
            await portal.Get<ITokenCaches>().WriteAsync(actor.Access.SessionId, [1], default);

        (await portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default)).Problem.ShouldBeNull();

        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.ReadAsync(portal.Admin, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.ReadAsync(colleague, default));
        (await portal.Get<ITokenCaches>().ReadAsync(portal.Admin.Access.SessionId, default)).ShouldBeNull();
        (await portal.Get<ITokenCaches>().ReadAsync(colleague.Access.SessionId, default)).ShouldBeNull();
        (await portal.Get<ITokenCaches>().ReadAsync(stranger.Access.SessionId, default)).ShouldNotBeNull();
        // A job that still held a token does not bring the cache back.
        await portal.Get<ITokenCaches>().WriteAsync(portal.Admin.Access.SessionId, [1], default);
        (await portal.Get<ITokenCaches>().ReadAsync(portal.Admin.Access.SessionId, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_has_lost_the_role_since_the_sign_in_ends_nobodys_access()
    {
        var world = new FakeWorld { Roles = [] };
        await using var portal = await EngineHost.StartAsync(world);

        (await portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default)).Problem!.Key.ShouldBe("Engine.RoleMissing.What");
        (await portal.Engine.ReadAsync(portal.Admin, default)).ShouldNotBeNull("they are still signed in");

        world.Roles = [FakeWorld.Role];
        (await portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default)).Problem.ShouldBeNull();
    }

    public static TheoryData<GatewayException, bool> Faults => new()
    {
        { new SignInRequiredException("AADSTS50173"), true },
        { new ScopesMissingException(["Directory.Read.All"]), true },
        { new TransientException("busy"), false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Who_has_removed_the_portals_application_first_can_still_end_the_rest(GatewayException fault, bool ends)
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld { DirectoryFault = fault });

        (await portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default)).IsAccepted.ShouldBe(ends);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Who_was_invited_and_holds_no_role_ends_nobodys_access(GatewayException fault, bool _)
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld { DirectoryFault = fault });
        var lea = await portal.InviteAsync("Lea");

        (await portal.Get<IAftercare>().EndAccessAsync(lea, default)).IsAccepted.ShouldBeFalse();
        (await portal.Engine.ReadAsync(portal.Admin, default)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ending_the_access_and_ending_recording_make_every_open_link_good_no_more_and_say_so(bool offboards)
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.ApproveAsync();
        var tenant = (await portal.UntilRunIsAsync(RunState.Done)).Tenant.Id;
        var (links, aftercare) = (portal.Get<IColleagueLinks>(), portal.Get<IAftercare>());
        var handed = (await links.HandAsync(portal.Admin, "second", default)).Secret.ShouldNotBeNull();
        var nina = EngineHost.Specialist();
        await portal.SignInAsync(nina);
        var invited = (await portal.Get<ISpecialistDesk>().InviteAsync(nina, tenant, default)).Secret.ShouldNotBeNull();

        var decision = offboards
            ? await aftercare.OffboardAsync(portal.Admin, await aftercare.PlanOffboardingAsync(portal.Admin, default), default)
            : await aftercare.EndAccessAsync(portal.Admin, default);

        decision.Problem.ShouldBeNull();
        (await links.FindAsync(handed, default)).ShouldBeNull();
        (await portal.Get<IInvitations>().FindAsync(invited, default)).ShouldBeNull();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
        var entries = await db.Audit.Where(e => e.Kind == nameof(JournalKind.LinkRevoked) || e.Kind == nameof(JournalKind.InvitationRevoked))
            .OrderBy(e => e.Sequence).ToListAsync();
        entries.Select(e => (e.Kind, e.Subject, e.Person)).ShouldBe(
        [
            (nameof(JournalKind.InvitationRevoked), "", portal.Admin.Access.PersonId),
            (nameof(JournalKind.LinkRevoked), "second", portal.Admin.Access.PersonId),
        ]);
    }

    [Fact]
    public async Task Whoever_is_answered_for_somebody_else_reads_nothing_of_the_portals_own_access_and_of_people()
    {
        var world = new FakeWorld { DirectoryFault = new WrongIdentityException("another tenant") };
        await using var portal = await EngineHost.StartAsync(world);

        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Get<IAftercare>().ReadOwnAccessAsync(portal.Admin, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Get<IPeopleSearch>().FindAsync(portal.Admin, "Ada", default));
    }

    [Fact]
    public async Task When_the_sessions_cannot_be_ended_nothing_says_that_the_access_was()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var handed = (await portal.Get<IColleagueLinks>().HandAsync(portal.Admin, "second", default)).Secret.ShouldNotBeNull();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await portal.Database.RenameAsync("TokenCaches", "Away");

        await Should.ThrowAsync<DbException>(() => portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default));

        (await db.Audit.AcrossTenants().AnyAsync(e => e.Kind == nameof(JournalKind.AccessEnded))).ShouldBeFalse();
        (await portal.Get<IColleagueLinks>().FindAsync(handed, default)).ShouldNotBeNull();
        (await portal.Engine.ReadAsync(portal.Admin, default)).ShouldNotBeNull("nobody was signed out");
        await portal.Database.RenameAsync("Away", "TokenCaches");
        (await portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default)).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_asks_again_after_the_access_has_ended_starts_nothing()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        var authorization = await portal.Get<Admission>().AdmitToAsync(portal.Admin, step: null, default);
        (await portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default)).Problem.ShouldBeNull();

        await Should.ThrowAsync<UnauthorizedAccessException>(
            () => portal.Get<RunCommands>().ApproveAsync(authorization, portal.Admin, view.Digest.ShouldNotBeNull(), default),
            "they were admitted a moment before");

        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        (await db.Runs.AcrossTenants().AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task The_access_is_not_ended_under_a_run_that_waits()
    {
        var world = new FakeWorld();
        world.Aside.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "wait");

        (await portal.Get<IAftercare>().EndAccessAsync(portal.Admin, default)).Problem!.Key.ShouldBe("Engine.AccessInUse");

        (await portal.Engine.ReadAsync(portal.Admin, default)).ShouldNotBeNull();
    }

    [Fact]
    public void The_portals_own_application_is_removed_by_its_object_id_or_found_by_its_application_id()
    {
        var (application, id) = (Guid.NewGuid(), Guid.NewGuid());

        new OwnAccess(application, id).Command.ShouldBe($"Remove-MgServicePrincipal -ServicePrincipalId '{id}'");
        new OwnAccess(application, id).EntraPage.AbsoluteUri.ShouldContain($"objectId/{id}/appId/{application}");
        new OwnAccess(application, null).Command.ShouldContain($"appId eq '{application}'");
    }
}
