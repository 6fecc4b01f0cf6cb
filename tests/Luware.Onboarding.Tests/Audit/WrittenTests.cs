using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>Events are recorded in the chain, with the person's object id and no other data about them.</summary>
public sealed class WrittenTests
{
    [Fact]
    public async Task A_run_is_told_from_the_sign_in_to_its_end()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        var admin = portal.Admin;

        await portal.Get<IAudit>().SignedInAsync(admin, default);
        await portal.Engine.ChooseAsync(admin, "aside", new FakeWish(), default);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Get<IAudit>().DownloadedAsync(admin, EngineHost.Tenant, "luware-onboarding.ps1", default);
        await portal.Get<IAudit>().SignedOutAsync(admin, default);

        var entries = await EntriesAsync(portal);
        entries.Select(e => e.Kind).ShouldBe(
        [
            "TenantAdded", "SignedIn", "ChoicesChanged", "Approved",
            "ActionStarted", "ActionDone", "StepVerified", "ActionStarted", "ActionDone", "StepVerified", "ActionStarted", "ActionDone", "StepVerified",
            "RunEnded", "Downloaded", "SignedOut",
        ]);
        entries.Where(e => e.Kind is "SignedIn" or "ChoicesChanged" or "Approved" or "Downloaded" or "SignedOut")
            .ShouldAllBe(e => e.Person == admin.Access.PersonId);
        var approval = Data(entries[3]);
        approval.GetProperty("digest").GetString()!.Length.ShouldBe(64);
        approval.GetProperty("steps").EnumerateArray().Select(s => s.GetString()).ShouldBe(["aside", "first", "second"]);
        approval.GetProperty("actions").EnumerateArray().Select(s => s.GetString()).ShouldContain("first/make-object");
        entries[4].Subject.ShouldBe("first/make-object");
        Data(entries[4]).GetProperty("sends").GetString().ShouldNotBeNullOrEmpty();
        (await VerifyAsync(portal)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_service_refused_is_told_with_its_code_and_correlation_id_and_without_its_words()
    {
        var refusal = new RefusedException("No", new RemoteAnswer("Graph", "Forbidden", "403", "Not for Otto Keller", "corr-1"));
        var world = new FakeWorld { First = { OnApply = (_, _, _) => throw refusal } };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilAsync(v => v.Run?.Waits.Any(w => w.Refusal is not null) == true);

        var refused = (await EntriesAsync(portal)).First(e => e.Kind == nameof(JournalKind.ActionRefused));
        Data(refused).GetProperty("answer").GetString().ShouldBe("Forbidden");
        Data(refused).GetProperty("correlationId").GetString().ShouldBe("corr-1");
        refused.DataJson.ShouldNotContain("Otto");
    }

    [Fact]
    public async Task The_gate_the_ready_flag_and_a_handed_step_are_told()
    {
        var world = new FakeWorld();
        world.First.Wanted[0] = new FakeObject("object", People: 40, CanStopCalls: true);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.SetReadyAsync();
        await portal.ApproveAsync();
        var view = await portal.UntilAsync(v => v.Run?.Waits.Any(w => w.Gate is not null) == true);

        (await portal.Engine.ConfirmAsync(portal.Admin, view.Run!.Id, "first", "make-object", 40, default)).Problem.ShouldBeNull();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Get<IColleagueLinks>().HandAsync(portal.Admin, "aside", default);
        await portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "aside", default);

        var entries = await EntriesAsync(portal);
        var confirmed = entries.Single(e => e.Kind == nameof(JournalKind.Confirmed));
        confirmed.Person.ShouldBe(portal.Admin.Access.PersonId);
        Data(confirmed).GetProperty("people").GetInt32().ShouldBe(40);
        Data(confirmed).GetProperty("action").GetString().ShouldBe("make-object");
        entries.Select(e => e.Kind).ShouldContain(nameof(JournalKind.ReadyChanged));
        entries.Select(e => e.Kind).ShouldContain(nameof(JournalKind.StepHanded));
        entries.Select(e => e.Kind).ShouldContain(nameof(JournalKind.LinkRevoked));
    }

    [Fact]
    public async Task The_journal_has_no_line_that_the_audit_lacks()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        (await portal.Engine.UndoAsync(portal.Admin, "first", default)).Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        await using var db = await OpenAsync(portal);
        var journal = await db.Journal.OrderBy(e => e.At).ToListAsync();
        (await EntriesAsync(portal)).Select(e => (e.At, e.Kind, e.Person)).ShouldBe(journal.Select(e => (e.At, e.Kind.ToString(), e.Person)));
    }

    [Fact]
    public async Task Nobody_appears_by_name()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var ada = portal.Admin;

        await portal.Get<IAudit>().SignedInAsync(ada, default);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        (await EntriesAsync(portal)).ShouldAllBe(e => !e.DataJson.Contains(ada.Name) && !e.DataJson.Contains(ada.UserPrincipalName));
        await using var db = await OpenAsync(portal);
        (await db.People.SingleAsync()).ShouldSatisfyAllConditions(p => p.ObjectId.ShouldBe(ada.Access.PersonId), p => p.Name.ShouldBe(ada.Name));
    }

    [Fact]
    public async Task Somebody_of_no_customer_is_in_nobodys_chain()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var stranger = EngineHost.Person("Eve", Guid.NewGuid());

        await portal.Get<IAudit>().SignedInAsync(stranger, default);

        (await EntriesAsync(portal)).Select(e => e.Kind).ShouldBe([nameof(JournalKind.TenantAdded)]);
    }

    [Fact]
    public async Task Luwares_own_people_have_a_chain_and_appear_in_a_customers_with_their_tenant()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var nina = EngineHost.Specialist();
        await portal.SignInAsync(nina);
        await using var db = await OpenAsync(portal);

        await portal.Get<IAudit>().SignedInAsync(nina, default);
        var desk = portal.Get<ISpecialistDesk>();
        (await desk.SetReadyAsync(nina, db.TenantId!.Value, ready: true, [], default)).Problem.ShouldBeNull();
        await desk.InviteAsync(nina, db.TenantId!.Value, default);

        (await EntriesAsync(portal)).Skip(1).Select(e => (e.Kind, e.Person, e.PersonTenant)).ShouldBe(
            [("ReadyChanged", nina.Access.PersonId, EngineHost.Luware), ("Invited", nina.Access.PersonId, EngineHost.Luware)]);
        var own = await portal.Get<AuditVerifier>().VerifyAsync(EngineHost.Luware, [], default);
        own.IsWhole.ShouldBeTrue();
        own.Entries.ShouldBe(1);
    }

    [Fact]
    public async Task Of_an_exported_list_the_filters_stand_in_the_chain_and_nobody_whom_it_was_searched_for()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var nina = EngineHost.Specialist();

        var view = CockpitView.Parse("?q=Jonas+Weber&owner=Nina+Keller&waits=Customer&x=Ada&sort=Since&page=3");
        await portal.Get<IAudit>().ExportedAsync(nina, view, new CockpitPage([], 17, false), default);

        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(EngineHost.Luware, default);
        (await db.Audit.SingleAsync()).DataJson.ShouldBe("""{"filters":["q","waits","owner"],"orMore":false,"rows":17}""");
    }

    [Fact]
    public void No_kind_of_entry_is_also_a_line_of_the_journal() =>
        typeof(AuditKinds).GetFields().Select(f => f.Name).Intersect(Enum.GetNames<JournalKind>()).ShouldBeEmpty();

    private static async Task<PortalDbContext> OpenAsync(EngineHost portal)
    {
        var contexts = portal.Get<IDbContextFactory<PortalDbContext>>();
        await using var db = await contexts.CreateDbContextAsync();
        return await contexts.OpenAsync((await db.Tenants.SingleAsync()).Id, default);
    }

    private static async Task<List<AuditEntry>> EntriesAsync(EngineHost portal)
    {
        await using var db = await OpenAsync(portal);
        return await db.Audit.AsNoTracking().OrderBy(e => e.Sequence).ToListAsync();
    }

    private static async Task<AuditFinding> VerifyAsync(EngineHost portal)
    {
        await using var db = await OpenAsync(portal);
        return await portal.Get<AuditVerifier>().VerifyAsync(db.TenantId!.Value, [], default);
    }

    private static JsonElement Data(AuditEntry entry) => JsonSerializer.Deserialize<JsonElement>(entry.DataJson);
}
