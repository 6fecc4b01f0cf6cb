using Luware.Onboarding.Texts;
using Luware.Onboarding.Tests.CustomerPages;

namespace Luware.Onboarding.Tests.Texts;

public sealed class SayTests : PageContext
{
    [Fact]
    public void An_argument_that_is_a_key_is_read_in_the_readers_language() =>
        Say[Scenes.S("Whitelisting.Choice", Sentence.KeyArgument("Step.consent"))].ShouldBe("On the domain Consent");

    [Fact]
    public void A_sentence_before_another_is_read_in_the_readers_language_too() =>
        Say[Scenes.S("Grants.Why.NewMembers", Sentence.KeyArgument("Grants.Why.Granted"))].ShouldStartWith($"{Say[Scenes.S("Grants.Why.Granted")]} Luware ");

    [Fact]
    public void A_name_that_begins_like_a_key_stays_a_name() =>
        Say[Scenes.S("Whitelisting.Choice", "@fabrikam.de")].ShouldBe("On the domain @fabrikam.de");

    [Fact]
    public void Braces_in_a_name_are_not_placeholders() =>
        Say[Scenes.S("Whitelisting.Choice", "{0} {1} {")].ShouldBe("On the domain {0} {1} {");

    [Fact]
    public void One_and_many_have_their_own_words()
    {
        Say.Count("People", 1).ShouldBe("1 person");
        Say.Count("People", 40).ShouldBe("40 people");
    }
}
