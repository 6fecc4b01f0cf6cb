using System.Security.Claims;
using Bunit;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Tests.Steps;
using Luware.Onboarding.Texts;
using Luware.Portal.Components;
using Luware.Portal.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>One tenant as a specialist sees it, and what she can do.</summary>
public sealed class TenantPagesTests : PageContext
{
    private static readonly Guid Id = Guid.NewGuid();

    private readonly FakeDesk desk = new();

    public TenantPagesTests()
    {
        Services.AddSingleton<ISpecialistDesk>(desk).AddSingleton<ITenantReader>(desk).AddSingleton<IRegionCatalog>(new EngineHost.OneRegion());
        Services.AddSingleton(Options.Create(new PackageOptions { Packages = { ["Standard"] = new PackageSettings { Name = "Recording Standard" } } }));
        Services.AddSingleton(Options.Create(new StaffOptions { TenantId = $"{Scenes.Jonas.Access.TenantId}" }));
        SignIn(Staff.SuccessSpecialist);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_page_says_where_it_stands_who_is_waited_for_and_how_old_each_reading_is()
    {
        desk.Lines.Add(Line());

        var page = Open(File());

        page.Find("h1").TextContent.ShouldBe("Fabrikam GmbH");
        page.Find(".lead").TextContent.ShouldContain("Jonas Weber: Approve the plan.");
        page.Find("tbody").TextContent.ShouldContain("10 min ago");
        page.WaitForAssertion(() => page.Find(".events").TextContent.ShouldContain("Nina Keller invited the customer"));
        page.Find(".command").TextContent.ShouldContain("LuwareRecording-RecordedUsers");
        page.FindAll("[data-copy]").ShouldContain(b => b.GetAttribute("data-copy")!.StartsWith("Guten Tag Jonas Weber"));
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public void Earlier_lines_are_offered_where_there_are_any(int lines, bool offered)
    {
        desk.Lines.AddRange(Enumerable.Range(0, lines).Select(_ => Line()));

        var page = Open(File());

        page.WaitForAssertion(() => page.FindAll(".events li").Count.ShouldBe(12));
        page.FindAll("button").Any(b => b.TextContent == "Show earlier").ShouldBe(offered);
    }

    [Fact]
    public async Task Earlier_lines_are_added_until_none_are_left()
    {
        desk.Lines.AddRange(Enumerable.Range(0, 24).Select(_ => Line()));
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

    [Fact]
    public async Task The_ready_flag_says_what_it_asserts_before_it_is_set()
    {
        var page = Open(File());

        await page.PressAsync("Set ready flag");
        desk.Asked.ShouldBeEmpty();
        page.Find("#ready-question").TextContent.ShouldContain("you assert that Luware’s recorders answer for Fabrikam GmbH");
        await page.PressAsync("Assert and set");

        page.WaitForAssertion(() => desk.Asked.ShouldBe(["ready True"]));
    }

    [Fact]
    public async Task The_keyboard_goes_to_the_question_about_the_ready_flag_and_back_to_its_button()
    {
        var page = Open(File());

        await page.PressAsync("Set ready flag");
        Focused().ShouldBe("#ready-question");
        await page.PressAsync("Not now");
        Focused().ShouldBe("#ready-ask");
        page.Find("#ready-ask").TextContent.ShouldContain("Set ready flag");
    }

    [Fact]
    public async Task Enter_twice_adds_a_tenant_once()
    {
        var answer = new TaskCompletionSource();
        desk.Gate = answer.Task;
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-Name").Change("Fabrikam GmbH");

        await page.InvokeAsync(() => { page.Find("form").Submit(); page.Find("form").Submit(); });
        answer.SetResult();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Guid.Empty}"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        desk.Asked.ShouldBe(["add Fabrikam GmbH"]);
    }

    [Fact]
    public async Task A_double_click_saves_a_note_once_and_what_is_typed_meanwhile_stays()
    {
        var answer = new TaskCompletionSource();
        desk.Gate = answer.Task;
        var page = Open(File() with { Note = "Ask for Jonas" });
        page.Find("#note").Input("Change board");

        await page.InvokeAsync(() => { page.Button("Save note").Click(); page.Button("Save note").Click(); });
        await page.InvokeAsync(() => page.Find("#note").Input("Change board on Wednesdays"));
        answer.SetResult();

        page.WaitForState(() => page.Find("#note").GetAttribute("value") == "Change board on Wednesdays" && !page.Button("Save note").IsOff());
        await page.PressAsync("Save note");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Saved"));
        await page.InvokeAsync(() => page.Button("Save note").Click());
        desk.Asked.ShouldBe(["note Change board over Ask for Jonas", "note Change board on Wednesdays over Change board"]);
    }

    [Fact]
    public async Task Ones_own_note_is_nobody_elses_although_it_is_kept_without_its_last_blank()
    {
        var answer = new TaskCompletionSource();
        desk.Gate = answer.Task;
        var page = Open(File() with { Note = "Ask for Jonas" });
        page.Find("#note").Input("Change board ");
        await page.PressAsync("Save note");
        await page.InvokeAsync(() => page.Find("#note").Input("Change board on Wednesdays"));
        answer.SetResult();
        page.WaitForState(() => !page.Button("Save note").IsOff());

        desk.Show(File() with { Note = "Change board" });
        page.WaitForState(() => page.FindComponent<NotePanel>().Instance.File.Note == "Change board");

        page.FindAll(".written").ShouldBeEmpty();
        await page.PressAsync("Save note");
        desk.Asked[^1].ShouldBe("note Change board on Wednesdays over Change board");
    }

    [Fact]
    public async Task A_ready_flag_that_was_set_before_a_group_was_there_names_the_group_and_is_set_anew()
    {
        var page = Open(Ready());
        page.Find("#ready").ParentElement!.TextContent.ShouldContain($"Set without {Scenes.Group}");

        await page.PressAsync("Set ready flag anew");
        page.Find("#ready-question").TextContent.ShouldContain("has synchronised its groups of recorded users");
        page.Find("#ready").ParentElement!.TextContent.ShouldContain($"Groups that the flag then names: {Scenes.Group}.");
        await page.PressAsync("Assert and set");
        page.WaitForAssertion(() => desk.Asked.ShouldBe(["ready True"]));

        desk.Show(Ready(new Guid("085fd5ee-756a-4284-b81d-a62549f12293")));
        page.WaitForAssertion(() => page.Find("#ready").ParentElement!.TextContent.ShouldNotContain(Scenes.Group));
        page.FindAll("button").ShouldNotContain(b => b.TextContent.Contains("anew"));

        static TenantFile Ready(params Guid[] groups)
        {
            var file = File();
            var tenant = file.View.Tenant with { Ready = true, ReadyGroups = groups };
            return file with { Row = file.Row with { Ready = true }, View = file.View with { Tenant = tenant } };
        }
    }

    [Fact]
    public async Task A_question_about_the_ready_flag_never_becomes_the_opposite_one()
    {
        var page = Open(File() with { Row = File().Row with { Ready = true } });
        await page.PressAsync("Withdraw ready flag");

        desk.Show(File() with { ReadyBy = "Marco Rossi", ReadyAt = Scenes.Now });

        page.WaitForAssertion(() => page.Find("#ready").ParentElement!.TextContent.ShouldContain("withdrawn by Marco Rossi"));
        page.FindAll("button").ShouldNotContain(b => b.TextContent.Contains("Assert and set"));
        page.Find("#ready").ParentElement!.TextContent.ShouldContain("was withdrawn meanwhile, and stays so");
        desk.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_link_of_an_invitation_is_shown_once_with_its_mail_in_the_customers_language()
    {
        var page = Open(File());

        await page.PressAsync("Make an invitation");
        // The row's time is less precise than the clock's.
        var made = File() with { Invitations = [new InvitationView(desk.Made.Id, "Nina Keller", Scenes.Now, desk.Made.ExpiresAt.AddTicks(-1), null, null)] };
        desk.Show(made);

        page.WaitForAssertion(() => page.Find("#invitation").ParentElement!.TextContent.ShouldContain("Renew"));
        page.Markup.ShouldContain("https://onboarding.luware.example/invitation?link=the-secret");
        page.Find("a[href^=mailto]").GetAttribute("href")!.ShouldContain(Uri.EscapeDataString("richten Sie Luware Recording für Fabrikam GmbH ein"));
        page.Find("a[href^=mailto]").GetAttribute("href")!
            .ShouldContain(Uri.EscapeDataString("sich unter https://onboarding.luware.example/onboarding anmelden"));
        page.Find("a[href^=mailto]").GetAttribute("href")!.ShouldContain("%0D%0A");

        desk.Show(made with { Invitations = [made.Invitations[0] with { AcceptedBy = "Jonas Weber", AcceptedAt = Scenes.Now }] });
        page.WaitForAssertion(() => page.Markup.ShouldContain("Accepted by Jonas Weber"));
        page.Find("#invitation").ParentElement!.TextContent.ShouldContain("Whoever holds a directory role that a step needs still gets in");
        page.Markup.ShouldNotContain("the-secret");
    }

    [Fact]
    public async Task A_page_that_has_not_heard_of_a_fresh_link_yet_keeps_it()
    {
        var page = Open(File());
        await page.PressAsync("Make an invitation");

        desk.Show(File() with { Note = "Change board" });
        page.WaitForAssertion(() => page.Find("#note").GetAttribute("value").ShouldBe("Change board"));
        page.Markup.ShouldContain("the-secret");

        desk.Show(File() with { Invitations = [new InvitationView(desk.Made.Id, "Nina Keller", Scenes.Now, desk.Made.ExpiresAt, null, null)] });
        page.WaitForAssertion(() => page.Markup.ShouldContain("Renew"));
        page.Markup.ShouldContain("the-secret");
        desk.Show(File());
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("the-secret", Case.Sensitive, "a colleague took it back"));
    }

    [Fact]
    public async Task An_invitation_is_taken_back_and_a_note_is_kept()
    {
        var open = new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now.AddDays(30), null, null);
        var page = Open(File() with { Invitations = [open] });

        await page.PressAsync("Revoke");
        desk.Asked.ShouldBeEmpty();
        page.Find("#invitation-question").TextContent.ShouldBe("Revoke the link? The one that was sent stops working.");
        await page.PressAsync("Yes, revoke it");
        page.Find("#note").Input("Change board on Wednesdays");
        await page.PressAsync("Save note");

        page.WaitForAssertion(() => desk.Asked.ShouldBe([$"revoke {open.Id}", "note Change board on Wednesdays over "]));
        page.Markup.ShouldContain("Saved");
    }

    [Fact]
    public async Task Closing_says_what_it_does_before_it_is_done_and_can_be_taken_back()
    {
        var page = Open(File());

        await page.PressAsync("Close this onboarding");
        Focused().ShouldBe("#closing-question");
        page.Find("#closing-question").TextContent.ShouldContain("Close the onboarding of Fabrikam GmbH? The customer’s people are signed out");
        desk.Asked.ShouldBeEmpty();
        await page.PressAsync("Yes, close it");
        desk.Show(File() with { ClosedAt = Scenes.Now, ClosedBy = "Nina Keller" });

        page.WaitForAssertion(() => page.Find("#closing + p").TextContent.ShouldStartWith("Closed by Nina Keller, "));
        page.Find(".side > section:first-child h2").TextContent.ShouldBe("Closed");
        page.Find(".lead").TextContent.ShouldStartWith("Closed");
        page.FindAll("#ready, #invitation").ShouldBeEmpty("nothing of it is for a closed one");
        await page.PressAsync("Open it again");
        desk.Asked.ShouldBe(["closed True", "closed False"]);
    }

    [Theory]
    [InlineData(40, "40 people have a recording policy now")]
    [InlineData(1, "One person has a recording policy now")]
    [InlineData(null, "People may have a recording policy now")]
    [InlineData(0, null)]
    public async Task Before_closing_it_is_said_who_has_the_policy_that_the_customer_could_no_longer_take_back(int? people, string? said)
    {
        var view = File().View;
        var plan = view.Steps[0].Plan! with
        {
            Step = "grants",
            Objects = people is { } number ? [view.Steps[0].Plan!.Objects[0] with { Spread = new Spread(number, 0, 0, 0, Scenes.Now) }] : [],
        };
        var steps = view.Steps.Select(s => s.Step == "grants" ? s with { CanUndo = true, Plan = plan } : s).ToList();
        var page = Open(File() with { View = view with { Steps = steps } });

        await page.PressAsync("Close this onboarding");

        var text = page.Find("#closing").ParentElement!.TextContent;
        (said is null ? text.Contains("recording policy now", StringComparison.Ordinal) : !text.Contains(said, StringComparison.Ordinal)).ShouldBeFalse();
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
        desk.Asked.ShouldBeEmpty();
        await page.PressAsync("Renew");
        await page.PressAsync("Yes, make a new link");
        page.WaitForAssertion(() => desk.Asked.ShouldBe(["invite"]));
        Focused().ShouldBe("#invitation-made");
    }

    [Fact]
    public async Task A_question_about_a_link_ends_when_somebody_has_accepted_it_meanwhile()
    {
        var open = new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now.AddDays(30), null, null);
        var page = Open(File() with { Invitations = [open] });
        await page.PressAsync("Renew");
        page.FindAll("#invitation-question").ShouldNotBeEmpty();

        desk.Show(File() with { Invitations = [open with { AcceptedBy = "Anna Keller", AcceptedAt = Scenes.Now }] });

        page.WaitForAssertion(() => page.FindAll("#invitation-question").ShouldBeEmpty());
        desk.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_has_expired_is_replaced_at_once()
    {
        var page = Open(File() with { Invitations = [new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now, null, null)] });

        await page.PressAsync("Renew");

        page.WaitForAssertion(() => desk.Asked.ShouldBe(["invite"]));
    }

    [Fact]
    public async Task Ending_somebodys_access_names_them_before_it_is_done()
    {
        var accepted = new InvitationView(Guid.NewGuid(), "Nina Keller", Scenes.Now, Scenes.Now.AddDays(30), "Jonas Weber", Scenes.Now);
        var page = Open(File() with { Invitations = [accepted] });

        await page.PressAsync("Revoke");
        page.Find("#invitation-question").TextContent.ShouldBe("End Jonas Weber’s access?");
        await page.PressAsync("Yes, revoke it");

        page.WaitForAssertion(() => desk.Asked.ShouldBe([$"revoke {accepted.Id}"]));
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
    public async Task What_still_waits_to_be_taken_back_is_named_before_it_is_closed_all_the_same()
    {
        desk.Problem = new Sentence(ISpecialistDesk.TakingBackWaits, Sentence.KeyArgument("Step.grants"));
        var page = Open(File());
        await page.PressAsync("Close this onboarding");
        await page.PressAsync("Yes, close it");

        page.WaitForAssertion(() => page.Markup.ShouldContain("Something still waits to be taken back: Grants."));
        desk.Problem = null;
        await page.PressAsync("Close all the same");

        page.WaitForAssertion(() => desk.Asked.ShouldBe(["closed True", "closed True with @Step.grants"]));
        await page.PressAsync("Close this onboarding");
        page.FindAll("button").ShouldContain(b => b.TextContent == "Yes, close it", "another question needs another answer");
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

    [Theory]
    [InlineData("")]
    [InlineData("/edit")]
    public void From_one_tenants_address_to_anothers_the_page_begins_anew(string place)
    {
        Authorization.SetPolicies(Staff.Policy);
        var other = Guid.NewGuid();
        desk.Show(File());
        Navigation.NavigateTo($"tenants/{Id}{place}");
        var portal = Render<Routes>();
        portal.WaitForElement("h1");

        Navigation.NavigateTo($"tenants/{other}{place}");

        portal.WaitForAssertion(() => desk.Opened.ShouldBe([Id, other]));
    }

    [Fact]
    public void A_tenant_that_is_not_there_is_said_to_be_gone()
    {
        desk.Gone();

        var page = Render<TenantPage>(p => p.Add(t => t.Id, Id));
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("There is no such tenant"));
    }

    [Fact]
    public void What_is_wrong_stands_beside_the_field()
    {
        desk.Problem = new Sentence("Tenants.Fault.Tenant");
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-Tenant").Change("nobody.example");

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("#tenant-Tenant-fault").TextContent.ShouldStartWith("Entra knows no such tenant"));
        page.Find("#tenant-Tenant").GetAttribute("aria-invalid").ShouldBe("true");
        page.Find("#tenant-Name").GetAttribute("aria-invalid").ShouldBe("false");
        JSInterop.VerifyInvoke("luware.focus").Arguments.ShouldBe(["[aria-invalid=true]"]);
    }

    [Fact]
    public void A_wrong_mail_address_is_marked_at_its_own_field()
    {
        desk.Problem = new Sentence("Tenants.Fault.OwnerMail");
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-OwnerMail").Change("nina");

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("#tenant-OwnerMail-fault").TextContent.ShouldStartWith("A mail address has one @"));
        page.FindAll("[aria-invalid=true]").ShouldHaveSingleItem().Id.ShouldBe("tenant-OwnerMail");
    }

    [Fact]
    public void A_new_tenant_is_the_specialists_own_and_leads_to_its_page()
    {
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-Name").Change("Fabrikam GmbH");
        page.Find("#tenant-Tenant").Change("fabrikam.de");
        page.Find("#tenant-Language").Change("de");
        page.Find("#tenant-ApplicationId-1").Change("7c1d0a52-4b7e-4a39-9a53-0f6f1c2f8e11");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Guid.Empty}"));
        var details = desk.Details!;
        (details.Name, details.TenantOrDomain, details.Region, details.Language, details.OwnerName)
            .ShouldBe(("Fabrikam GmbH", "fabrikam.de", "MTCH", "de", "Jonas Weber"));
        details.ApplicationIds["1"].ShouldBe("7c1d0a52-4b7e-4a39-9a53-0f6f1c2f8e11");
    }

    [Fact]
    public void A_region_that_is_no_longer_configured_is_said_to_be_so_and_another_one_can_be_chosen()
    {
        var file = File();
        var own = new Dictionary<string, string> { ["1"] = $"{Id}", ["2"] = $"{Guid.NewGuid()}" };
        desk.Show(file with { View = file.View with { Region = Region.Gone("MTDE") }, Details = file.Details with { ApplicationIds = own } });
        Render<TenantPage>(p => p.Add(t => t.Id, Id)).WaitForElement("#facts").ParentElement!.TextContent.ShouldContain("Not configured any more.");
        var page = Render<TenantFormPage>(p => p.Add(t => t.Id, Id));
        page.WaitForElement("#tenant-Region option").TextContent.ShouldBe("MTDE, not configured any more");

        page.Find("#tenant-Region").Change("MTCH");
        page.FindAll("#tenant-Region option").Select(o => o.TextContent).ShouldBe(["Switzerland"]);
        page.Find("form").Submit();

        page.WaitForAssertion(() => desk.Details!.Region.ShouldBe("MTCH"));
        desk.Details!.ApplicationIds.Keys.ShouldBe(["1"]);
    }

    [Fact]
    public void Who_is_overtaken_sees_what_was_saved_meanwhile_keeps_what_they_typed_and_saves_knowing_it()
    {
        var file = File();
        desk.Show(file);
        var page = Render<TenantFormPage>(p => p.Add(t => t.Id, Id));
        page.WaitForElement("#tenant-Name").Change("Fabrikam AG");
        desk.Meanwhile = new Meanwhile("Marco Rossi", file.Details with { Name = "Fabrikam Group", OwnerName = "Marco Rossi", Language = "en" });

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("#meanwhile h2").TextContent.ShouldBe("Marco Rossi has changed this tenant meanwhile"));
        JSInterop.VerifyInvoke("luware.focus").Arguments.ShouldBe(["#meanwhile"]);
        page.FindAll("#meanwhile tbody tr").Select(r => string.Join(" | ", r.Children.Select(c => c.TextContent)))
            .ShouldBe(
            [
                "Customer’s name | Fabrikam GmbH | Fabrikam Group | Fabrikam AG", "Language | German | English | The same",
                "Success specialist | empty | Marco Rossi | The same",
            ]);
        page.Find("#tenant-Name").GetAttribute("value").ShouldBe("Fabrikam AG");
        page.Find("#tenant-Owner").GetAttribute("value").ShouldBe("Marco Rossi");

        var now = desk.Meanwhile.Now;
        desk.Meanwhile = null;
        page.Find("form").Submit();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Id}"));
        desk.Seen.ShouldBe(now);
        (desk.Details!.Name, desk.Details.OwnerName, desk.Details.Language).ShouldBe(("Fabrikam AG", "Marco Rossi", "en"));
    }

    [Fact]
    public async Task A_change_that_undoes_something_is_asked_about_and_says_only_what_it_undoes()
    {
        desk.Show(File());
        desk.Undoes = new Undoing(Steps: 3, Plan: false, Ready: true, Policies: true);
        var page = Render<TenantFormPage>(p => p.Add(t => t.Id, Id));
        page.WaitForElement("#tenant-Region").Change("MTCH");
        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("#undoing").TextContent.ShouldBe(
            "Move Fabrikam GmbH from MTDE to Switzerland? 3 verified steps have to be done again. "
            + "The ready flag is withdrawn. Policies already granted stay in force."));
        Focused().ShouldBe("#undoing");
        await page.PressAsync("Not now");
        page.FindAll("#undoing").ShouldBeEmpty();
        page.Find("form").Submit();
        page.WaitForElement("#undoing");
        desk.Undoes = desk.Undoes with { Plan = true };
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Find("#undoing").TextContent.ShouldStartWith("Something has changed since you were asked. Move Fabrikam GmbH"));
        page.Find("form").Submit();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Id}"));
        desk.Asked.ShouldBe(["change to MTCH, asked", "change to MTCH, asked", "change to MTCH, confirmed", "change to MTCH, confirmed"]);
    }

    [Theory]
    [InlineData("There", "This tenant is in the list already.")]
    [InlineData("ThereClosed", "This tenant is already there, closed.")]
    public void A_tenant_that_is_there_is_said_at_its_field_with_the_way_to_it(string fault, string said)
    {
        desk.Problem = new Sentence($"Tenants.Fault.{fault}");
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-Tenant").Change("fabrikam.de");

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("#tenant-Tenant-fault").TextContent.ShouldBe(said));
        page.FindAll("a").ShouldContain(a => a.GetAttribute("href") == $"tenants/{Guid.Empty}");
    }

    [Fact]
    public void The_way_back_from_a_new_tenant_leads_to_the_list_as_it_was_seen()
    {
        Services.GetRequiredService<LastList>().Address = "tenants?region=MTCH";

        var page = Render<TenantFormPage>();

        page.WaitForElement(".back a").GetAttribute("href").ShouldBe("tenants?region=MTCH");
        page.Find("form .actions a").GetAttribute("href").ShouldBe("tenants?region=MTCH");
    }

    [Fact]
    public void A_tenant_that_entra_could_not_confirm_has_a_warning_until_somebody_of_it_has_come()
    {
        desk.IsUnproven = true;
        var form = Render<TenantFormPage>();
        form.WaitForElement("#tenant-Name").Change("Fabrikam GmbH");
        form.Find("form").Submit();
        form.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Guid.Empty}?unproven=true"));

        var page = Open(Unread());

        page.Find(".drift").TextContent.ShouldContain("Entra could not be asked whether this tenant exists");
        desk.Show(File());
        page.WaitForAssertion(() => page.FindAll(".drift").ShouldBeEmpty("people of that tenant have come"));
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

    [Fact]
    public async Task A_note_that_is_not_saved_is_not_left_without_a_question()
    {
        var leaving = JSInterop.Setup<bool>("confirm", "Leave without saving the note?");
        var page = Open(File());
        page.Find("#note").Input("Change board");

        var going = page.InvokeAsync(() => Navigation.NavigateTo("tenants"));
        leaving.SetResult(false);
        await going;

        leaving.Invocations.Count.ShouldBe(1);
        Navigation.Uri.ShouldNotEndWith("tenants");
    }

    [Fact]
    public async Task A_note_that_somebody_else_saves_meanwhile_is_shown_beside_ones_own()
    {
        var page = Open(File() with { Note = "Ask for Jonas" });
        page.Find("#note").Input("Change board on Wednesdays");

        desk.Show(File() with { Note = "Ask for Ada" });

        page.WaitForAssertion(() => page.Find(".written").TextContent.ShouldBe("Ask for Ada"));
        page.Find("#note").GetAttribute("value").ShouldBe("Change board on Wednesdays");
        await page.PressAsync("Replace it by yours");
        page.WaitForAssertion(() => desk.Asked.ShouldBe(["note Change board on Wednesdays over Ask for Ada"]));
    }

    [Fact]
    public void The_regions_show_their_applications_permissions_and_version()
    {
        Services.AddSingleton(Options.Create(StepWorld.ChatSettings));
        var regions = (EngineHost.OneRegion)Services.GetRequiredService<IRegionCatalog>();
        var page = Render<RegionsPage>();
        string[] always = ["Luware Recording MTCH 1", "22222222-2222-4222-8222-222222222222", "version 1", "Calls.AccessMedia.All"];
        always.ShouldAllBe(word => page.Markup.Contains(word));
        page.Markup.ShouldContain("Luware’s subscription is not named here");
        page.FindAll("#required-chat").ShouldBeEmpty();

        regions.Switzerland = StepWorld.SwitzerlandWithChat;
        page.Render();

        page.Find("[aria-labelledby=required-chat]").TextContent.ShouldContain("Chat.Read.All");
        page.Find("[aria-labelledby=required-chat]").TextContent.ShouldContain("Files.Read.All");
        page.Find("#required-chat").TextContent.ShouldContain("version 1");
        page.Markup.ShouldContain($"from its subscription {StepWorld.SwitzerlandWithChat.EndpointSubscription}");
    }

    private IRenderedComponent<TenantPage> Open(TenantFile file)
    {
        desk.Show(file);
        var page = Render<TenantPage>(p => p.Add(t => t.Id, Id));
        page.WaitForElement("h1");
        return page;
    }

    private static TimelineLine Line() => new(Guid.NewGuid(), Scenes.Now, JournalKind.Invited, "", new Sentence("Engine.Invited", "Nina Keller"));

    /// <summary>A tenant of which nobody has come yet.</summary>
    private static TenantFile Unread()
    {
        var view = File().View;
        return File() with { View = view with { Steps = [.. view.Steps.Select(s => new StepView(s.Step, StepStatus.NotStarted, null, null, null))] } };
    }

    internal static TenantFile File()
    {
        var view = Scenes.Planned;
        var plan = view.Steps[0].Plan! with { ForLuware = [new NamedValue(Scenes.Group, "085fd5ee-756a-4284-b81d-a62549f12293")] };
        view = view with { Steps = [view.Steps[0] with { Plan = plan }, .. view.Steps.Skip(1)] };
        var row = new CockpitRow(Id, view.Tenant.EntraTenantId, "Fabrikam GmbH", "fabrikam.de", "MTDE", "de", "Nina Keller", Ready: false)
        {
            Status = StepStatus.Ready, Waits = WaitsFor.Customer, Who = "Jonas Weber", Why = new Sentence("Standing.ToApprove"), Next = null,
            IsStuck = false, AtStep = "consent",
            Verified = 0, Steps = 7, Since = Scenes.Now, LastActivityAt = Scenes.Now, IdleSince = Scenes.Now, IsIdle = false,
        };
        return new TenantFile(row, new TenantDetails("Fabrikam GmbH", $"{view.Tenant.EntraTenantId}", "MTDE") { Language = "de" }, view)
        {
            Note = "", ReadyBy = null, ReadyAt = null, Invitations = [],
        };
    }
}
