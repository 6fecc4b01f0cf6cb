using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.CustomerPages;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>An invitation is made, shown once, renewed and taken back.</summary>
public sealed class InvitationPanelTests : TenantPageContext
{
    [Fact]
    public async Task The_link_of_an_invitation_is_shown_once_with_its_mail_in_the_customers_language()
    {
        var page = Open(File());

        await page.PressAsync("Make an invitation");
        // The row's time is less precise than the clock's.
        var made = File() with { Invitations = [new InvitationView(Desk.Made.Id, "Nina Keller", Scenes.Now, Desk.Made.ExpiresAt.AddTicks(-1), null, null)] };
        Desk.Show(made);

        page.WaitForAssertion(() => page.Find("#invitation").ParentElement!.TextContent.ShouldContain("Renew"));
        page.Markup.ShouldContain("https://onboarding.luware.example/invitation?link=the-secret");
        page.Find("a[href^=mailto]").GetAttribute("href")!.ShouldContain(Uri.EscapeDataString("richten Sie Luware Recording für Fabrikam GmbH ein"));
        page.Find("a[href^=mailto]").GetAttribute("href")!
            .ShouldContain(Uri.EscapeDataString("sich unter https://onboarding.luware.example/onboarding anmelden"));
        page.Find("a[href^=mailto]").GetAttribute("href")!.ShouldContain("%0D%0A");
        page.Find("a[href^=mailto]").GetAttribute("href")!.ShouldContain(Uri.EscapeDataString("bis Donnerstag, 24. Dezember 2026 12:00 UTC."));

        Desk.Show(made with { Invitations = [made.Invitations[0] with { AcceptedBy = "Jonas Weber", AcceptedAt = Scenes.Now }] });
        page.WaitForAssertion(() => page.Markup.ShouldContain("Accepted by Jonas Weber"));
        page.Find("#invitation").ParentElement!.TextContent.ShouldContain("Whoever holds a directory role that a step needs still gets in");
        page.Markup.ShouldNotContain("the-secret");
    }

    [Fact]
    public async Task The_mail_of_an_invitation_says_until_what_hour_the_link_is_good()
    {
        var page = Open(File() with { Details = File().Details with { Language = "en" } });

        await page.PressAsync("Make an invitation");

        var mail = Uri.UnescapeDataString(page.WaitForElement("a[href^=mailto]").GetAttribute("href")!);
        mail.Replace('\u202f', ' ').ShouldContain("until Thursday, December 24, 2026 12:00 PM UTC.");
    }

    [Fact]
    public async Task A_page_that_has_not_heard_of_a_fresh_link_yet_keeps_it()
    {
        var page = Open(File());
        await page.PressAsync("Make an invitation");

        Desk.Show(File() with { Note = "Change board" });
        page.WaitForAssertion(() => page.Find("#note").GetAttribute("value").ShouldBe("Change board"));
        page.Markup.ShouldContain("the-secret");

        Desk.Show(File() with { Invitations = [new InvitationView(Desk.Made.Id, "Nina Keller", Scenes.Now, Desk.Made.ExpiresAt, null, null)] });
        page.WaitForAssertion(() => page.Markup.ShouldContain("Renew"));
        page.Markup.ShouldContain("the-secret");
        Desk.Show(File());
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("the-secret", Case.Sensitive, "a colleague took it back"));
    }

    [Fact]
    public async Task An_invitation_is_taken_back_and_a_note_is_kept()
    {
        var open = new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now.AddDays(30), null, null);
        var page = Open(File() with { Invitations = [open] });

        await page.PressAsync("Revoke");
        Desk.Asked.ShouldBeEmpty();
        page.Find("#invitation-question").TextContent.ShouldBe("Revoke the link? The one that was sent stops working.");
        await page.PressAsync("Yes, revoke it");
        page.Find("#note").Input("Change board on Wednesdays");
        await page.PressAsync("Save note");

        page.WaitForAssertion(() => Desk.Asked.ShouldBe([$"revoke {open.Id}", "note Change board on Wednesdays over "]));
        page.Markup.ShouldContain("Saved");
    }

    [Fact]
    public async Task A_link_that_is_out_is_replaced_after_a_question()
    {
        var open = new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now.AddDays(30), null, null);
        var page = Open(File() with { Invitations = [open] });

        await page.PressAsync("Renew");
        Focused().ShouldBe("#invitation-question");
        page.Find("#invitation-question").TextContent.ShouldBe("Make a new link? The one that was sent stops working.");
        await page.PressAsync("Not now");
        Desk.Asked.ShouldBeEmpty();
        await page.PressAsync("Renew");
        await page.PressAsync("Yes, make a new link");
        page.WaitForAssertion(() => Desk.Asked.ShouldBe(["invite"]));
        Focused().ShouldBe("#invitation-made");
    }

    [Fact]
    public async Task A_question_about_a_link_ends_when_somebody_has_accepted_it_meanwhile()
    {
        var open = new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now.AddDays(30), null, null);
        var page = Open(File() with { Invitations = [open] });
        await page.PressAsync("Renew");
        page.FindAll("#invitation-question").ShouldNotBeEmpty();

        Desk.Show(File() with { Invitations = [open with { AcceptedBy = "Anna Keller", AcceptedAt = Scenes.Now }] });

        page.WaitForAssertion(() => page.FindAll("#invitation-question").ShouldBeEmpty());
        Desk.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_has_expired_is_replaced_at_once()
    {
        var page = Open(File() with { Invitations = [new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now, null, null)] });

        await page.PressAsync("Renew");

        page.WaitForAssertion(() => Desk.Asked.ShouldBe(["invite"]));
    }

    [Fact]
    public async Task Ending_somebodys_access_names_them_before_it_is_done()
    {
        var accepted = new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now.AddDays(30), "Jonas Weber", Scenes.Now);
        var page = Open(File() with { Invitations = [accepted] });

        await page.PressAsync("Revoke");
        page.Find("#invitation-question").TextContent.ShouldBe("End Jonas Weber’s access?");
        await page.PressAsync("Yes, revoke it");

        page.WaitForAssertion(() => Desk.Asked.ShouldBe([$"revoke {accepted.Id}"]));
    }
}
