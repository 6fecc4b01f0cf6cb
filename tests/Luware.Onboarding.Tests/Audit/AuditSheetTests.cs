using Bunit;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Audit;

public sealed class AuditSheetTests : PageContext
{
    private static readonly Guid Ada = Guid.Parse("aaaaaaaa-0000-4000-8000-000000000001");

    private static readonly Guid Contoso = Guid.Parse("22222222-2222-4222-8222-222222222222");

    private readonly FakeRecord record = new();

    public AuditSheetTests() => Services.AddSingleton<IAuditRecord>(record);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public static TheoryData<AuditFaultKind> Faults => [.. Enum.GetValues<AuditFaultKind>()];

    public static TheoryData<string> Kinds => [.. Enum.GetNames<JournalKind>().Concat(typeof(AuditKinds).GetFields().Select(f => f.Name))];

    [Fact]
    public void A_whole_chain_is_said_with_its_end_and_its_entries()
    {
        var page = Render<AuditPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("Whole: all 2 entries are as they were written."));
        page.Markup.ShouldContain(record.Finding.Head!.ToString());
        page.FindAll("tbody tr").Select(r => r.QuerySelector("th")!.TextContent).ShouldBe(["2", "1"]);
        page.Markup.ShouldContain("Ada Keller");
        page.Markup.ShouldContain("the portal itself");
        page.Find("a[href='downloads/audit.jsonl']").ShouldNotBeNull();
    }

    [Fact]
    public void The_way_back_from_the_audit_of_staff_leads_to_the_list_as_it_was_seen()
    {
        Services.GetRequiredService<LastList>().Address = "tenants?region=MTCH";
        record.IsOfStaff = true;

        Render<AuditPage>().WaitForElement(".back a").GetAttribute("href").ShouldBe("tenants?region=MTCH");
    }

    [Fact]
    public void An_entry_names_its_step_in_words_and_keeps_its_key_in_the_details()
    {
        var page = Render<AuditPage>();

        page.WaitForAssertion(() => page.Find("tbody td:nth-of-type(3)").TextContent.ShouldBe("Consent"));
        page.Find("tbody details code").TextContent.ShouldStartWith("consent/accept/2");
    }

    [Fact]
    public void An_entry_about_an_action_says_which_and_one_about_an_application_names_it()
    {
        record.Rows =
        [
            new AuditRow(1, Scenes.Now, "ActionStarted", "consent/accept/2", Ada, "Ada Keller", "{}")
            {
                Says = new Sentence("Standing.ToApprove"), Application = "Recorder 2",
            },
        ];

        var page = Render<AuditPage>();

        page.WaitForAssertion(() => page.Find("tbody td:nth-of-type(2) p").TextContent.ShouldBe("Approve the plan"));
        page.Find("tbody td:nth-of-type(3)").TextContent.ShouldBe("Recorder 2");
    }

    [Theory]
    [InlineData("true", "Ready flag set")]
    [InlineData("false", "Ready flag cleared")]
    public void A_ready_flag_is_said_as_set_or_as_cleared(string ready, string said)
    {
        record.Rows = [new AuditRow(1, Scenes.Now, "ReadyChanged", "", Ada, "Ada Keller", $$"""{"ready":{{ready}}}""")];

        var page = Render<AuditPage>();

        page.WaitForAssertion(() => page.Find("tbody td:nth-of-type(2)").FirstChild!.TextContent.Trim().ShouldBe(said));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_has_its_sentence(AuditFaultKind kind)
    {
        record.Finding = record.Finding with { Fault = new AuditFault(kind, 17) { Was = 18 } };

        var page = Render<AuditPage>();

        page.WaitForAssertion(() => page.Find("#audit-result").TextContent.ShouldContain("17"));
        page.Markup.ShouldNotContain("Audit.Fault");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_entry_has_its_words(string kind) => Say.Find($"Audit.{kind}").ShouldNotBeNullOrEmpty();

    [Theory]
    [InlineData("{0}")]
    [InlineData("2026-11-26T20:00:00Z info: Luware.Onboarding.Audit.AuditAnchors[2401] The audit of tenant 22222222-2222-4222-8222-222222222222 ends at {0}")]
    [InlineData("    \"head\": \"{0}\",")]
    public void An_end_is_taken_as_it_stands_in_the_log_or_in_a_hand_over(string pasted)
    {
        var page = Render<AuditPage>();
        page.WaitForElement("#anchor");

        page.Find("#anchor").Change(pasted.Replace("{0}", $"57:{new string('a', 64)}", StringComparison.Ordinal));
        page.Find("form").Submit();

        page.WaitForAssertion(() => record.Anchors.ShouldBe([null, $"57:{new string('a', 64)}"]));
    }

    [Fact]
    public void An_end_of_another_tenant_is_not_held_against_this_one()
    {
        var page = Render<AuditPage>();
        page.WaitForElement("#anchor");

        page.Find("#anchor").Change($"The audit of tenant {Guid.NewGuid()} ends at 57:{new string('a', 64)}");
        page.Find("form").Submit();

        page.Find("#anchor-problem").TextContent.ShouldBe("That end is of another tenant.");
        record.Anchors.ShouldBe([null]);
    }

    [Fact]
    public void An_end_that_was_written_down_goes_into_the_check_and_anything_else_is_refused()
    {
        var page = Render<AuditPage>();
        page.WaitForElement("#anchor");

        page.Find("#anchor").Change("57");
        page.Find("form").Submit();
        page.Find("#anchor-problem").TextContent.ShouldStartWith("That is no end of an audit");
        page.Markup.ShouldNotContain("Whole: all", Case.Sensitive, "what was found before says nothing about what was typed");

        page.Find("#anchor").Change(record.Finding.Head!.ToString());
        page.Find("form").Submit();
        page.Find("#anchor-problem").TextContent.ShouldBeEmpty();
        record.Anchors.ShouldBe([null, record.Finding.Head.ToString()]);
        page.WaitForAssertion(() => page.Markup.ShouldContain($"Entry {record.Finding.Head.Sequence} is the one that was written down."));
    }

    [Fact]
    public void The_entries_are_there_while_every_one_of_a_long_chain_is_still_checked()
    {
        record.Check = new TaskCompletionSource();

        var page = Render<AuditPage>();

        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));
        page.Find("#audit-result").TextContent.ShouldContain("Every entry is being checked");
        page.Button("Check again").IsOff().ShouldBeTrue();
        record.Check.SetResult();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Whole: all 2 entries"));
        page.Button("Check again").IsOff().ShouldBeFalse();
    }

    [Fact]
    public void While_it_is_checked_again_the_old_verdict_is_gone_and_nobody_asks_a_second_time()
    {
        var page = Render<AuditPage>();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Whole: all 2 entries"));
        record.Check = new TaskCompletionSource();

        page.Find("form").Submit();
        page.Find("form").Submit();

        page.Find("#audit-result").TextContent.ShouldContain("Every entry is being checked");
        page.Markup.ShouldNotContain("Whole:");
        record.Check.SetResult();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Whole: all 2 entries"));
        record.Anchors.ShouldBe([null, null]);
    }

    [Fact]
    public void Older_entries_are_shown_without_checking_the_whole_chain_until_somebody_asks()
    {
        Navigation.NavigateTo("audit?before=3");
        var page = Render<AuditPage>();

        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));
        record.Anchors.ShouldBeEmpty();
        page.Find("#audit-result").TextContent.Trim().ShouldBeEmpty();

        page.Button("Check now");
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Whole: all 2 entries"));
        record.Anchors.ShouldBe([null]);
    }

    [Fact]
    public void Older_entries_that_arrive_after_somebody_has_gone_back_do_not_replace_the_newest()
    {
        var held = record.Gate = new TaskCompletionSource();
        Navigation.NavigateTo("audit?before=2");
        var page = Render<AuditPage>();
        record.Gate = FakeRecord.Open();
        Navigation.NavigateTo("audit");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Whole: all 2 entries"));
        page.Button("Check again").IsOff().ShouldBeTrue("the older entries are still asked for");

        held.SetResult();

        page.WaitForAssertion(() => page.Button("Check again").IsOff().ShouldBeFalse());
        page.FindAll("tbody th").Select(n => n.TextContent).ShouldBe(["2", "1"]);
    }

    [Fact]
    public void Whoever_may_not_is_told_whose_it_is_and_nothing_else()
    {
        record.Refuses = true;

        var page = Render<AuditPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("for its administrators and for Luware’s own people"));
        page.Markup.ShouldNotContain("Contoso");
    }

    [Fact]
    public void Luwares_people_are_told_that_there_is_no_such_tenant()
    {
        record.IsGone = true;

        var page = Render<TenantAuditPage>(p => p.Add(t => t.TenantId, record.Tenant));

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("There is no such tenant"));
        page.Find("a.rz-button").GetAttribute("href").ShouldBe("tenants");
    }

    [Fact]
    public async Task A_page_that_is_left_between_two_questions_lets_go_of_the_second()
    {
        record.Gate = new TaskCompletionSource();
        Render<AuditPage>();
        await DisposeComponentsAsync();

        record.Gate.SetResult();

        (await record.Verified.Task.WaitAsync(TimeSpan.FromSeconds(10), Xunit.TestContext.Current.CancellationToken)).IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void Who_administers_the_portal_can_have_a_person_forgotten_after_asking_twice()
    {
        record.People = [new AuditPerson(Ada, "Ada Keller", "ada@contoso.com")];
        var page = Render<TenantAuditPage>(p => p.Add(t => t.TenantId, record.Tenant));
        page.WaitForElement("#audit-people");

        page.FindAll("button").Single(b => b.TextContent.StartsWith("Forget …", StringComparison.Ordinal)).Click();
        record.Forgotten.ShouldBeEmpty();
        Focused().ShouldBe($"#{page.Find("[role=group][aria-label='Forget Ada Keller']").Id}");
        page.FindAll("button").Single(b => b.TextContent == "Not now").Click();
        Focused().ShouldBe($"#{page.FindAll("button").Single(b => b.TextContent.StartsWith("Forget …", StringComparison.Ordinal)).Id}");
        page.FindAll("button").Single(b => b.TextContent.StartsWith("Forget …", StringComparison.Ordinal)).Click();
        page.FindAll("button").Single(b => b.TextContent == "Forget Ada Keller").Click();

        record.Forgotten.ShouldBe([Ada]);
        page.WaitForAssertion(() => page.Markup.ShouldContain("Ada Keller is forgotten here."));
        Focused().ShouldBe("#audit-people");
    }

    private sealed class FakeRecord : IAuditRecord
    {
        public Guid Tenant { get; } = Guid.NewGuid();

        public AuditFinding Finding { get; set; } = new(Guid.NewGuid(), 2, new AuditAnchor(2, [.. Enumerable.Repeat((byte)7, 32)]), null);

        public IReadOnlyList<AuditPerson> People { get; set; } = [];

        public IReadOnlyList<AuditRow> Rows { get; set; } =
        [
            new AuditRow(2, Scenes.Now, "ActionStarted", "consent/accept/2", null, null, """{"sends":"New-Cs"}"""),
            new AuditRow(1, Scenes.Now, "SignedIn", "", Ada, "Ada Keller", "{}"),
        ];

        public bool Refuses { get; set; }

        public bool IsGone { get; set; }

        public bool IsOfStaff { get; set; }

        /// <summary>Reading waits for this.</summary>
        public TaskCompletionSource Gate { get; set; } = Open();

        /// <summary>Checking waits for this.</summary>
        public TaskCompletionSource Check { get; set; } = Open();

        /// <summary>The token of the first check.</summary>
        public TaskCompletionSource<CancellationToken> Verified { get; } = new();

        /// <summary>The anchor given to each check.</summary>
        public List<string?> Anchors { get; } = [];

        public List<Guid> Forgotten { get; } = [];

        public async Task<AuditPart> ReadAsync(Actor actor, Guid? tenantId, long? before, CancellationToken cancellationToken)
        {
            if (IsGone)
                throw new NoSuchTenantException();
            if (Refuses)
                throw new UnauthorizedAccessException();
            await Gate.Task;
            var rows = Rows.Where(r => before is null || r.Sequence < before).ToList();
            return new AuditPart("Contoso", rows, null) { Tenants = [Contoso], IsOfStaff = IsOfStaff, People = tenantId is null ? [] : People };
        }

        public async Task<AuditFinding> VerifyAsync(Actor actor, Guid? tenantId, AuditAnchor? anchor, CancellationToken cancellationToken)
        {
            Anchors.Add(anchor?.ToString());
            Verified.TrySetResult(cancellationToken);
            await Check.Task;
            return Finding;
        }

        public Task<AuditExport> ExportAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> EraseAsync(Actor actor, Guid tenantId, Guid person, CancellationToken cancellationToken)
        {
            tenantId.ShouldBe(Tenant);
            Forgotten.Add(person);
            return Task.FromResult(true);
        }

        public static TaskCompletionSource Open()
        {
            var gate = new TaskCompletionSource();
            gate.SetResult();
            return gate;
        }
    }
}
