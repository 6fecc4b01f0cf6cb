using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Handover;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Steps.Grants;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>A database outage as a customer sees it: the pages stay, say so, repeat no request by themselves, and continue afterwards.</summary>
public sealed class OutageTests : PageContext
{
    private const string Behind = "keeps trying", Uncertain = "Whether your last change was saved is not certain";

    private static readonly Exception Busy = new SqliteException("database is locked", 5);

    [Fact]
    public void A_page_that_is_opened_meanwhile_opens_by_itself_once_the_database_is_back()
    {
        var engine = Open(Scenes.Planned);
        engine.Fault = Busy;

        var page = RenderPage();
        page.WaitForAssertion(() => page.Find("[role=status] .stopped").TextContent.ShouldContain(Behind));
        engine.Fault = null;

        Mends(page, () => page.Markup.Contains("Approve plan", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_goes_on_showing_what_it_had_and_follows_again()
    {
        var engine = Open(Scenes.Planned);
        var page = Opened();
        engine.Fault = Busy;

        engine.Show(Scenes.Running);
        page.WaitForAssertion(() => page.Markup.ShouldContain(Behind));
        page.Heading().ShouldBe("Your plan");
        engine.Fault = null;
        Mends(page, () => page.Heading() != "Your plan");

        engine.Show(Scenes.Verified);
        page.WaitForAssertion(() => page.Heading().ShouldBe("Recording is set up"));
    }

    [Fact]
    public async Task An_approval_is_given_again_by_the_same_button()
    {
        var engine = Open(Scenes.Planned);
        var page = Opened();

        await ShouldBePressedAgainAsync(page, engine, () => page.PressAsync("Approve plan"), "approve 7f3c");
    }

    [Fact]
    public async Task A_number_of_people_is_confirmed_again_where_it_was_typed()
    {
        var engine = Open(Scenes.Gate);
        var page = Opened();
        page.WaitForElement("#people-grants").Input("40");

        await ShouldBePressedAgainAsync(page, engine, () => page.InvokeAsync(() => page.Find(".gate form").Submit()), "confirm grants/grant 40");

        page.Find("#people-hint-grants").TextContent.ShouldContain(Say["Gate.Right"], Case.Sensitive, "what was typed is still there");
        page.WaitForAssertion(() => page.Markup.ShouldContain(Say["Gate.Confirmed"]));
    }

    [Fact]
    public async Task A_look_again_that_did_not_get_through_is_asked_for_again()
    {
        var engine = Open(Scenes.Refused);
        var page = Opened();

        await ShouldBePressedAgainAsync(page, engine, () => page.PressAsync(Say["Refusal.TryAgain"]), "resume");
    }

    [Fact]
    public async Task What_is_to_be_taken_back_is_asked_for_again()
    {
        var engine = Open(Scenes.Verified);
        var page = Opened();
        page.WaitForElement("#undo-ask-grants");
        await page.PressAsync(Say["Undo.Ask"]);

        await ShouldBePressedAgainAsync(page, engine, () => page.PressAsync(Say["Undo.Do"]), "undo grants");
    }

    [Fact]
    public async Task A_choice_stays_chosen_and_is_stored_by_one_click()
    {
        var engine = Open(Scenes.Asking);
        var page = Opened();
        page.WaitForAssertion(() => page.FindAll(".choices input[type=checkbox]").Count.ShouldBe(2));
        engine.Fault = Busy;

        await page.InvokeAsync(() => page.FindAll(".choices input[type=checkbox]")[0].ChangeAsync(true));
        page.WaitForAssertion(() => page.Find(".choices-slot [role=alert]").TextContent.ShouldContain(Uncertain));
        page.FindAll(".choices input[type=checkbox]")[0].HasAttribute("checked").ShouldBeTrue();
        engine.Fault = null;
        Mends(page, () => true);
        await page.PressAsync("Try again");

        page.WaitForAssertion(() => page.Markup.ShouldNotContain(Uncertain));
        engine.Asked.Where(a => a.StartsWith("choose grants", StringComparison.Ordinal)).Distinct().ShouldHaveSingleItem();
        engine.View!.Choices.Get<GrantsChoice>("grants").TestUsers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_test_call_is_told_again()
    {
        var engine = Open(Scenes.Verified);
        var page = Opened();
        page.WaitForElement(".calls li");
        Aftercare.Fault = Busy;

        await page.PressAsync("It worked: Inside");
        page.WaitForAssertion(() => page.Find("[role=alert].problem").TextContent.ShouldContain(Uncertain));
        Aftercare.Fault = null;
        Mends(page, () => true);
        await page.PressAsync("It worked: Inside");

        page.WaitForAssertion(() => page.Markup.ShouldNotContain(Uncertain));
        Aftercare.Asked.ShouldBe(["call Inside luwarerecordingfailclose1 True", "call Inside luwarerecordingfailclose1 True"]);
        engine.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_for_a_colleague_is_asked_for_again()
    {
        Open(Scenes.Planned);
        var page = RenderPage(step: "whitelisting");
        page.WaitForElement("#hand");
        Links.Fault = Busy;

        await page.PressAsync(Say["Hand.Make"]);
        page.WaitForAssertion(() => page.Find(".hand [role=alert]").TextContent.ShouldContain(Uncertain));
        Links.Fault = null;
        Mends(page, () => true);
        await page.PressAsync(Say["Hand.Make"]);

        page.WaitForAssertion(() => page.Find(".hand [role=alert]").TextContent.ShouldBeEmpty());
        page.Markup.ShouldContain(Say["Hand.Made"]);
    }

    [Fact]
    public async Task The_end_of_recording_is_read_once_the_database_is_back_and_approved_by_the_same_button()
    {
        Open(Scenes.Verified);
        Aftercare.Fault = Busy;
        var page = RenderOffboarding();
        page.WaitForAssertion(() => page.Heading().ShouldBe("End recording"));
        Aftercare.Fault = null;
        Mends(page, () => page.FindAll("#tenant-name").Count == 1);
        page.Find("#tenant-name").Input("Fabrikam GmbH");
        Aftercare.Fault = Busy;

        await page.PressAsync("Take it all back");
        page.WaitForAssertion(() => page.Find(".decide .problem").TextContent.ShouldContain(Uncertain));
        Aftercare.Fault = null;
        Mends(page, () => true);
        await page.PressAsync("Take it all back");

        page.WaitForAssertion(() => Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/onboarding"));
        Aftercare.Asked.ShouldBe(["offboard grants policies", "offboard grants policies"]);
    }

    [Fact]
    public void The_result_of_a_script_can_be_chosen_again()
    {
        var engine = Open(Scenes.Planned);
        var page = Opened();
        page.WaitForElement(".script");
        engine.Fault = Busy;

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("{}", "luware.result.json"));

        page.WaitForAssertion(() => page.Find("#script-result-word[role=alert]").TextContent.ShouldContain(Uncertain));
    }

    [Fact]
    public void A_reading_of_the_tenant_begins_anew_by_itself()
    {
        var engine = Open(Scenes.Empty);
        var readings = 0;
        engine.OnPlan = () => ++readings == 1 ? throw Busy : Task.CompletedTask;

        var page = RenderPage();
        page.WaitForAssertion(() => page.Markup.ShouldContain(Behind));

        Mends(page, () => readings == 2);
        page.Markup.ShouldNotContain(Say["Reading.Surprise.Title"]);
    }

    [Fact]
    public void What_a_part_of_the_page_asks_by_itself_is_asked_until_it_is_answered()
    {
        var engine = Open(Scenes.Verified);
        var asked = 0;
        engine.OnUndoScript = () => asked++ == 0 ? throw Busy : Task.CompletedTask;

        var page = RenderPage();
        page.WaitForAssertion(() => page.Markup.ShouldContain(Behind));

        Mends(page, () => page.FindAll("#undo-ask-grants").Count == 1);
        page.Markup.ShouldNotContain(Uncertain, Case.Sensitive, "nothing was to be saved");
    }

    [Fact]
    public void A_hand_over_that_is_opened_meanwhile_opens_by_itself()
    {
        var handover = new FakeHandover { Fault = Busy };
        Services.AddSingleton<IHandover>(handover);

        var page = Render<HandoverSheet>();
        page.WaitForAssertion(() => page.Markup.ShouldContain(Behind));
        handover.Fault = null;

        SpinWait.SpinUntil(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return page.Markup.Contains("Hand-over of Fabrikam GmbH", StringComparison.Ordinal);
        }, TimeSpan.FromSeconds(10)).ShouldBeTrue(page.Markup);
        page.Markup.ShouldNotContain(Behind);
    }

    private IRenderedComponent<Following> Opened()
    {
        var page = RenderPage();
        page.WaitForElement("h1");
        page.WaitForAssertion(() => page.Markup.ShouldNotContain(Say["Plan.Opening"]));
        return page;
    }

    /// <summary>The page says that the request may not have arrived and does not repeat it; the same click succeeds once the database is back.</summary>
    private async Task ShouldBePressedAgainAsync(IRenderedComponent<Following> page, FakeEngine engine, Func<Task> press, string asked)
    {
        engine.Fault = Busy;
        await press();
        page.WaitForAssertion(() => page.FindAll(".problem").ShouldContain(p => p.TextContent.Contains(Uncertain)));
        page.Markup.ShouldContain(Behind);
        page.FindAll(".panel-failed").ShouldBeEmpty();
        engine.Fault = null;
        Mends(page, () => true);
        engine.Asked.Count(a => a == asked).ShouldBe(1, "nothing is sent again by itself");

        await press();

        page.WaitForAssertion(() => page.Markup.ShouldNotContain(Uncertain));
        engine.Asked.Count(a => a == asked).ShouldBe(2);
    }

    /// <summary>Nobody does anything but wait.</summary>
    private void Mends(IRenderedComponent<Following> page, Func<bool> isThere) => SpinWait.SpinUntil(() =>
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return !page.Markup.Contains(Behind, StringComparison.Ordinal) && isThere();
    }, TimeSpan.FromSeconds(10)).ShouldBeTrue(page.Markup);

    private sealed class FakeHandover : IHandover
    {
        public Exception? Fault { get; set; }

        public Task<HandoverModel> ReadAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken) =>
            Fault is not null ? throw Fault : Task.FromResult(new HandoverModel
            {
                Language = "en", WrittenAt = Scenes.Now,
                Tenant = new HandoverTenant("Fabrikam GmbH", Scenes.Jonas.Access.TenantId, "MTDE", "Germany", null, []),
                Steps = [], Events = [], Actions = [], Audit = new HandoverAudit(0, null, null, Scenes.Now),
            });

        public Task<HandoverFile?> WriteAsync(Actor actor, Guid? tenantId, HandoverFormat format, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
