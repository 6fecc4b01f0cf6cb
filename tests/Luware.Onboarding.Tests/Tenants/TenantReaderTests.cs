using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;

namespace Luware.Onboarding.Tests.Tenants;

public sealed class TenantReaderTests : IAsyncLifetime
{
    private readonly FakeWorld world = new();
    private readonly Actor nina = EngineHost.Specialist();
    private EngineHost portal = null!;

    private ITenantReader Reader => portal.Get<ITenantReader>();

    public async ValueTask InitializeAsync()
    {
        portal = await EngineHost.StartAsync(world);
        await portal.SignInAsync(nina);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_specialist_sees_what_was_stored_and_nothing_is_read_for_her()
    {
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var id = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;
        var desk = portal.Get<ISpecialistDesk>();
        var seen = new TenantDetails("Contoso", "", "MTCH");
        var ids = new Dictionary<string, string> { ["1"] = "7c1d0a52-4b7e-4a39-9a53-0f6f1c2f8e11" };
        await desk.ChangeAsync(nina, id, seen, seen with { Language = "de", OwnerName = "Nina", ApplicationIds = ids }, read: null, default);
        await desk.InviteAsync(nina, id, default);
        await desk.WriteNoteAsync(nina, id, "", "Change board on Wednesdays", default);
        await desk.SetReadyAsync(nina, id, true, [], default);
        var reads = world.First.Reads;

        var file = (await Reader.ReadAsync(nina, id, default))!;

        (file.Row.Name, file.Row.Ready, file.Row.OwnerName, file.Note, file.ReadyBy).ShouldBe(("Contoso", true, "Nina", "Change board on Wednesdays", "Nina"));
        (file.Details.Language, file.Details.ApplicationIds["1"]).ShouldBe(("de", "7c1d0a52-4b7e-4a39-9a53-0f6f1c2f8e11"));
        file.Invitations.Single().AcceptedBy.ShouldBeNull();
        file.View.Steps.ShouldAllBe(s => s.Plan != null);
        world.First.Reads.ShouldBe(reads);
        var lines = await Reader.ReadTimelineAsync(nina, id, 3, default);
        lines.Select(l => l.Text.Key).ShouldBe(["Engine.ReadySet", "Engine.NoteWritten", "Engine.Invited"]);
    }

    [Fact]
    public async Task The_timeline_leaves_out_what_a_verified_step_says()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        var id = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;

        var kinds = (await Reader.ReadTimelineAsync(nina, id, 100, default)).Select(l => l.Kind).ToList();

        kinds.ShouldNotContain(JournalKind.ActionStarted);
        kinds.ShouldNotContain(JournalKind.ActionDone);
        kinds.Count(k => k == JournalKind.StepVerified).ShouldBe(3);
    }

    [Fact]
    public async Task Who_closed_it_is_said()
    {
        var id = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;
        await portal.Get<ISpecialistDesk>().SetClosedAsync(nina, id, closed: true, read: null, default);

        (await Reader.ReadAsync(nina, id, default))!.ClosedBy.ShouldBe("Nina");
    }

    [Fact]
    public async Task What_changes_comes_by_itself()
    {
        var id = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var files = Reader.FollowAsync(nina, id, limit.Token).GetAsyncEnumerator(limit.Token);
        (await files.MoveNextAsync()).ShouldBeTrue();

        await portal.Engine.PlanAsync(portal.Admin, null, default);

        while (files.Current.Row.Status != StepStatus.Ready)
            (await files.MoveNextAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_is_said_to_be_gone()
    {
        (await Reader.ReadAsync(nina, Guid.NewGuid(), default)).ShouldBeNull();
        await foreach (var _ in Reader.FollowAsync(nina, Guid.NewGuid(), default))
            Assert.Fail("There is nothing to follow.");
    }
}
