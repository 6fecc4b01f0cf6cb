using System.Globalization;
using System.Text;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Isolation.Circuits;

/// <summary>The state of Contoso's onboarding while pages are open.</summary>
internal enum Scene
{
    /// <summary>Read, and ready to be approved.</summary>
    Planned,

    /// <summary>Approved: the safety gate asks, and a step waits for a person.</summary>
    Held,

    Verified,
}

/// <summary>A portal at one moment, with a tab open. Nothing progresses by itself, so every change was made by a page.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const int People = 40;
    public static readonly Guid Fabrikam = Guid.Parse("33333333-3333-4333-8333-333333333333");
    private const int LinesOfTimeline = 12;

    private Stage(EngineHost portal, FakeWorld world) => (Portal, World, Tab) = (portal, world, new Tab(portal));

    public EngineHost Portal { get; }

    public FakeWorld World { get; }

    public Tab Tab { get; }

    public Actor Specialist { get; } = EngineHost.Specialist();

    /// <summary>The portal's own id of Contoso.</summary>
    public Guid TenantId { get; private set; }

    /// <summary>People without an onboarding of their own were led to the list of tenants.</summary>
    public bool IsElsewhere => Tab.Address.EndsWith("/tenants", StringComparison.Ordinal);

    public static async Task<Stage> SetAsync(Scene scene)
    {
        var world = new FakeWorld { Aside = new(SecurityGroupsStep.StepName) };
        world.First.Wanted[0] = new FakeObject("object", People: People, CanStopCalls: true);
        if (scene == Scene.Held)
            world.Aside.Waits("Engine.NothingToTakeBack");
        var stage = new Stage(await EngineHost.StartAsync(world), world);
        await stage.GoToAsync(scene);
        return stage;
    }

    public Task<PortalDbContext> OpenAsync() => Portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(TenantId, default);

    public async Task HandAsync(string step, Actor colleague)
    {
        var links = Portal.Get<IColleagueLinks>();
        var door = (await links.FindAsync((await links.HandAsync(Portal.Admin, step, default)).Secret.ShouldNotBeNull(), default)).ShouldNotBeNull();
        var holder = new LinkHolder(colleague.Access.TenantId, colleague.Access.PersonId);
        (await links.AcceptAsync(door.LinkId, holder, default)).Kind.ShouldBe(LinkAnswerKind.Accepted);
    }

    public async Task InviteAsync(Actor guest)
    {
        var invitation = await Portal.Get<ISpecialistDesk>().InviteAsync(Specialist, TenantId, default);
        var holder = new LinkHolder(guest.Access.TenantId, guest.Access.PersonId);
        (await Portal.Get<IInvitations>().AcceptAsync(invitation.Id, holder, default)).ShouldBe(LinkAnswerKind.Accepted);
    }

    /// <summary>Everything that is stored, except sessions and the scheduler's data.</summary>
    public async Task<string> PrintAsync()
    {
        var values = await Portal.Database.ValuesAsync();
        var printed = values.Where(v => !v.Table.StartsWith("QRTZ", StringComparison.OrdinalIgnoreCase) && v.Table is not ("Sessions" or "TokenCaches"));
        return string.Join('\n', printed.Select(v => $"{v.Table}|{v.Column}|{v.Text}"));
    }

    public async ValueTask DisposeAsync()
    {
        await Tab.DisposeAsync();
        await Portal.DisposeAsync();
    }

    private async Task GoToAsync(Scene scene)
    {
        await Portal.Get<ITenants>().AddAsync(Fabrikam, "Fabrikam", "MTCH", default);
        await Portal.SignInAsync(Specialist);
        await Portal.Engine.PlanAsync(Portal.Admin, null, default);
        TenantId = (await Portal.Engine.ReadAsync(Portal.Admin, default))!.Tenant.Id;
        var desk = Portal.Get<ISpecialistDesk>();
        for (var i = 0; i < LinesOfTimeline; i++)
            (await desk.WriteNoteAsync(Specialist, TenantId, i == 0 ? "" : $"{i - 1}", $"{i}", default)).Problem.ShouldBeNull();
        if (scene != Scene.Planned)
            await RunAsync(scene);
        await Portal.FreezeAsync();
        if (scene == Scene.Planned)
            (await Portal.Get<IColleagueLinks>().HandAsync(Portal.Admin, "second", default)).Problem.ShouldBeNull();
        await desk.InviteAsync(Specialist, TenantId, default);
    }

    private async Task RunAsync(Scene scene)
    {
        await Portal.SetReadyAsync();
        await Portal.ApproveAsync();
        var gated = await Portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run
            && run.Waits.Any(w => w.Gate is { ReadyFlag: true }) && (scene == Scene.Verified || run.Waits.Count > 1));
        if (scene == Scene.Held)
            return;

        var wait = gated.Run!.Waits.First(w => w.Gate is not null);
        (await Portal.Engine.ConfirmAsync(Portal.Admin, gated.Run.Id, wait.Step, wait.Gate!.ActionKey, People, default)).Problem.ShouldBeNull();
        await Portal.UntilRunIsAsync(RunState.Done);
        await Portal.UntilAsync(v => v.Steps.All(s => s.Status == StepStatus.Verified));
    }
}
