using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Audit;

public sealed class AuditRecordTests : IAsyncLifetime
{
    private readonly Actor nina = EngineHost.Specialist();
    private EngineHost portal = null!;

    public async ValueTask InitializeAsync()
    {
        portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.SignInAsync(nina);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Which_action_an_entry_is_about_is_said_in_the_words_of_the_journal()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        var begun = (await RowsAsync(nina, await TenantAsync())).Where(r => r.Kind == nameof(JournalKind.ActionStarted)).ToList();

        begun.Select(e => e.Says?.Key).ShouldBe(["Title", "Title", "Title"]);
    }

    [Fact]
    public async Task An_entry_that_is_later_than_the_one_after_it_is_said_in_the_words_of_the_journal_too()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        var tenant = await TenantAsync();
        var begun = (await RowsAsync(nina, tenant)).First(r => r.Kind == nameof(JournalKind.ActionStarted));
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default))
        {
            // As when another portal, whose clock is behind, wrote all that follows.
            var ahead = begun.At.AddHours(1);
            await db.Audit.Where(e => e.Sequence == begun.Sequence).ExecuteUpdateAsync(set => set.SetProperty(e => e.At, ahead));
            await db.Journal.Where(e => e.At == begun.At).ExecuteUpdateAsync(set => set.SetProperty(e => e.At, ahead));
        }

        (await RowsAsync(nina, tenant)).Single(r => r.Sequence == begun.Sequence).Says!.Key.ShouldBe("Title");
    }

    [Fact]
    public async Task Of_luwares_note_the_customers_audit_says_nothing()
    {
        var id = await TenantAsync();
        await portal.Get<ISpecialistDesk>().WriteNoteAsync(nina, id, "", "They hesitate.", default);

        (await SaidAsync(nina, id)).ShouldBe(["Engine.NoteWritten"]);
        (await SaidAsync(portal.Admin, null)).ShouldBeEmpty();

        async Task<IEnumerable<string>> SaidAsync(Actor who, Guid? tenant) =>
            (await RowsAsync(who, tenant)).Where(r => r.Kind == nameof(JournalKind.TenantChanged)).Select(r => r.Says?.Key).OfType<string>();
    }

    private async Task<Guid> TenantAsync() => (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;

    private async Task<IReadOnlyList<AuditRow>> RowsAsync(Actor who, Guid? tenant) =>
        (await portal.Get<IAuditRecord>().ReadAsync(who, tenant, null, default)).Rows;
}
