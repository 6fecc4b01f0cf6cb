using System.Globalization;
using System.Text;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Texts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>Three people have worked on an onboarding. Each is known by name in one table only, and after erasure nowhere.</summary>
public sealed class ErasedNamesTests : IAsyncLifetime
{
    private const string Customer = "Adalind Quxworthy", Colleague = "Bertrand Quxworthy", Specialist = "Ninette Quxworthy";

    private readonly FakeWorld world = new();
    private readonly Actor bertrand = EngineHost.Person(Colleague);
    private readonly Actor ninette = EngineHost.Person(Specialist, EngineHost.Luware) with
    {
        Roles = [], AppRoles = [Staff.SuccessSpecialist, Staff.PortalAdministrator],
    };
    private EngineHost portal = null!;
    private Guid tenant;

    public async ValueTask InitializeAsync()
    {
        world.First.Wanted[0] = new FakeObject("object", People: 40, CanStopCalls: true);
        portal = await EngineHost.StartAsync(world, admin: EngineHost.Person(Customer));
        await portal.SignInAsync(bertrand);
        await portal.SignInAsync(ninette);
        await portal.Get<IAudit>().SignedInAsync(ninette, default);
        tenant = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;
        await WorkAsync();
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_name_stands_in_the_table_of_people_and_in_the_summary_that_follows_from_it()
    {
        (await PlacesOfAsync("Quxworthy")).ShouldBe(["People.Name", "People.UserPrincipalName", "Summaries.Who"]);

        (await SaidAsync()).ShouldContain(t => t.Contains(Customer, StringComparison.Ordinal));
        (await SaidAsync()).ShouldContain(t => t.Contains(Colleague, StringComparison.Ordinal));
        (await SaidAsync()).ShouldContain(t => t.Contains(Specialist, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en-GB", "a person whose name was erased")]
    [InlineData("de-CH", "jemand mit gelöschtem Namen")]
    public async Task Once_erased_it_stands_nowhere_and_everything_says_so(string culture, string words)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
        var before = await SaidAsync();
        foreach (var person in new[] { portal.Admin, bertrand, ninette })
            (await portal.Get<IAuditKeeper>().EraseAsync(person.Access.PersonId, null, default)).ShouldBe(1);

        var after = await SaidAsync();

        (await PlacesOfAsync("Quxworthy")).ShouldBeEmpty();
        after.ShouldNotContain(t => t.Contains("Quxworthy", StringComparison.Ordinal) || t.Contains("@person", StringComparison.Ordinal));
        after.Count(t => t.Contains(words, StringComparison.OrdinalIgnoreCase)).ShouldBe(before.Count(t => t.Contains("Quxworthy", StringComparison.Ordinal)));
        after.ShouldNotContain(
            t => t.StartsWith($"{words} ", StringComparison.Ordinal) && !t.StartsWith($"{words} (", StringComparison.Ordinal),
            "a sentence begins in a capital");
        foreach (var chain in new[] { tenant, EngineHost.Luware })
            (await portal.Get<AuditVerifier>().VerifyAsync(chain, [], default)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Each_form_of_the_hand_over_says_so_with_the_object_id()
    {
        await portal.Get<IAuditKeeper>().EraseAsync(portal.Admin.Access.PersonId, null, default);

        var (json, csv) = (await WriteAsync(HandoverFormat.Json), await WriteAsync(HandoverFormat.Csv));

        foreach (var text in new[] { json, csv })
        {
            text.ShouldNotContain(Customer);
            text.ShouldContain("A person whose name was erased approved the plan");
            text.ShouldContain($"{portal.Admin.Access.PersonId}");
        }

        json.ShouldContain("\"erased\": true");
        csv.ShouldContain($"a person whose name was erased ({portal.Admin.Access.PersonId})");
    }

    [Fact]
    public async Task Who_administers_the_portal_erases_luwares_own_people_where_she_erases_customers()
    {
        var record = portal.Get<IAuditRecord>();
        var specialist = EngineHost.Specialist("Marco");
        await portal.SignInAsync(specialist);
        var part = await record.ReadAsync(ninette, EngineHost.Luware, null, default);
        (part.IsOfStaff, part.Rows.Single().Kind, part.Rows.Single().Name).ShouldBe((true, AuditKinds.SignedIn, Specialist));
        part.People.Select(p => p.Name).ShouldBe(["Marco", Specialist], ignoreOrder: true);

        (await record.EraseAsync(ninette, EngineHost.Luware, specialist.Access.PersonId, default)).ShouldBeTrue();

        part = await record.ReadAsync(ninette, EngineHost.Luware, null, default);
        part.People.Select(p => p.Name).ShouldBe([Specialist]);
        part.Rows[0].Kind.ShouldBe(AuditKinds.PersonErased);
        (await record.VerifyAsync(ninette, EngineHost.Luware, null, default)).IsWhole.ShouldBeTrue();
        foreach (var other in new[] { specialist, portal.Admin })
        {
            await Should.ThrowAsync<UnauthorizedAccessException>(() => record.ReadAsync(other, EngineHost.Luware, null, default));
            await Should.ThrowAsync<UnauthorizedAccessException>(() => record.ExportAsync(other, EngineHost.Luware, default));
            await Should.ThrowAsync<UnauthorizedAccessException>(() => record.EraseAsync(other, EngineHost.Luware, ninette.Access.PersonId, default));
        }

        await record.ExportAsync(ninette, EngineHost.Luware, default);
        (await record.ReadAsync(ninette, EngineHost.Luware, null, default)).Rows[0].Kind.ShouldBe(AuditKinds.Exported);
    }

    [Fact]
    public async Task An_export_holds_object_ids_alone()
    {
        var export = await portal.Get<IAuditRecord>().ExportAsync(portal.Admin, null, default);

        var lines = await export.Lines.ToListAsync();

        lines.ShouldNotBeEmpty();
        lines.ShouldAllBe(l => !l.Contains("Quxworthy", StringComparison.Ordinal));
        lines.ShouldContain(l => l.Contains($"{bertrand.Access.PersonId}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_next_sign_in_the_name_is_known_again()
    {
        await portal.Get<IAuditKeeper>().EraseAsync(portal.Admin.Access.PersonId, null, default);

        await portal.SignInAsync(portal.Admin);

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!.ApprovedBy.ShouldBe(Customer);
    }

    /// <summary>Does everything that stores a reference to a person: an approval, the gate, the ready flag, invitations, a handed step, test calls.</summary>
    private async Task WorkAsync()
    {
        var (desk, links, invitations) = (portal.Get<ISpecialistDesk>(), portal.Get<IColleagueLinks>(), portal.Get<IInvitations>());
        await desk.SetReadyAsync(ninette, tenant, ready: true, [], default);
        await desk.WriteNoteAsync(ninette, tenant, "", "Change board on Wednesdays", default);
        var invited = (await desk.InviteAsync(ninette, tenant, default)).Secret!;
        var invitation = (await invitations.FindAsync(invited, default))!;
        await invitations.AcceptAsync(invitation.LinkId, new LinkHolder(EngineHost.Tenant, portal.Admin.Access.PersonId), default);
        await desk.InviteAsync(ninette, tenant, default);
        await portal.ApproveAsync();
        var view = await portal.UntilAsync(v => v.Run?.Waits.Any(w => w.Gate is not null) == true);
        var handed = (await links.HandAsync(portal.Admin, "aside", default)).Secret!;
        await links.AcceptAsync((await links.FindAsync(handed, default))!.LinkId, new LinkHolder(EngineHost.Tenant, bertrand.Access.PersonId), default);
        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, default);
        (await portal.Engine.ConfirmAsync(portal.Admin, view.Run!.Id, "first", "make-object", 40, default)).Problem.ShouldBeNull();
        await portal.UntilRunIsAsync(RunState.Done);
        (await portal.Engine.UndoAsync(portal.Admin, "second", default)).Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        // From here on the portal waits for a person, so the cockpit shows a name.
        world.Second.Waits("wait");
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "wait");
    }

    /// <summary>Every text in which pages, timelines and the hand-over show people's names.</summary>
    private async Task<List<string>> SaidAsync()
    {
        var say = portal.Get<Say>();
        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        var reader = portal.Get<ITenantReader>();
        var file = (await reader.ReadAsync(ninette, tenant, default))!;
        var timeline = await reader.ReadTimelineAsync(ninette, tenant, 1000, default);
        var part = await portal.Get<IAuditRecord>().ReadAsync(ninette, tenant, null, default);
        var model = await portal.Get<IHandover>().ReadAsync(portal.Admin, null, default);
        return
        [
            say["Run.Lead", view.Run!.ApprovedBy, ""], .. view.Run.Transcript.Select(l => say[l.Text]),
            .. view.TestCalls.Select(c => say["TestCall.Worked", c.By, ""]),
            .. view.Steps.Where(s => s.Handed is not null)
                .SelectMany(s => new[] { say["Handed.Waiting", s.Handed!.SentBy, ""], say["Handed.Done", s.Handed.AcceptedBy!] }),
            .. timeline.Select(l => say[l.Text]), say["Ready.SetBy", file.ReadyBy!, ""],
            .. file.Invitations.Select(i => say["Invitation.Open", i.CreatedBy, "", ""]),
            .. file.Invitations.Where(i => i.AcceptedBy is not null).Select(i => say["Invitation.Accepted", i.AcceptedBy!, ""]), say.Who(file.Row) ?? "",
            .. part.Rows.Where(r => r.Name is not null).Select(r => say.Argument(r.Name!)),
            .. model.Events.SelectMany(e => new[] { e.What, e.By?.Shown ?? "" }), .. model.Actions.Select(a => a.RightsOf?.Shown ?? ""),
        ];
    }

    private async Task<string> WriteAsync(HandoverFormat format)
    {
        var file = (await portal.Get<IHandover>().WriteAsync(ninette, tenant, format, default)).ShouldNotBeNull();
        using var stream = new MemoryStream();
        await file.WriteAsync(stream, default);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The columns of the whole database in which a text stands.</summary>
    private async Task<List<string>> PlacesOfAsync(string text) =>
        [.. (await portal.Database.ValuesAsync()).Where(v => v.Text.Contains(text)).Select(v => $"{v.Table}.{v.Column}").Distinct()];
}
