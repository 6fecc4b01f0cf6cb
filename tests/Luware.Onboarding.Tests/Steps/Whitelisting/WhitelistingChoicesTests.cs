using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Steps.Whitelisting;

public sealed class WhitelistingChoicesTests : ChoicesTest<WhitelistingChoices, WhitelistingChoice>
{
    private static readonly StepPlan Domains = Plan(
        (WhitelistingStep.DomainOption, [new("contoso.com", "contoso.com"), new("contoso.onmicrosoft.com", "contoso.onmicrosoft.com")]));

    [Fact]
    public void The_recommended_domain_comes_first_and_is_selected()
    {
        var shown = Show(new WhitelistingChoice(), Domains);

        shown.FindAll("option").Select(o => o.TextContent.Trim()).ShouldBe(["contoso.com (recommended)", "contoso.onmicrosoft.com"]);
        shown.FindAll("option")[0].HasAttribute("selected").ShouldBeTrue();
        shown.Find("label").GetAttribute("for").ShouldBe(shown.Find("select").Id);
    }

    [Fact]
    public void Another_domain_can_be_chosen_and_the_recommendation_taken_again()
    {
        var shown = Show(new WhitelistingChoice(), Domains);

        shown.Find("select").Change("contoso.onmicrosoft.com");
        shown.FindAll("option")[1].HasAttribute("selected").ShouldBeTrue();
        shown.Find("select").Change("contoso.com");

        Chosen.Select(c => c.Domain).ShouldBe(["contoso.onmicrosoft.com", null]);
    }

    [Fact]
    public void A_chosen_domain_that_is_not_verified_any_more_stands_there_as_such()
    {
        var shown = Show(new WhitelistingChoice("gone.example"), Domains);

        var chosen = shown.FindAll("option").Single(o => o.HasAttribute("selected"));
        chosen.TextContent.ShouldBe("gone.example (not verified any more)");
        chosen.HasAttribute("disabled").ShouldBeTrue();
        shown.Find("select").Change("contoso.com");
        Chosen.Single().Domain.ShouldBeNull();
    }

    [Fact]
    public void A_federated_domain_says_what_may_come_of_it()
    {
        var plan = Plan((WhitelistingStep.DomainOption,
        [
            new("contoso.com", "contoso.com"),
            new("corp.example", "corp.example") { Note = new Sentence("Whitelisting.Choices.Federated", "corp.example") },
        ]));

        Show(new WhitelistingChoice(), plan).FindAll("option")[1].TextContent.ShouldContain("Microsoft may refuse it");
    }

    [Fact]
    public void It_speaks_German()
    {
        using var german = InGerman();

        Show(new WhitelistingChoice(), Domains).Find("label").TextContent.ShouldBe("Domäne der Anwendungsinstanzen");
    }
}
