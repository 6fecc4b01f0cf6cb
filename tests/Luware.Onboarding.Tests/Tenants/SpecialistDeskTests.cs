using Luware.Onboarding.Audit;
using Luware.Onboarding.Consent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Tenants;

public sealed class SpecialistDeskTests : IAsyncLifetime
{
    private static readonly StepOutcome.Waiting WaitForAnHour =
        new(WaitsFor.Luware, new Sentence("Consent.WaitForId", "Recorder", "id"), PollAfter: TimeSpan.FromHours(1));

    private static readonly Guid Fabrikam = Guid.Parse("33333333-3333-4333-8333-333333333333");

    private readonly FakeWorld world = new();
    private readonly Actor nina = EngineHost.Specialist();
    private EngineHost portal = null!;

    private ISpecialistDesk Desk => portal.Get<ISpecialistDesk>();

    private IInvitations Invitations => portal.Get<IInvitations>();

    public async ValueTask InitializeAsync()
    {
        portal = await EngineHost.StartAsync(world);
        await portal.SignInAsync(nina);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_domain_is_resolved_to_its_tenant_at_once()
    {
        world.Names.Domains["fabrikam.de"] = Fabrikam;

        var fabrikam = new TenantDetails("Fabrikam", " fabrikam.de ", "MTCH") { Package = "standard", OwnerName = "Nina", OwnerMail = "nina@luware.example" };
        var added = await Desk.AddAsync(nina, fabrikam, default);

        added.Problem.ShouldBeNull();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var row = await db.Tenants.SingleAsync(t => t.Id == added.TenantId);
        (row.EntraTenantId, row.Domain, row.Region, row.OwnerMail).ShouldBe((Fabrikam, "fabrikam.de", "MTCH", "nina@luware.example"));
        db.TenantId = row.Id;
        var said = (await db.Audit.SingleAsync()).DataJson;
        foreach (var fact in new[] { "name\":\"Fabrikam", "region\":\"MTCH", "package\":\"standard", "language\":\"en" })
            said.ShouldContain(fact);
    }

    [Fact]
    public async Task A_tenant_is_added_once_however_many_add_it()
    {
        var details = new TenantDetails("Fabrikam", $"{Fabrikam}", "MTCH");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Desk.AddAsync(nina, details, default)));

        answers.Select(a => a.TenantId).Distinct().Count().ShouldBe(1);
        answers.Count(a => a.Problem is null).ShouldBe(1);
        answers.Where(a => a.Problem is not null).ShouldAllBe(a => a.Problem!.Key == "Tenants.Fault.There");
    }

    [Fact]
    public async Task What_cannot_be_right_is_said_and_nothing_is_added()
    {
        var good = new TenantDetails("Fabrikam", $"{Fabrikam}", "MTCH");
        (TenantDetails Details, string Fault)[] wrong =
        [
            (good with { Name = " " }, "Name"), (good with { Region = "MTXX" }, "Region"), (good with { Package = "Golden" }, "Package"),
            (good with { Language = "fr" }, "Language"),
            (good with { OwnerName = new string('n', 257) }, "Owner"), (good with { OwnerMail = "nina" }, "OwnerMail"),
            (good with { TenantOrDomain = "nobody.example" }, "Tenant"), (good with { TenantOrDomain = $"{Guid.Empty}" }, "Tenant"),
            (good with { TenantOrDomain = $"{EngineHost.Luware}" }, "OwnTenant"), (good with { TenantOrDomain = "luware.example" }, "OwnTenant"),
            (good with { ApplicationIds = new Dictionary<string, string> { ["1"] = "x" } }, "ApplicationId"),
            (good with { ApplicationIds = new Dictionary<string, string> { ["2"] = $"{Guid.NewGuid()}" } }, "ApplicationId"),
        ];

        world.Names.Domains["luware.example"] = EngineHost.Luware;
        foreach (var (details, fault) in wrong)
            (await Desk.AddAsync(nina, details, default)).Problem.ShouldNotBeNull(fault).Key.ShouldBe($"Tenants.Fault.{fault}");

        (await portal.Get<ITenants>().SetReadyAsync(Fabrikam, true, "x", default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Entra_that_does_not_answer_is_said_and_nothing_is_added()
    {
        world.Names.Fault = new TransientException("Entra could not be asked.");

        var added = await Desk.AddAsync(nina, new TenantDetails("Fabrikam", "fabrikam.de", "MTCH"), default);

        (added.TenantId, added.Problem is null).ShouldBe((null, false));
    }

    [Theory]
    [InlineData("https://fabrikam.de/about")]
    [InlineData("admin@fabrikam.de")]
    public async Task The_domain_is_taken_out_of_an_address(string typed)
    {
        world.Names.Domains["fabrikam.de"] = Fabrikam;

        var added = await Desk.AddAsync(nina, new TenantDetails("Fabrikam", typed, "MTCH"), default);

        added.Problem.ShouldBeNull();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        (await db.Tenants.SingleAsync(t => t.Id == added.TenantId)).Domain.ShouldBe("fabrikam.de");
    }

    [Fact]
    public async Task An_id_that_no_tenant_has_is_refused_and_one_that_nobody_could_be_asked_about_is_said_to_be_unproven()
    {
        world.Names.Nobodys.Add(Fabrikam);
        var details = new TenantDetails("Fabrikam", $"{Fabrikam}", "MTCH");
        (await Desk.AddAsync(nina, details, default)).Problem!.Key.ShouldBe("Tenants.Fault.Tenant");

        world.Names.Fault = new TransientException("Entra could not be asked.");
        var added = await Desk.AddAsync(nina, details, default);

        (added.Problem, added.IsUnproven).ShouldBe((null, true));
    }

    [Fact]
    public async Task A_tenant_that_is_there_closed_is_said_to_be_closed()
    {
        var details = new TenantDetails("Fabrikam", $"{Fabrikam}", "MTCH");
        var id = (await Desk.AddAsync(nina, details, default)).TenantId!.Value;
        await Desk.SetClosedAsync(nina, id, closed: true, read: null, default);

        (await Desk.AddAsync(nina, details, default)).ShouldBe(new Added(id, new Sentence("Tenants.Fault.ThereClosed")));
    }

    [Fact]
    public async Task Application_ids_of_a_tenant_win_over_those_of_its_region()
    {
        var own = Guid.NewGuid();
        var contoso = new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH");
        var tenant = (await Desk.AddAsync(nina, contoso, default)).TenantId!.Value;

        var details = new TenantDetails("Contoso AG", "ignored", "MTCH") { ApplicationIds = new Dictionary<string, string> { ["1"] = $"{own}" } };
        (await Desk.ChangeAsync(nina, tenant, contoso, details, read: null, default)).IsAccepted.ShouldBeTrue();

        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        (view.Tenant.Name, view.Region.Applications[0].ApplicationId, view.Tenant.EntraTenantId).ShouldBe(("Contoso AG", own, EngineHost.Tenant));
        var states = portal.Get<IConsentStates>();
        var state = await states.IssueAsync(EngineHost.Tenant, own, Guid.NewGuid(), default);
        var back = await states.RedeemAsync(new ConsentRedirect(state, null, null), null, default);
        back.Application!.Key.ShouldBe("1", "whoever comes back from its consent is recognised by it");
    }

    [Fact]
    public async Task Other_applications_are_said_in_the_audit_and_take_the_ready_flag_away()
    {
        var contoso = new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH");
        var tenant = (await Desk.AddAsync(nina, contoso, default)).TenantId!.Value;
        await Desk.SetReadyAsync(nina, tenant, ready: true, [], default);

        await Desk.ChangeAsync(nina, tenant, contoso, contoso with { Name = "Contoso AG" }, read: null, default);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Ready.ShouldBeTrue("the recorders are the same");
        var own = Guid.NewGuid();
        var named = contoso with { Name = "Contoso AG" };
        await Desk.ChangeAllTheSameAsync(nina, tenant, named, named with { ApplicationIds = new Dictionary<string, string> { ["1"] = $"{own}" } });

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Ready.ShouldBeFalse();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
        var entries = await db.Audit.OrderByDescending(e => e.Sequence).Take(2).ToListAsync();
        entries.Select(e => e.Kind).ShouldBe(["ReadyChanged", "TenantChanged"]);
        entries[1].DataJson.ShouldContain(own.ToString());
        entries[1].DataJson.ShouldContain("regionBefore");
    }

    [Fact]
    public async Task Other_applications_wake_a_run_that_waits_for_a_confirmation_and_it_waits_for_the_ready_flag_again()
    {
        world.Second.Wanted[0] = new FakeObject("object", People: 40, CanStopCalls: true);
        await portal.SetReadyAsync();
        await portal.ApproveAsync();
        var tenant = (await portal.UntilHeldAsync("second", "Engine.ConfirmPeople")).Tenant.Id;
        var seen = new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH");

        var details = seen with { ApplicationIds = new Dictionary<string, string> { ["1"] = $"{Guid.NewGuid()}" } };
        (await Desk.ChangeAllTheSameAsync(nina, tenant, seen, details)).IsAccepted.ShouldBeTrue();

        await portal.UntilHeldAsync("second", "Engine.NotReady");
    }

    [Fact]
    public async Task A_run_that_waits_for_luware_looks_again_when_luware_has_entered_other_application_ids()
    {
        world.Second.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(WaitForAnHour);
        await portal.ApproveAsync();
        var tenant = (await portal.UntilHeldAsync("second", "Consent.WaitForId")).Tenant.Id;
        world.Second.OnApply = null;
        var seen = new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH");

        await Desk.ChangeAllTheSameAsync(nina, tenant, seen, seen with { ApplicationIds = new Dictionary<string, string> { ["1"] = $"{Guid.NewGuid()}" } });

        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task Details_for_which_no_run_waits_wake_none()
    {
        world.Second.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(WaitForAnHour);
        await portal.ApproveAsync();
        var tenant = (await portal.UntilHeldAsync("second", "Consent.WaitForId")).Tenant.Id;
        var seen = new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH");
        var (_, before) = await WakeAsync();

        await Desk.ChangeAsync(nina, tenant, seen, seen with { OwnerName = "Nina" }, read: null, default);
        await Desk.WriteNoteAsync(nina, tenant, "", "Change board on Wednesdays", default);

        (await WakeAsync()).ShouldBe((RunState.Waiting, before));

        async Task<(RunState State, DateTimeOffset? WakeAt)> WakeAsync()
        {
            await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
            var run = await db.Runs.SingleAsync();
            return (run.State, run.WakeAt);
        }
    }

    [Fact]
    public async Task Who_saves_over_what_a_colleague_saved_meanwhile_is_told_by_whom_and_what_it_was()
    {
        var seen = new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH");
        var tenant = (await Desk.AddAsync(nina, seen, default)).TenantId!.Value;
        var marco = EngineHost.Specialist("Marco");
        await portal.SignInAsync(marco);
        var others = seen with { OwnerName = "Marco", ApplicationIds = new Dictionary<string, string> { ["1"] = $"{Fabrikam}" } };
        (await Desk.ChangeAsync(marco, tenant, seen, others, read: null, default)).IsAccepted.ShouldBeTrue();
        await Desk.WriteNoteAsync(nina, tenant, "", "Change board on Wednesdays", default);
        await Desk.InviteAsync(nina, tenant, default);

        var answer = await Desk.ChangeAsync(nina, tenant, seen, seen with { Name = "Contoso AG" }, read: null, default);

        answer.IsAccepted.ShouldBeFalse();
        answer.Meanwhile!.By.ShouldBe("Marco");
        seen.ChangesTo(answer.Meanwhile.Now).ShouldBe(
        [
            new FieldChange("OwnerName", "Tenants.Field.OwnerName", "", "Marco"),
            new FieldChange("ApplicationId-1", "Tenants.Field.ApplicationIds", "", $"{Fabrikam}"),
        ]);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Name.ShouldBe("Contoso");

        var again = (seen with { Name = "Contoso AG" }).Onto(seen, answer.Meanwhile.Now);
        (await Desk.ChangeAsync(nina, tenant, answer.Meanwhile.Now, again, read: null, default)).IsAccepted.ShouldBeTrue();
        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        (view.Tenant.Name, view.Tenant.Specialist!.Name, view.Region.Applications[0].ApplicationId).ShouldBe(("Contoso AG", "Marco", Fabrikam));
    }

    [Fact]
    public async Task Of_two_who_save_at_the_same_moment_one_is_told_of_the_other()
    {
        var seen = new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH");
        var tenant = (await Desk.AddAsync(nina, seen, default)).TenantId!.Value;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            Desk.ChangeAsync(nina, tenant, seen, seen with { Name = $"Contoso {i}" }, read: null, default)));

        answers.Count(a => a.IsAccepted).ShouldBe(1);
        answers.Count(a => a.Meanwhile is not null).ShouldBe(3);
    }

    [Fact]
    public async Task What_others_did_beside_the_form_overtakes_nobody()
    {
        var seen = new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH");
        var tenant = (await Desk.AddAsync(nina, seen, default)).TenantId!.Value;
        await Desk.InviteAsync(nina, tenant, default);
        await Desk.SetReadyAsync(nina, tenant, ready: true, [], default);

        (await Desk.ChangeAsync(nina, tenant, seen, seen with { Name = "Contoso AG" }, read: null, default)).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_note_that_a_colleague_wrote_meanwhile_is_not_written_over()
    {
        var tenant = (await Desk.AddAsync(nina, new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH"), default)).TenantId!.Value;
        (await Desk.WriteNoteAsync(nina, tenant, "", "Change board on Wednesdays", default)).IsAccepted.ShouldBeTrue();

        (await Desk.WriteNoteAsync(nina, tenant, "", "Ask for Jonas", default)).Problem!.Key.ShouldBe("Tenants.Fault.NoteChanged");

        (await Desk.WriteNoteAsync(nina, tenant, "Change board on Wednesdays", "Ask for Jonas", default)).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_invitation_admits_the_first_of_its_tenant_who_signs_in_with_it()
    {
        var lea = EngineHost.Person("Lea", roles: Guid.NewGuid());
        await portal.SignInAsync(lea);
        (await portal.Engine.ReadAsync(lea, default))!.IsWithheld.ShouldBeTrue();
        var (_, secret) = await InviteAsync();

        var door = (await Invitations.FindAsync(secret, default)).ShouldNotBeNull();
        (await Invitations.AcceptAsync(door.LinkId, Holder(lea), default)).ShouldBe(LinkAnswerKind.Accepted);

        (await portal.Engine.ReadAsync(lea, default))!.IsWithheld.ShouldBeFalse();
        (await Invitations.AcceptAsync(door.LinkId, Holder(lea), default)).ShouldBe(LinkAnswerKind.CameAgain);
        (await Invitations.AcceptAsync(door.LinkId, Holder(EngineHost.Person("Eve")), default)).ShouldBe(LinkAnswerKind.Refused);
    }

    [Fact]
    public async Task An_invitation_admits_nobody_of_another_tenant_and_is_not_used_up_by_them()
    {
        var (_, secret) = await InviteAsync();
        var door = (await Invitations.FindAsync(secret, default))!;

        (await Invitations.AcceptAsync(door.LinkId, Holder(EngineHost.Person("Katrin", Fabrikam)), default)).ShouldBe(LinkAnswerKind.OtherTenant);
        (await Invitations.AcceptAsync(door.LinkId, Holder(EngineHost.Person("Lea")), default)).ShouldBe(LinkAnswerKind.Accepted);
    }

    [Fact]
    public async Task A_new_invitation_makes_the_open_one_good_no_more()
    {
        var (tenant, first) = await InviteAsync();

        var second = (await Desk.InviteAsync(nina, tenant, default)).Secret!;

        (await Invitations.FindAsync(first, default)).ShouldBeNull();
        (await Invitations.FindAsync(second, default)).ShouldNotBeNull();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
        var entries = await db.Audit.Where(e => e.Kind != AuditKinds.LinkRefused).OrderByDescending(e => e.Sequence).Take(3).ToListAsync();
        entries.Select(e => (e.Kind, e.Person, e.PersonTenant)).ShouldBe(
            [
                ("Invited", nina.Access.PersonId, EngineHost.Luware), ("InvitationRevoked", nina.Access.PersonId, EngineHost.Luware),
                ("Invited", nina.Access.PersonId, EngineHost.Luware),
            ]);
        entries[1].DataJson.ShouldBe(entries[2].DataJson.Replace("Engine.Invited", "Engine.InvitationRevoked"), "it names the invitation that is good no more");
    }

    [Fact]
    public async Task Of_many_invitations_at_once_one_is_left()
    {
        var (tenant, _) = await InviteAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Desk.InviteAsync(nina, tenant, default)));

        var doors = await Task.WhenAll(made.Select(m => Invitations.FindAsync(m.Secret!, default)));
        doors.Count(d => d is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Revoking_takes_the_admission_back_from_who_accepted()
    {
        var lea = EngineHost.Person("Lea", roles: Guid.NewGuid());
        await portal.SignInAsync(lea);
        var (tenant, secret) = await InviteAsync();
        var door = (await Invitations.FindAsync(secret, default))!;
        await Invitations.AcceptAsync(door.LinkId, Holder(lea), default);

        await Desk.RevokeInvitationAsync(nina, tenant, door.LinkId, default);

        (await portal.Engine.ReadAsync(lea, default))!.IsWithheld.ShouldBeTrue();
        (await Invitations.FindAsync(secret, default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_invitation_that_has_expired_opens_nothing()
    {
        await portal.DisposeAsync();
        portal = await EngineHost.StartAsync(world, settings: ("Invitations:Lifetime", "00:05:00"));
        await portal.SignInAsync(nina);
        var (tenant, secret) = await InviteAsync();
        var door = (await Invitations.FindAsync(secret, default))!;
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default))
            await db.Invitations.ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(-1)));

        (await Invitations.FindAsync(secret, default)).ShouldBeNull();
        (await Invitations.AcceptAsync(door.LinkId, Holder(EngineHost.Person("Lea")), default)).ShouldBe(LinkAnswerKind.Refused);
    }

    [Fact]
    public async Task Who_accepted_in_time_comes_in_again_by_the_mail_however_old_it_is()
    {
        var (tenant, secret) = await InviteAsync();
        var lea = EngineHost.Person("Lea");
        await Invitations.AcceptAsync((await Invitations.FindAsync(secret, default))!.LinkId, Holder(lea), default);
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default))
            await db.Invitations.ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(-1)));

        var door = (await Invitations.FindAsync(secret, default)).ShouldNotBeNull();
        (await Invitations.AcceptAsync(door.LinkId, Holder(lea), default)).ShouldBe(LinkAnswerKind.CameAgain);
        (await Invitations.AcceptAsync(door.LinkId, Holder(EngineHost.Person("Eve")), default)).ShouldBe(LinkAnswerKind.Refused);
    }

    [Fact]
    public async Task Of_those_who_accept_one_invitation_at_the_same_moment_one_is_admitted_and_the_others_hear_so()
    {
        var (tenant, secret) = await InviteAsync();
        var door = (await Invitations.FindAsync(secret, default))!;
        var people = Enumerable.Range(0, 5).Select(i => EngineHost.Person($"Person {i}")).ToList();

        var answers = await Task.WhenAll(people.Select(p => Task.Run(() => Invitations.AcceptAsync(door.LinkId, Holder(p), default))));

        answers.Order().ShouldBe([LinkAnswerKind.Accepted, .. Enumerable.Repeat(LinkAnswerKind.Refused, 4)], ignoreOrder: true);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
        (await db.Invitations.SingleAsync()).AcceptedBy.ShouldBe(people[Array.IndexOf(answers, LinkAnswerKind.Accepted)].Access.PersonId);
    }

    [Fact]
    public async Task The_secret_of_an_invitation_is_nowhere_in_the_database()
    {
        var (_, secret) = await InviteAsync();

        (await portal.Database.ValuesAsync()).ShouldAllBe(v => !v.Text.Contains(secret));
    }

    private static LinkHolder Holder(Actor actor) => new(actor.Access.TenantId, actor.Access.PersonId);

    [Fact]
    public async Task An_invitation_holds_for_thirty_days_where_no_setting_says_otherwise()
    {
        var tenant = (await Desk.AddAsync(nina, new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH"), default)).TenantId!.Value;

        var before = portal.Get<TimeProvider>().GetUtcNow();
        var invitation = await Desk.InviteAsync(nina, tenant, default);

        (invitation.ExpiresAt - before).ShouldBeInRange(TimeSpan.FromDays(30), TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));
    }

    private async Task<(Guid Tenant, string Secret)> InviteAsync()
    {
        var tenant = (await Desk.AddAsync(nina, new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH"), default)).TenantId!.Value;
        return (tenant, (await Desk.InviteAsync(nina, tenant, default)).Secret!);
    }
}
