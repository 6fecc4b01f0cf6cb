using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>A tenant is added and changed.</summary>
public sealed class TenantFormPageTests : TenantPageContext
{
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
        var details = Desk.Details!;
        (details.Name, details.TenantOrDomain, details.Region, details.Language, details.OwnerName)
            .ShouldBe(("Fabrikam GmbH", "fabrikam.de", "MTCH", "de", "Jonas Weber"));
        details.ApplicationIds["1"].ShouldBe("7c1d0a52-4b7e-4a39-9a53-0f6f1c2f8e11");
    }

    [Fact]
    public async Task Enter_twice_adds_a_tenant_once()
    {
        var answer = new TaskCompletionSource();
        Desk.Gate = answer.Task;
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-Name").Change("Fabrikam GmbH");

        await page.InvokeAsync(() => { page.Find("form").Submit(); page.Find("form").Submit(); });
        answer.SetResult();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Guid.Empty}"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        Desk.Asked.ShouldBe(["add Fabrikam GmbH"]);
    }

    [Fact]
    public void What_is_wrong_stands_beside_the_field()
    {
        Desk.Problem = new Sentence("Tenants.Fault.Tenant");
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-Tenant").Change("nobody.example");

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("#tenant-Tenant-fault").TextContent.ShouldStartWith("Entra knows no such tenant"));
        page.Find("#tenant-Tenant").GetAttribute("aria-invalid").ShouldBe("true");
        page.Find("#tenant-Name").GetAttribute("aria-invalid").ShouldBe("false");
        JSInterop.VerifyInvoke("luware.focus").Arguments.ShouldBe(["[aria-invalid=true]"]);
    }

    [Fact]
    public void A_wrong_application_id_is_marked_at_its_own_field_also_with_blanks_around_it()
    {
        Desk.Problem = new Sentence("Tenants.Fault.ApplicationId", "4444");
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-ApplicationId-1").Change(" 4444 ");

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.FindAll("[aria-invalid=true]").ShouldHaveSingleItem().Id.ShouldBe("tenant-ApplicationId-1"));
    }

    [Fact]
    public void A_wrong_mail_address_is_marked_at_its_own_field()
    {
        Desk.Problem = new Sentence("Tenants.Fault.OwnerMail");
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-OwnerMail").Change("nina");

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("#tenant-OwnerMail-fault").TextContent.ShouldStartWith("A mail address has one @"));
        page.FindAll("[aria-invalid=true]").ShouldHaveSingleItem().Id.ShouldBe("tenant-OwnerMail");
    }

    [Theory]
    [InlineData("There", "This tenant is in the list already.")]
    [InlineData("ThereClosed", "This tenant is already there, closed.")]
    public void A_tenant_that_is_there_is_said_at_its_field_with_the_way_to_it(string fault, string said)
    {
        Desk.Problem = new Sentence($"Tenants.Fault.{fault}");
        var page = Render<TenantFormPage>();
        page.WaitForElement("#tenant-Tenant").Change("fabrikam.de");

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("#tenant-Tenant-fault").TextContent.ShouldBe(said));
        page.FindAll("a").ShouldContain(a => a.GetAttribute("href") == $"tenants/{Guid.Empty}");
    }

    [Fact]
    public void A_tenant_that_entra_could_not_confirm_has_a_warning_until_somebody_of_it_has_come()
    {
        Desk.IsUnproven = true;
        var form = Render<TenantFormPage>();
        form.WaitForElement("#tenant-Name").Change("Fabrikam GmbH");
        form.Find("form").Submit();
        form.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Guid.Empty}?unproven=true"));

        var page = Open(Unread());

        page.Find(".drift").TextContent.ShouldContain("Entra could not be asked whether this tenant exists");
        Desk.Show(File());
        page.WaitForAssertion(() => page.FindAll(".drift").ShouldBeEmpty("people of that tenant have come"));
    }

    [Fact]
    public void A_region_that_is_no_longer_configured_is_said_to_be_so_and_another_one_can_be_chosen()
    {
        var file = File();
        var own = new Dictionary<string, string> { ["1"] = $"{Id}", ["2"] = $"{Guid.NewGuid()}" };
        Desk.Show(file with { View = file.View with { Region = Region.Gone("MTDE") }, Details = file.Details with { ApplicationIds = own } });
        Render<TenantPage>(p => p.Add(t => t.Id, Id)).WaitForElement("#facts").ParentElement!.TextContent.ShouldContain("Not configured any more.");
        var page = Render<TenantFormPage>(p => p.Add(t => t.Id, Id));
        page.WaitForElement("#tenant-Region option").TextContent.ShouldBe("MTDE, not configured any more");

        page.Find("#tenant-Region").Change("MTCH");
        page.FindAll("#tenant-Region option").Select(o => o.TextContent).ShouldBe(["Switzerland"]);
        page.Find("form").Submit();

        page.WaitForAssertion(() => Desk.Details!.Region.ShouldBe("MTCH"));
        Desk.Details!.ApplicationIds.Keys.ShouldBe(["1"]);
    }

    [Fact]
    public void Who_is_overtaken_sees_what_was_saved_meanwhile_keeps_what_they_typed_and_saves_knowing_it()
    {
        var file = File();
        Desk.Show(file);
        var page = Render<TenantFormPage>(p => p.Add(t => t.Id, Id));
        page.WaitForElement("#tenant-Name").Change("Fabrikam AG");
        Desk.Meanwhile = new Meanwhile("Marco Rossi", file.Details with { Name = "Fabrikam Group", OwnerName = "Marco Rossi", Language = "en" });

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

        var now = Desk.Meanwhile.Now;
        Desk.Meanwhile = null;
        page.Find("form").Submit();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Id}"));
        Desk.Seen.ShouldBe(now);
        (Desk.Details!.Name, Desk.Details.OwnerName, Desk.Details.Language).ShouldBe(("Fabrikam AG", "Marco Rossi", "en"));
    }

    [Fact]
    public async Task A_change_that_undoes_something_is_asked_about_and_says_only_what_it_undoes()
    {
        Desk.Show(File());
        Desk.Undoes = new Undoing(Steps: 3, Plan: false, Ready: true, Policies: true);
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
        Desk.Undoes = Desk.Undoes with { Plan = true };
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Find("#undoing").TextContent.ShouldStartWith("Something has changed since you were asked. Move Fabrikam GmbH"));
        page.Find("form").Submit();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith($"tenants/{Id}"));
        Desk.Asked.ShouldBe(["change to MTCH, asked", "change to MTCH, asked", "change to MTCH, confirmed", "change to MTCH, confirmed"]);
    }

    [Fact]
    public void The_way_back_from_a_new_tenant_leads_to_the_list_as_it_was_seen()
    {
        Services.GetRequiredService<LastList>().Address = "tenants?region=MTCH";

        var page = Render<TenantFormPage>();

        page.WaitForElement(".back a").GetAttribute("href").ShouldBe("tenants?region=MTCH");
        page.Find("form .actions a").GetAttribute("href").ShouldBe("tenants?region=MTCH");
    }
}
