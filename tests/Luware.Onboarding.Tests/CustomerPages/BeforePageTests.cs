using Bunit;
using Bunit.TestDoubles;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Tests.Steps;
using Luware.Portal.Components;
using Luware.Portal.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>What the page says before any work: tenant, person, roles and licences, Luware's choices, and what will be asked.</summary>
public sealed class BeforePageTests : PageContext
{
    private readonly FakeScopes scopes = new();
    private readonly FakeDirectory directory = new();

    public BeforePageTests()
    {
        Services.AddSingleton(new Permissions(scopes, scopes));
        Services.AddSingleton(new Licences(directory, scopes, Options.Create(new SecurityGroupsOptions { RecordingLicences = { "SPE_E5" } })));
        Services.AddSingleton(new Help(null, null, new Contact("Nina Keller", "nina.keller@luware.example")));
    }

    [Fact]
    public void It_names_the_tenant_the_person_and_what_Luware_chose()
    {
        Open(Scenes.Planned);

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Find(".decide"));
        page.Heading().ShouldBe("Before we begin");
        Fact(page, "Name").ShouldBe("Fabrikam GmbH");
        Fact(page, "Tenant id").ShouldBe($"{Scenes.Jonas.Access.TenantId}");
        Fact(page, "Signed in").ShouldContain("jonas.weber@fabrikam.de");
        Fact(page, "Region").ShouldBe("Multi-Tenant Germany, two recording applications, one of which must answer (2N)");
        Fact(page, "Applications").ShouldBe("Luware Recording MTDE 1, Luware Recording MTDE 2");
        Fact(page, "Your success specialist at Luware").ShouldContain("Nina Keller");
        page.Find("a[href='mailto:nina.keller@luware.example']");
        page.Find("section[aria-labelledby=you]").TextContent.ShouldContain("need no link: they sign in at https://onboarding.luware.example/onboarding");
        Fact(page, "Asked of you").ShouldContain("2 admin consents");
    }

    [Fact]
    public void Whose_users_live_in_another_tenant_learns_what_to_do_and_gets_no_further()
    {
        Open(Scenes.Planned);
        var page = RenderBefore();
        page.WaitForAssertion(() => page.Find(".decide"));
        page.FindAll("input[name=users]")[0].HasAttribute("checked").ShouldBeTrue();

        page.FindAll("input[name=users]")[1].Change(true);

        page.Find("[role=status].note").TextContent.ShouldStartWith("Then this is the wrong tenant");
        page.FindAll(".decide").ShouldBeEmpty();

        page.FindAll("input[name=users]")[0].Change(true);

        page.FindAll("[role=status].note").ShouldBeEmpty();
        page.Find(".decide a.rz-primary").GetAttribute("href").ShouldBe("onboarding");
    }

    [Fact]
    public void What_the_portal_may_not_do_yet_is_listed_and_asked_for_in_one_go()
    {
        scopes.Granted = false;
        Open(Scenes.Empty);

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Find(".decide a.rz-primary").GetAttribute("href").ShouldBe("sign-in/more?returnUrl=/onboarding"));
        page.FindAll(".decide a").Select(a => a.GetAttribute("href"))
            .ShouldContain("sign-in/more?returnUrl=/onboarding/consent", "step by step begins with the first step");
        page.Find("section[aria-labelledby=scopes] code").TextContent.ShouldBe("Directory.Read.All");
        page.Find("section[aria-labelledby=scopes]").TextContent.ShouldContain("Not granted yet");
        Fact(page, "Licences with which Microsoft records").ShouldBe("Readable once you have allowed it below.");
    }

    [Fact]
    public void While_Microsoft_is_asked_the_page_says_so()
    {
        var answer = new TaskCompletionSource();
        scopes.Gate = answer.Task;
        Open(Scenes.Planned);

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Find("section[aria-labelledby=scopes] [role=status]").TextContent.ShouldStartWith("Microsoft is being asked"));
        answer.SetResult();
        page.WaitForAssertion(() => page.FindAll("section[aria-labelledby=scopes] [role=status]").ShouldBeEmpty());
        page.Find("section[aria-labelledby=scopes] code").TextContent.ShouldBe("Directory.Read.All");
    }

    [Fact]
    public void What_could_not_be_read_is_no_reason_to_stop()
    {
        scopes.Fault = new TransientException("busy");
        Open(Scenes.Empty);

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Find("section[aria-labelledby=scopes]").TextContent.ShouldContain("could not be read just now"));
        page.Find(".decide a.rz-primary").GetAttribute("href").ShouldBe("sign-in/more?returnUrl=/onboarding");
    }

    [Fact]
    public void Licences_are_counted()
    {
        directory.Licences.AddRange([new Licence("SPE_E5", 40), new Licence("FLOW_FREE", 1000)]);

        ShouldSayOfLicences("40 × Microsoft 365 E5");
    }

    [Fact]
    public void Without_a_licence_it_says_whom_to_ask() =>
        ShouldSayOfLicences("None was found. Teams records nobody without one: please ask who manages your licences.");

    [Fact]
    public void Licences_that_could_not_be_read_are_not_called_missing()
    {
        directory.Refusal = new TransientException("busy");

        ShouldSayOfLicences("They could not be read just now; step 1 reads them again.");
    }

    [Fact]
    public void A_role_that_serves_is_named_with_the_steps_that_need_it()
    {
        Open(Scenes.Planned);

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Find(".decide"));
        Fact(page, "Policies, Grants").ShouldBe("Global Administrator is active");
        page.FindAll(".wait").ShouldBeEmpty();
        page.Find(".lead").TextContent.ShouldBe("You hold every role that is needed. Below is what the portal works with.");
    }

    [Theory]
    [InlineData(false, "For the storage account you also need the role Reader in Azure")]
    [InlineData(true, "You hold every role that is needed.")]
    public void Directory_roles_are_not_called_enough_where_Azure_is_read_with_the_persons_own_rights(bool byHand, string says)
    {
        var storage = new StepView(StorageStep.StepName, StepStatus.NotStarted, null, null, null);
        var choices = StepChoices.None.With(StorageStep.StepName, new StorageChoice { ByHand = byHand });
        Open(Scenes.Planned with { Steps = [.. Scenes.Planned.Steps, storage], Choices = choices });

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Find(".lead").TextContent.ShouldContain(says));
    }

    [Fact]
    public void A_role_that_is_missing_comes_with_who_can_help_and_a_letter_to_send()
    {
        Authorization.SetClaims(Claims(DirectoryRoles.TeamsAdministrator));
        var consent = Scenes.Planned.Steps[0];
        Open(Scenes.Planned with { Steps = [consent, .. Scenes.Planned.Steps.Where(s => s.Step is "policies" or "grants")] });

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Find(".decide"));
        page.Find(".lead").TextContent.ShouldStartWith("One role is not active for you now. You can begin anyway");
        page.Find(".wait .mark").TextContent.Trim().ShouldBe("Not active now");
        page.Find(".wait").TextContent.ShouldContain("Needed for: Consent.");
        page.Find(".wait").TextContent.ShouldContain("Privileged Identity Management");
        var letter = page.Find(".wait [data-copy]").GetAttribute("data-copy")!;
        letter.ShouldContain(
            "For the Teams recording at Fabrikam GmbH, one of these directory roles is needed: Global Administrator or Privileged Role Administrator.");
        letter.ShouldContain("Please activate it for jonas.weber@fabrikam.de");
        letter.ShouldContain("Jonas Weber");
        page.Find("a[href='sign-in?returnUrl=/before']").TextContent.ShouldBe("Sign in with Microsoft", "a role that became active is learnt at a sign-in");
    }

    [Fact]
    public void Without_any_role_it_says_so_and_shows_no_way_on()
    {
        Authorization.SetClaims(Claims(Guid.NewGuid()));
        Open(Scenes.Planned.Withhold());

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Find("section[aria-labelledby=scopes] code"));
        page.Find(".lead").TextContent.ShouldContain("For you, no role that it needs is active now.");
        page.Find(".wait [data-copy]").GetAttribute("data-copy")!.ShouldContain("Global Administrator");
        page.FindAll(".decide").ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_prepares_the_storage_by_hand_is_not_asked_for_Azure()
    {
        scopes.Granted = false;
        var storage = new StepView(StorageStep.StepName, StepStatus.NotStarted, null, null, null);
        var engine = Open(Scenes.Empty with { Steps = [.. Scenes.Empty.Steps, storage] });
        var page = RenderBefore();
        page.WaitForAssertion(() => page.Find("input[name=storage-route]"));
        page.Markup.ShouldContain("user_impersonation");

        page.FindAll("input[name=storage-route]")[1].Change(true);

        page.WaitForAssertion(() => page.Markup.ShouldNotContain("user_impersonation"));
        engine.Asked.ShouldHaveSingleItem().ShouldStartWith("choose storage");
    }

    [Fact]
    public async Task What_somebody_else_chose_after_the_own_choice_is_not_written_over_by_the_next_one()
    {
        scopes.Granted = false;
        var storage = new StepView(StorageStep.StepName, StepStatus.NotStarted, null, null, null);
        var engine = Open(Scenes.Empty with { Steps = [.. Scenes.Empty.Steps, storage] });
        var page = RenderBefore();
        page.WaitForAssertion(() => page.Find("input[name=storage-route]"));
        await page.InvokeAsync(() => page.FindAll("input[name=storage-route]")[1].ChangeAsync(true));
        var theirs = engine.View!.Choices.Get<StorageChoice>(StorageStep.StepName) with { ResourceId = "/subscriptions/theirs" };

        engine.Show(engine.View with
        {
            Tenant = engine.View.Tenant with { Name = "Fabrikam AG" }, Choices = engine.View.Choices.With(StorageStep.StepName, theirs),
        });
        page.WaitForAssertion(() => Fact(page, "Name").ShouldBe("Fabrikam AG"));
        await page.InvokeAsync(() => page.FindAll("input[name=storage-route]")[0].ChangeAsync(true));

        engine.View.Choices.Get<StorageChoice>(StorageStep.StepName).ShouldBe(theirs with { ByHand = false });
    }

    [Fact]
    public void Whoever_chose_a_way_that_needs_no_permission_more_can_go_back_on_it()
    {
        scopes.Granted = null;
        var storage = new StepView(StorageStep.StepName, StepStatus.NotStarted, null, null, null);
        var engine = Open(Scenes.Empty with { Steps = [.. Scenes.Empty.Steps, storage] });
        var page = RenderBefore();
        page.WaitForAssertion(() => page.Find("input[name=storage-route]"));

        page.FindAll("input[name=storage-route]")[1].Change(true);
        engine.Show(engine.View! with { Tenant = engine.View.Tenant with { Name = "Fabrikam AG" } });

        page.WaitForAssertion(() => Fact(page, "Name").ShouldBe("Fabrikam AG"));
        page.Find(".decide a.rz-primary").GetAttribute("href").ShouldBe("onboarding");
        page.FindAll("input[name=storage-route]")[1].HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_quick_choices_the_second_is_stored_after_the_first()
    {
        var storage = new StepView(StorageStep.StepName, StepStatus.NotStarted, null, null, null);
        scopes.Granted = false;
        var engine = Open(Scenes.Empty with { Steps = [.. Scenes.Empty.Steps, storage] });
        var stored = new TaskCompletionSource();
        engine.OnChoose = () => stored.Task;
        var page = RenderBefore();
        page.WaitForAssertion(() => page.Find("input[name=storage-route]"));

        var first = page.InvokeAsync(() => page.FindAll("input[name=storage-route]")[1].ChangeAsync(true));
        var second = page.InvokeAsync(() => page.FindAll("input[name=storage-route]")[0].ChangeAsync(true));
        page.WaitForAssertion(() => page.FindAll("input[name=storage-route]")[0].HasAttribute("checked").ShouldBeTrue());
        engine.Asked.Count.ShouldBe(1, "the first is not stored yet");
        stored.SetResult();
        await Task.WhenAll(first, second);

        engine.View!.Choices.Get<StorageChoice>(StorageStep.StepName).ByHand.ShouldBeFalse();
        engine.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public void Whoever_arrives_and_has_a_plan_goes_on_to_it()
    {
        Open(Scenes.Planned);

        RenderBefore(arriving: true);

        ((BunitNavigationManager)Services.GetRequiredService<NavigationManager>()).History.Select(h => h.Uri).ShouldBe(["onboarding"]);
    }

    [Fact]
    public void A_session_that_has_ended_is_said()
    {
        scopes.IsAlive = false;
        Open(Scenes.Planned);

        var page = RenderBefore();

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    private void ShouldSayOfLicences(string words)
    {
        Open(Scenes.Planned);

        var page = RenderBefore();

        page.WaitForAssertion(() => Fact(page, "Licences with which Microsoft records").ShouldBe(words));
    }

    private IRenderedComponent<Following> RenderBefore(bool arriving = false) =>
        Render<Following>(p => p.Add(f => f.ChildContent, builder =>
        {
            builder.OpenComponent<Before>(0);
            builder.AddComponentParameter(1, nameof(Before.Arriving), arriving);
            builder.CloseComponent();
        }));

    /// <summary>The value of a name in a list of facts.</summary>
    private static string Fact(IRenderedComponent<Following> page, string name) =>
        page.FindAll("dt").Single(d => d.TextContent.Trim() == name).NextElementSibling!.TextContent.Trim();
}
