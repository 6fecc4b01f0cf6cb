using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>Every step's page in every status, in both languages, with the step's real plan.</summary>
public sealed partial class StepStatusTests : PageContext
{
    /// <summary>The outline, and the word in English and German.</summary>
    private static readonly Dictionary<StepStatus, (string Icon, string English, string German)> Marks = new()
    {
        [StepStatus.NotStarted] = ("ring", "Not started", "Nicht begonnen"),
        [StepStatus.Ready] = ("ready", "Planned", "Geplant"),
        [StepStatus.Queued] = ("queued", "Queued", "Eingereiht"),
        [StepStatus.Running] = ("run", "Running", "Läuft"),
        [StepStatus.WaitingOnCustomer] = ("you", "Waiting on you", "Wartet auf Sie"),
        [StepStatus.WaitingOnLuware] = ("flag", "Waiting on Luware", "Wartet auf Luware"),
        [StepStatus.WaitingOnMicrosoft] = ("clock", "Waiting on Microsoft", "Wartet auf Microsoft"),
        [StepStatus.Verified] = ("check", "Verified", "Geprüft"),
        [StepStatus.ChangedSinceVerified] = ("differs", "Changed since verified", "Seit der Prüfung geändert"),
        [StepStatus.VerifiedByHand] = ("hand", "Verified by hand", "Von Hand geprüft"),
        [StepStatus.Skipped] = ("skip", "Skipped", "Übersprungen"),
        [StepStatus.Failed] = ("alert", "Failed", "Fehlgeschlagen"),
        [StepStatus.Unknown] = ("unread", "Unknown", "Unbekannt"),
    };

    private static readonly Sentence After = new("Engine.After", Sentence.KeyArgument("Step.policies"));
    private static readonly Sentence AnsweredFor = new("Engine.AnsweredFor", "Petra Klein");
    private static readonly Sentence NotWanted = new("ChatCapture.NotWanted");
    private static readonly Sentence Surprise = new("Engine.Surprise", "IOException");

    private static readonly Dictionary<string, (string English, string German)> Names = new(StringComparer.Ordinal)
    {
        ["security-groups"] = ("1 Security groups", "1 Sicherheitsgruppen"),
        ["consent"] = ("2 Consent", "2 Zustimmung"),
        ["whitelisting"] = ("3 Whitelisting", "3 Whitelisting"),
        ["policies"] = ("4 Policies", "4 Richtlinien"),
        ["grants"] = ("5 Grants", "5 Zuweisungen"),
        ["storage"] = ("6 Storage", "6 Speicher"),
        ["chat-capture"] = ("7 Chat capture", "7 Chat-Erfassung"),
    };

    public static TheoryData<string, StepStatus, string> Cells => [.. Names.Keys.SelectMany(step => Enum.GetValues<StepStatus>()
        .SelectMany(status => new[] { "en-GB", "de-DE" }.Select(language => (step, status, language))))];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_step_says_where_it_stands_what_it_waits_for_and_what_can_be_decided(string step, StepStatus status, string language)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        var steps = await SevenSteps.ReadAsync();
        var wait = Wait(steps.Fresh[step], steps.RolesOf(step), status);
        var engine = Open(Scene(steps, step, status, wait));
        var (icon, english, german) = Marks[status];

        var page = RenderPage(step);

        page.WaitForAssertion(() => page.Find(".head .mark").TextContent.Trim().ShouldBe(language == "en-GB" ? english : german));
        page.Heading().ShouldBe(language == "en-GB" ? Names[step].English : Names[step].German);
        page.Find(".head .mark svg").InnerHtml.ShouldBe(Render<Icon>(p => p.Add(i => i.Name, icon)).Find("svg").InnerHtml);
        Text(page).ShouldContain(WordOf(status, wait, steps.Fresh[step], steps.Done[step]));
        Keys().Matches(Text(page)).Select(m => m.Value).ShouldBeEmpty("every text has its words");
        page.FindAll("table.plan th strong").Select(n => n.TextContent).ShouldNotContain(step, "our name of a step is for addresses");
        ShouldOffer(page, step, status, wait);
        ShouldBeGreenOnlyWhereSomethingWasFound(page, engine.View!.Steps.Single(s => s.Step == step));
        engine.Asked.ShouldBe(status == StepStatus.NotStarted ? ["plan all"] : [], "what was not read is read; nothing else happens by itself");
    }

    [Fact]
    public async Task A_plan_with_something_unread_says_what_to_do_and_promises_nothing_by_itself()
    {
        var steps = await SevenSteps.ReadAsync();
        var engine = Open(steps.With("policies", s => s with { Plan = steps.Unread("policies"), Status = StepStatus.Unknown }) with { Digest = null });
        var page = RenderPage();
        page.WaitForAssertion(() => page.Find(".decide").TextContent.ShouldContain(Say["Decision.Unread"]));

        await page.InvokeAsync(() => page.Find(".decide button").Click());
        page.WaitForAssertion(() => engine.Asked.ShouldContain("plan all"));
        var row = steps.Unread("policies").Objects.ShouldHaveSingleItem();
        row.Notes.Select(n => n.Key).ShouldBe(["Engine.Busy.WhoCanFix", "Engine.ReadAgain"]);
        Say[row.What].ShouldNotContain("by itself", Case.Insensitive);
    }

    [Fact]
    public void No_step_and_no_status_is_left_out()
    {
        Names.Keys.ShouldBe(SevenSteps.Names);
        Marks.Keys.ShouldBe(Enum.GetValues<StepStatus>(), ignoreOrder: true);
    }

    /// <summary>The buttons that are available in this status, and those that must not be.</summary>
    private void ShouldOffer(IRenderedComponent<Following> page, string step, StepStatus status, WaitView? wait)
    {
        var isApprovable = status is StepStatus.Ready or StepStatus.ChangedSinceVerified or StepStatus.Failed;
        var isThere = status is StepStatus.Verified or StepStatus.VerifiedByHand or StepStatus.ChangedSinceVerified or StepStatus.Failed;
        Buttons(page, "Decision.ApproveStep").ShouldBe(isApprovable ? 1 : 0);
        Buttons(page, "Plan.Again").ShouldBe(
            status == StepStatus.Unknown ? 2 : 1, "what could not be read is offered once more where the decision would stand");
        Buttons(page, "Undo.Ask").ShouldBe(step == "grants" && isThere ? 1 : 0, "only what was there is taken back");
        Buttons(page, wait?.Refusal is null ? "Waits.CheckAgain" : "Refusal.TryAgain").ShouldBe(wait is { Link: null, Gate: null } ? 1 : 0);
        page.FindAll("a.rz-primary").Select(a => a.GetAttribute("href")).ShouldBe(wait?.Link is { } link ? [link.ToString()] : []);
        page.FindAll(".gate form").Count.ShouldBe(wait?.Gate is { ReadyFlag: true } ? 1 : 0, "the gate is closed until Luware is ready");
        page.FindAll("#drift").Count.ShouldBe(status == StepStatus.ChangedSinceVerified ? 1 : 0);
        page.FindAll("#actions").Count.ShouldBe(IsInRun(status) ? 1 : 0);
    }

    /// <summary>Only a found object or permission, or a verified status, is green.</summary>
    private static void ShouldBeGreenOnlyWhereSomethingWasFound(IRenderedComponent<Following> page, StepView step)
    {
        var objects = step.Plan?.Objects ?? [];
        page.FindAll(".head .tone-ok").Count.ShouldBe(step.Status.IsVerified() ? 1 : 0);
        page.FindAll(".mark.tone-ok").Count(m => m.Closest(".tracker") is null).ShouldBe(
            (step.Status.IsVerified() ? 1 : 0) + objects.Count(o => o is { State: ObjectState.Found, IsAside: false })
            + objects.Sum(o => o.Permissions.Count(p => p.State == ObjectState.Found)));
    }

    private string WordOf(StepStatus status, WaitView? wait, StepPlan fresh, StepPlan done) => status switch
    {
        StepStatus.NotStarted => Say["Summary.NotRead"],
        StepStatus.Queued => Say[After],
        StepStatus.Running => Say["Run.Progress", 0, fresh.Actions.Count()],
        StepStatus.WaitingOnCustomer or StepStatus.WaitingOnLuware or StepStatus.WaitingOnMicrosoft =>
            wait!.Gate is { ReadyFlag: true } gate ? Say.Count("Gate.Title", gate.People) : Say[wait.For],
        StepStatus.Verified => Say.Count("Summary.AllThere", done.Objects.Count(o => !o.IsAside)),
        StepStatus.ChangedSinceVerified => Say["Drift.Text"],
        StepStatus.VerifiedByHand => Say[AnsweredFor],
        StepStatus.Skipped => Say["Summary.Skipped"],
        StepStatus.Failed => Say[Surprise],
        StepStatus.Unknown => Say["Summary.NothingRead"],
        _ => Say[fresh.Why],
    };

    /// <summary>The step as the engine holds it.</summary>
    private static WaitView? Wait(StepPlan plan, IReadOnlyList<Guid> roles, StepStatus status)
    {
        var gated = plan.Actions.FirstOrDefault(a => a.Impact.CanStopCalls);
        var page = plan.Actions.FirstOrDefault(a => a.Page is not null)?.Page;
        return status switch
        {
            StepStatus.WaitingOnMicrosoft =>
                new Hold(new StepOutcome.Waiting(WaitsFor.Microsoft, new("Engine.NotThereYet"), PollAfter: TimeSpan.FromSeconds(8))),
            StepStatus.WaitingOnLuware when gated is null => Hold.WritesStopped,
            StepStatus.WaitingOnLuware =>
                new Hold(new StepOutcome.Waiting(WaitsFor.Luware, new Sentence("Engine.NotReady"))) { Gate = new GateView(gated.Key, 1, [], ReadyFlag: false) },
            StepStatus.WaitingOnCustomer when gated is not null =>
                new Hold(new StepOutcome.Waiting(WaitsFor.Customer, new("Engine.ConfirmPeople", "40")))
                {
                    Gate = new GateView(gated.Key, 40, ["Nina Graf"], ReadyFlag: true),
                },
            StepStatus.WaitingOnCustomer when page is not null =>
                new Hold(new StepOutcome.Waiting(WaitsFor.Customer, new("Consent.WaitForAccept", plan.Objects[0].Name), page)),
            StepStatus.WaitingOnCustomer when roles.Count > 0 =>
                Hold.Refused(GeneralRefusal.RoleMissing(roles), new("Microsoft Graph", "Authorization_RequestDenied", "403", "no", "c-1")),
            StepStatus.WaitingOnCustomer => Hold.SignInAgain(null),
            _ => null,
        } is { } hold ? hold.ToWait(plan.Step, Scenes.Now) : null;
    }

    private static OnboardingView Scene(SevenSteps steps, string step, StepStatus status, WaitView? wait)
    {
        var (fresh, done) = (steps.Fresh[step], steps.Done[step]);
        return status switch
        {
            StepStatus.NotStarted => Show(s => s with { Plan = null }) with { Digest = null },
            StepStatus.Ready => Show(Approvable),
            StepStatus.Queued => Show(s => s with { Detail = After }, Run(RunState.Queued, ActionState.Later)),
            StepStatus.Running => Show(s => s, Run(RunState.Running, ActionState.Running)),
            StepStatus.Verified => Show(s => s with { Plan = done, VerifiedAt = Scenes.Now, CanUndo = true }),
            StepStatus.ChangedSinceVerified => Show(s => Approvable(s) with { VerifiedAt = Scenes.Now.AddDays(-30), CanUndo = true }),
            StepStatus.VerifiedByHand => Show(s => s with
            {
                Plan = done with { Word = new Chosen(Guid.NewGuid(), Scenes.Now) }, Detail = AnsweredFor, VerifiedAt = Scenes.Now, CanUndo = true,
            }),
            StepStatus.Skipped => Show(s => s with { Plan = fresh with { Objects = [], Choice = NotWanted, Skipped = NotWanted }, Detail = NotWanted }),
            StepStatus.Failed => Show(s => Approvable(s) with { Detail = Surprise, CanUndo = true }, Run(RunState.Failed, ActionState.Failed)),
            StepStatus.Unknown => Show(s => s with { Plan = steps.Unread(step) }),
            _ => Show(s => s, Run(RunState.Waiting, ActionState.Waiting)),
        };

        OnboardingView Show(Func<StepView, StepView> change, RunView? run = null) => steps.With(step, s => change(s) with { Status = status }, run);
        StepView Approvable(StepView view) => view with { Approval = new StepApproval("5e1f", [step]) };
        RunView Run(RunState state, ActionState first) => new(
            Scenes.Run, RunKind.Apply, state, Scenes.Now, "Jonas Weber",
            [.. fresh.Actions.Select((a, i) => new ActionView(step, a.Key, a.Title, i == 0 ? first : ActionState.Later, null))], wait is null ? [] : [wait], [])
        {
            Steps = new HashSet<string>(StringComparer.Ordinal) { step },
        };
    }

    private static bool IsInRun(StepStatus status) =>
        status is StepStatus.Queued or StepStatus.Running or StepStatus.WaitingOnCustomer or StepStatus.WaitingOnLuware or StepStatus.WaitingOnMicrosoft;

    /// <summary>The available buttons.</summary>
    private int Buttons(IRenderedComponent<Following> page, string key) =>
        page.FindAll("button").Count(b => b.TextContent.Trim() == Say[key] && !b.IsOff());

    private static string Text(IRenderedComponent<Following> page) => string.Join(' ', page.Nodes.Select(n => n.TextContent));

    /// <summary>Traces of missing texts.</summary>
    [GeneratedRegex(@"\b(Plan|Summary|Status|Object|Action|Run|Drift|Decision|Waits|Gate|Undo|Hand|Script|Choices|Engine|SecurityGroups|Consent|Whitelisting|Policies|Grants|Storage|ChatCapture|Impact|Step|Role|Permission)\.[A-Z][A-Za-z.]+")]
    private static partial Regex Keys();
}
