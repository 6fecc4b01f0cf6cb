using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Architecture;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using PdfSharp.Pdf.IO;

namespace Luware.Onboarding.Tests.Handover;

/// <summary>One complete run, and its hand-over in every format.</summary>
public sealed class HandoverTests : IAsyncLifetime
{
    private EngineHost portal = null!;

    private IHandover Handover => portal.Get<IHandover>();

    public async ValueTask InitializeAsync()
    {
        portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.Get<IAudit>().SignedInAsync(portal.Admin, default);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task It_says_what_there_is_who_decided_and_what_was_carried_out()
    {
        var model = await Handover.ReadAsync(portal.Admin, null, default);

        model.Tenant.ShouldSatisfyAllConditions(
            t => t.Name.ShouldBe("Contoso"), t => t.EntraTenantId.ShouldBe(EngineHost.Tenant), t => t.Applications.Count.ShouldBe(1));
        model.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified && s.VerifiedAt != null && s.Objects.Count == 1);
        model.Steps[0].Objects[0].ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ObjectState.Found), o => o.Before.ShouldBe(ObjectState.Missing), o => o.Evidence.ShouldBe("detail"));
        var approval = model.Events.Single(e => e.Kind == "Approved");
        approval.By.ShouldBe(new HandoverPerson(portal.Admin.Access.PersonId, null, "Ada"));
        model.Actions.Count.ShouldBe(3);
        model.Actions.ShouldAllBe(a => a.Outcome == "ActionDone" && a.EndedAt != null && a.Sent == "detail" && a.RightsOf!.Name == "Ada");
        model.Audit.Fault.ShouldBeNull();
        AuditAnchor.Parse(model.Audit.Head).ShouldNotBeNull().Sequence.ShouldBe(model.Audit.Entries);
    }

    [Fact]
    public async Task What_the_portal_made_is_told_from_what_people_did_answered_for_or_may_want_to_know()
    {
        var item = (await Handover.ReadAsync(portal.Admin, null, default)).Steps[0].Objects[0];

        (item.ByPortal, item.ByHand, item.Aside).ShouldBe((true, false, false));
        Said(item).ShouldBe("Made by the portal");
        Said(item with { Before = ObjectState.Different }).ShouldBe("Repaired by the portal");
        Said(item with { ByPortal = false }).ShouldBe("There since the plan, not made by the portal");
        Said(item with { ByPortal = false, Follows = true, Before = ObjectState.Later }).ShouldBe("Follows from what the portal made");
        var consentedBy = new HandoverPerson(portal.Admin.Access.PersonId, null, "Ada");
        Said(item with { ByPortal = false, ConsentedBy = consentedBy }).ShouldBe("Accepted on Microsoft’s page by Ada");
        Said(item with { ByHand = true }).ShouldBe("On a person’s word, not looked at");
        Said(item with { Aside = true, Before = null }).ShouldBe("Good to know");
        Said(item with { Before = ObjectState.Found }).ShouldBe("Found as it should be");
        Said(item with { State = ObjectState.Missing, Aside = true }).ShouldBe("Missing");

        string Said(HandoverObject one) => HandoverWords.State(portal.Get<Say>(), one);
    }

    [Fact]
    public async Task A_test_call_is_told_with_who_made_it_and_belongs_to_no_step()
    {
        (await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, default)).Problem.ShouldBeNull();

        var call = (await Handover.ReadAsync(portal.Admin, null, default)).Events.Single(e => e.Kind == "TestCallWorked");

        call.Step.ShouldBeNull();
        call.What.ShouldContain("Ada");
    }

    [Fact]
    public async Task What_only_waited_for_a_person_is_not_the_portals_work()
    {
        var world = new FakeWorld();
        world.First.Wanted[0] = world.First.Wanted[0] with { OnlyWaits = true };
        await using var other = await EngineHost.StartAsync(world);
        await other.ApproveAsync();
        await other.UntilRunIsAsync(RunState.Done);

        var model = await other.Get<IHandover>().ReadAsync(other.Admin, null, default);

        model.Steps.Select(s => s.Objects[0].ByPortal).ShouldBe([false, true, true]);
    }

    [Theory]
    [InlineData("grants", StepStatus.Verified, true, true)]
    [InlineData("grants", StepStatus.ChangedSinceVerified, true, true)]
    [InlineData("grants", StepStatus.Ready, true, true)]
    [InlineData("grants", StepStatus.Ready, false, false)]
    [InlineData("policies", StepStatus.Verified, true, false)]
    public async Task What_becomes_of_people_who_join_or_leave_is_said_once_groups_have_the_policy(
        string step, StepStatus status, bool hasBeenVerified, bool said)
    {
        var read = await Handover.ReadAsync(portal.Admin, null, default);
        DateTimeOffset? verifiedAt = hasBeenVerified ? new(2026, 11, 2, 10, 0, 0, default) : null;
        var model = read with { Steps = [read.Steps[0] with { Key = step, Status = status, VerifiedAt = verifiedAt }] };

        HandoverWords.IsRecording(model).ShouldBe(said);
        (await PaperAsync(model) > await PaperAsync(model with { Steps = [read.Steps[0]] }) + 300).ShouldBe(said, "on paper, too");

        async Task<long> PaperAsync(HandoverModel of)
        {
            using var stream = new MemoryStream();
            await portal.Get<HandoverPdf>().WriteAsync(of, stream, default);
            return stream.Length;
        }
    }

    [Fact]
    public async Task Before_the_end_it_says_that_it_is_not_finished()
    {
        var read = await Handover.ReadAsync(portal.Admin, null, default);
        HandoverWords.Unfinished(portal.Get<Say>(), read).ShouldBeNull();

        var model = read with
        {
            Steps = [read.Steps[0], read.Steps[1] with { Status = StepStatus.Skipped }, read.Steps[2] with { Status = StepStatus.WaitingOnCustomer }],
        };

        HandoverWords.Unfinished(portal.Get<Say>(), model).ShouldBe("Not finished: 1 of 2 steps are verified. Make the hand-over again at the end.");
    }

    [Fact]
    public async Task Its_statuses_say_who_is_waited_for_without_calling_the_reader_you()
    {
        var world = new FakeWorld();
        world.First.Waits("Engine.NotReady");
        await using var other = await EngineHost.StartAsync(world);
        await other.ApproveAsync();
        await other.UntilHeldAsync("first", "Engine.NotReady");

        (await other.Get<IHandover>().ReadAsync(other.Admin, null, default)).Steps[0].StatusWord.ShouldBe("Waiting on customer");
    }

    [Fact]
    public async Task A_skipped_step_says_its_reason_once()
    {
        var step = (await Handover.ReadAsync(portal.Admin, null, default)).Steps[0] with
        {
            Status = StepStatus.Skipped, StatusWord = "skipped", Detail = "Not wanted", Chosen = "Not wanted", VerifiedAt = null, ReadAt = null,
        };

        HandoverWords.Standing(portal.Get<Say>(), step).ShouldBe(["skipped: Not wanted"]);
        HandoverWords.Standing(portal.Get<Say>(), step with { Chosen = "Messages only" }).ShouldBe(["skipped: Not wanted", "Messages only"]);
    }

    [Fact]
    public async Task Who_vouches_for_a_step_is_said_with_its_status()
    {
        var step = (await Handover.ReadAsync(portal.Admin, null, default)).Steps[0] with
        {
            Status = StepStatus.VerifiedByHand, StatusWord = "by hand", Detail = "Ada vouches for it", Chosen = null, VerifiedAt = null, ReadAt = null,
        };

        HandoverWords.Standing(portal.Get<Say>(), step).ShouldBe(["by hand: Ada vouches for it"]);
    }

    [Fact]
    public async Task A_reading_that_verified_the_step_is_not_said_again()
    {
        var at = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567);
        var step = (await Handover.ReadAsync(portal.Admin, null, default)).Steps[0] with
        {
            StatusWord = "verified", Chosen = null, VerifiedAt = at.AddTicks(-7), ReadAt = at,
        };

        HandoverWords.Standing(portal.Get<Say>(), step).Count().ShouldBe(2, "a database keeps less of a second than a reading");
        HandoverWords.Standing(portal.Get<Say>(), step with { ReadAt = at.AddSeconds(1) }).Count().ShouldBe(3);
    }

    [Fact]
    public async Task Two_portals_that_write_at_the_same_moment_are_told_each_in_its_own_words()
    {
        var contexts = portal.Get<IDbContextFactory<PortalDbContext>>();
        var tenant = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var ready = new JournalLine(tenant, null, JournalKind.ReadyChanged, new Sentence("Engine.ReadySet", "Nina"));
        await new Journal(contexts, new AuditTrail(contexts, clock)).WriteAsync(ready, default);
        var invited = new JournalLine(tenant, null, JournalKind.Invited, new Sentence("Engine.Invited", "Lu"));
        await new Journal(contexts, new AuditTrail(contexts, clock)).WriteAsync(invited, default);

        var events = (await Handover.ReadAsync(portal.Admin, null, default)).Events.Where(e => e.At == clock.GetUtcNow()).ToList();

        events.Count.ShouldBe(2);
        events[0].What.ShouldContain("Nina");
        events[1].What.ShouldContain("Lu");
    }

    [Fact]
    public async Task What_is_listed_and_what_was_verified_are_of_one_moment()
    {
        var tenant = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
                await portal.Get<Journal>().WriteAsync(new JournalLine(tenant, null, JournalKind.Invited, new Sentence("Engine.Invited", "Lu")), default);
        }, TestContext.Current.CancellationToken);

        var models = new List<HandoverModel>();
        while (models.Count < 10 || (models[^1].Audit.Entries == models[0].Audit.Entries && !writing.IsCompleted))
            models.Add(await Handover.ReadAsync(portal.Admin, null, default));
        await enough.CancelAsync();
        await writing;

        models[^1].Audit.Entries.ShouldBeGreaterThan(models[0].Audit.Entries);
        models.ShouldAllBe(m => m.Events.Count(e => e.Sequence > models[0].Audit.Entries) == m.Audit.Entries - models[0].Audit.Entries);
    }

    [Fact]
    public async Task Whoever_was_forgotten_stays_by_object_id()
    {
        var sofia = await AdministratorAsync();
        var model = await Handover.ReadAsync(portal.Admin, null, default);
        var tenant = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;

        (await portal.Get<IAuditRecord>().EraseAsync(sofia, tenant, portal.Admin.Access.PersonId, default)).ShouldBeTrue();

        var after = await Handover.ReadAsync(portal.Admin, null, default);
        after.Actions[0].RightsOf.ShouldBe(model.Actions[0].RightsOf! with { Name = "a person whose name was erased", Erased = true });
        after.Audit.Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("de-CH")]
    public async Task As_json_it_has_the_form_that_is_documented(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);

        var (file, content) = await WriteAsync(HandoverFormat.Json);

        file.Name.ShouldStartWith("luware-handover-contoso-20");
        file.ContentType.ShouldBe("application/json");
        var schema = JsonSchema.FromText(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/handover.schema.json")));
        var result = schema.Evaluate(JsonNode.Parse(content), new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        var errors = result.Details.Where(d => d.HasErrors).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}"));
        result.IsValid.ShouldBeTrue(string.Join('\n', errors));
    }

    [Fact]
    public async Task The_documented_form_refuses_what_is_not_it()
    {
        var (_, content) = await WriteAsync(HandoverFormat.Json);
        var schema = JsonSchema.FromText(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/handover.schema.json")));
        var other = JsonNode.Parse(content)!;
        other["audit"]!["entries"] = "many";

        schema.Evaluate(other).IsValid.ShouldBeFalse();
    }

    [Fact]
    public async Task As_csv_every_row_has_every_column_and_nothing_is_a_formula()
    {
        await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), "x", "MTCH", default);
        var model = (await Handover.ReadAsync(portal.Admin, null, default)) with
        {
            Tenant = new HandoverTenant("=cmd|'/c calc'!A1", Guid.NewGuid(), "x;=1+1;", "Zürich; \"Nord\"", null, []),
        };
        using var stream = new MemoryStream();

        await HandoverCsv.WriteAsync(model, stream, default);

        var bytes = stream.ToArray();
        bytes[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("Record,Step,Name,Id,State,Text,At,Person,Evidence,CorrelationId");
        lines[1].ShouldStartWith("tenant,,'=cmd|'/c calc'!A1,");
        lines[1].ShouldContain(",x;'=1+1;,");
        lines[1].ShouldContain("\"Zürich; \"\"Nord\"\"\"");
        lines.Select(l => l.Split(',')[0]).Distinct().ShouldBe(["Record", "tenant", "step", "object", "event", "action", "audit"]);
    }

    [Fact]
    public async Task For_a_german_reader_csv_is_parted_as_a_german_spreadsheet_parts_it()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo("de-DE");

        Encoding.UTF8.GetString((await WriteAsync(HandoverFormat.Csv)).Content).ShouldContain("Record;Step;Name;");
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("de-DE")]
    public async Task As_pdf_it_is_a_document_of_pages(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);

        var (file, content) = await WriteAsync(HandoverFormat.Pdf);

        file.Name.ShouldEndWith(".pdf");
        using var document = PdfReader.Open(new MemoryStream(content), PdfDocumentOpenMode.Import);
        document.PageCount.ShouldBeGreaterThan(1);
        document.Info.Title.ShouldContain("Contoso");
    }

    [Fact]
    public void Every_page_of_paper_has_its_number_and_how_many_there_are()
    {
        // It brings the fonts.
        portal.Get<HandoverPdf>();
        var numbers = new List<(int Page, int Of)>();
        using var file = new MemoryStream();
        using (var paper = new Paper("Contoso", "en"))
        {
            for (var line = 0; line < 150; line++)
                paper.Write(PaperStyle.Text, $"Line {line}");

            paper.Save(file, "Contoso", (page, of) =>
            {
                numbers.Add((page, of));
                return $"{page} / {of}";
            });
        }

        using var document = PdfReader.Open(file, PdfDocumentOpenMode.Import);
        document.PageCount.ShouldBeGreaterThan(2);
        numbers.ShouldBe(Enumerable.Range(1, document.PageCount).Select(page => (page, document.PageCount)));
    }

    [Fact]
    public async Task A_download_is_in_the_audit_and_names_the_file()
    {
        var (file, _) = await WriteAsync(HandoverFormat.Csv);

        var part = await portal.Get<IAuditRecord>().ReadAsync(portal.Admin, null, null, default);
        part.Rows[0].ShouldSatisfyAllConditions(r => r.Kind.ShouldBe("Downloaded"), r => r.Subject.ShouldBe(file.Name), r => r.Name.ShouldBe("Ada"));
    }

    [Theory]
    [InlineData("Zürich & Söhne AG", "zurich-sohne-ag")]
    [InlineData("../../etc/passwd\r\nX: y", "etc-passwd-x-y")]
    [InlineData("日本", null)]
    public async Task A_files_name_is_safe_whatever_the_customer_is_called(string name, string? plain)
    {
        var tenant = Guid.NewGuid();
        await portal.Get<ITenants>().AddAsync(tenant, name, "MTCH", default);
        var admin = EngineHost.Person("Uma", tenant);
        await portal.SignInAsync(admin);

        var file = await Handover.WriteAsync(admin, null, HandoverFormat.Json, default);

        file!.Name.ShouldMatch($"^luware-handover-{plain ?? tenant.ToString()}-[0-9-]{{10}}\\.json$");
    }

    private async Task<Actor> AdministratorAsync()
    {
        var sofia = EngineHost.Person("Sofia", EngineHost.Luware) with { AppRoles = [Staff.PortalAdministrator] };
        await portal.SignInAsync(sofia);
        return sofia;
    }

    private async Task<(HandoverFile File, byte[] Content)> WriteAsync(HandoverFormat format)
    {
        var file = (await Handover.WriteAsync(portal.Admin, null, format, default)).ShouldNotBeNull();
        using var stream = new MemoryStream();
        await file.WriteAsync(stream, default);
        return (file, stream.ToArray());
    }
}
