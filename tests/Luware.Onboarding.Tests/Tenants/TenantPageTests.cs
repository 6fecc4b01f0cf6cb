using System.Security.Claims;
using Bunit;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Texts;
using Luware.Portal.Components;
using Luware.Portal.Components.Pages;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>Where a tenant stands, and what a specialist does next.</summary>
public sealed class TenantPageTests : TenantPageContext
{
    [Fact]
    public void The_page_says_where_it_stands_who_is_waited_for_and_how_old_each_reading_is()
    {
        Desk.Lines.Add(Line());

        var page = Open(File());

        page.Find("h1").TextContent.ShouldBe("Fabrikam GmbH");
        page.Find(".lead").TextContent.ShouldContain("Jonas Weber: Approve the plan.");
        page.Find("tbody").TextContent.ShouldContain("10 min ago");
        page.WaitForAssertion(() => page.Find(".events").TextContent.ShouldContain("Nina Keller invited the customer"));
        page.Find(".command").TextContent.ShouldContain("LuwareRecording-RecordedUsers");
        page.FindAll("[data-copy]").ShouldContain(b => b.GetAttribute("data-copy")!.StartsWith("Guten Tag Jonas Weber"));
    }

    [Theory]
    [InlineData(null, "Set the ready flag once the recorders answer")]
    [InlineData("Nina Keller", "Nina Keller: Set the ready flag once the recorders answer")]
    public void A_status_that_says_who_is_waited_for_is_not_said_again(string? who, string lead)
    {
        var file = File();

        var row = file.Row with { Status = StepStatus.WaitingOnLuware, Waits = WaitsFor.Luware, Who = who, Why = new Sentence("Engine.NotReady") };
        Open(file with { Row = row }).Find(".lead").TextContent.ShouldContain($"Waiting on Luware · {lead}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_question_is_shown_as_one_that_the_customer_is_asked(bool isInRun)
    {
        var held = new WaitView(
            "grants", WaitsFor.Customer, Scenes.S("Grants.Question.NoTestUser"), Scenes.Now, null, StepOutcome.Waiting.ChoicesOf("grants"), null, null);
        var view = isInRun ? Scenes.Running with { Run = Scenes.Running.Run! with { Waits = [held] } } : Scenes.Asking;

        Open(File() with { View = view }).Find("tbody").TextContent.ShouldContain("Asked of the customer: Who tests first?");
    }

    [Theory]
    [InlineData(WaitsFor.Customer, 7, "Maria Lang: ")]
    [InlineData(WaitsFor.Customer, 0, "Customer: ")]
    [InlineData(WaitsFor.Microsoft, 7, "Microsoft: ")]
    [InlineData(WaitsFor.Luware, 7, "Luware: ")]
    public void A_colleague_is_waited_for_while_they_have_the_step_and_the_customer_is(WaitsFor on, int days, string words)
    {
        var wait = new WaitView("consent", on, Scenes.S("Consent.WaitForAccept", "Luware Recording MTDE 2"), Scenes.Now, null, null, null, null);
        var handed = new HandedView(Guid.NewGuid(), "Jonas Weber", Scenes.Now, Scenes.Now.AddDays(days), "Maria Lang", Scenes.Now);
        var view = Scenes.Running with { Run = Scenes.Running.Run! with { Waits = [wait] } };

        var page = Open(File() with { View = view with { Steps = [.. view.Steps.Select(s => s.Step == "consent" ? s with { Handed = handed } : s)] } });

        page.FindAll("tbody td")[1].TextContent.ShouldStartWith(words);
    }

    [Fact]
    public void Ages_grow_while_nothing_else_happens()
    {
        var page = Open(File());
        page.Find("tbody").TextContent.ShouldContain("10 min ago");

        Time.Advance(TimeSpan.FromMinutes(1));
        page.WaitForAssertion(() => page.Find("tbody").TextContent.ShouldContain("11 min ago"));
    }

    [Fact]
    public void The_package_has_its_name()
    {
        var file = File();

        var page = Open(file with { Details = file.Details with { Package = "standard" } });

        page.Find("#facts + dl").TextContent.ShouldContain("Recording Standard");
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public void Earlier_lines_are_offered_where_there_are_any(int lines, bool offered)
    {
        Desk.Lines.AddRange(Enumerable.Range(0, lines).Select(_ => Line()));

        var page = Open(File());

        page.WaitForAssertion(() => page.FindAll(".events li").Count.ShouldBe(12));
        page.FindAll("button").Any(b => b.TextContent == "Show earlier").ShouldBe(offered);
    }

    [Fact]
    public async Task Earlier_lines_are_added_until_none_are_left()
    {
        Desk.Lines.AddRange(Enumerable.Range(0, 24).Select(_ => Line()));
        var page = Open(File());
        page.WaitForAssertion(() => page.FindAll(".events li").Count.ShouldBe(12));

        await page.PressAsync("Show earlier");

        page.WaitForAssertion(() => page.FindAll(".events li").Count.ShouldBe(24));
        page.FindAll("button").ShouldNotContain(b => b.TextContent == "Show earlier");
    }

    [Fact]
    public void Whoever_was_invited_is_reminded_of_the_link_and_not_of_an_address_that_may_turn_them_away()
    {
        var file = File();

        var page = Open(file with { Row = file.Row with { Status = StepStatus.NotStarted, Who = null, Why = new Sentence(TenantStanding.Invited) } });

        var nudge = page.FindAll("[data-copy]").Select(b => b.GetAttribute("data-copy")!).Single(t => t.StartsWith("Guten Tag", StringComparison.Ordinal));
        nudge.ShouldContain("öffnen Sie den Link der Einladung");
        nudge.ShouldNotContain("https://");
    }

    [Fact]
    public void What_a_specialist_does_next_comes_first_and_filled()
    {
        var page = Open(Unread());
        page.Find(".side > section:first-child h2").TextContent.ShouldBe("Invitation");
        page.Button("Make an invitation").ClassList.ShouldContain("rz-variant-filled");
        page.Find("#steps + p").TextContent.ShouldBe("The customer has not had the tenant read yet.");
    }

    [Fact]
    public void Where_luware_is_waited_for_the_ready_flag_is_the_filled_button()
    {
        var file = File();

        var page = Open(file with { Row = file.Row with { Status = StepStatus.WaitingOnLuware, Waits = WaitsFor.Luware } });

        page.Find("#ready-ask").ClassList.ShouldContain("rz-variant-filled");
        page.Button("Make an invitation").ClassList.ShouldNotContain("rz-variant-filled");
    }

    [Fact]
    public void Who_administers_the_portal_sees_it_and_is_offered_nothing_to_do()
    {
        SignIn(Staff.PortalAdministrator);

        var page = Open(File());

        page.FindAll("button").Select(b => b.TextContent)
            .ShouldNotContain(t => t.Contains("ready flag") || t.Contains("invitation") || t.Contains("note") || t.Contains("Close"));
        page.FindAll("a").Select(a => a.GetAttribute("href")).ShouldNotContain($"tenants/{Id}/edit");
    }

    [Fact]
    public void An_account_of_luware_without_the_role_is_told_which_role_it_lacks()
    {
        SignIn("SomeOtherRole");

        var page = Render<NotYoursNote>();

        page.Find("h1").TextContent.ShouldBe("You need a role for this page");
        page.Find("form[action=sign-out]").TextContent.ShouldContain("Sign out and use another account");
        Authorization.SetClaims([.. Claims(Guid.NewGuid()).Where(c => c.Type != Actor.TenantClaim), new Claim(Actor.TenantClaim, $"{Guid.NewGuid()}")]);
        Render<NotYoursNote>().Find("h1").TextContent.ShouldBe("This page is for Luware’s own people", "a customer's account lacks nothing");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/edit")]
    public void From_one_tenants_address_to_anothers_the_page_begins_anew(string place)
    {
        Authorization.SetPolicies(Staff.Policy);
        var other = Guid.NewGuid();
        Desk.Show(File());
        Navigation.NavigateTo($"tenants/{Id}{place}");
        var portal = Render<Routes>();
        portal.WaitForElement("h1");

        Navigation.NavigateTo($"tenants/{other}{place}");

        portal.WaitForAssertion(() => Desk.Opened.ShouldBe([Id, other]));
    }

    [Fact]
    public void A_tenant_that_is_not_there_is_said_to_be_gone()
    {
        Desk.Gone();

        var page = Render<TenantPage>(p => p.Add(t => t.Id, Id));
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("There is no such tenant"));
    }

    private static TimelineLine Line() => new(Guid.NewGuid(), Scenes.Now, JournalKind.Invited, "", new Sentence("Engine.Invited", "Nina Keller"));
}
