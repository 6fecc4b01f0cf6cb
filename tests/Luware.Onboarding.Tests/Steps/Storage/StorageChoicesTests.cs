using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Steps.Storage;

public sealed class StorageChoicesTests : ChoicesTest<StorageChoices, StorageChoice>
{
    private static readonly StepPlan WithRecipes = Plan(
        (StorageStep.RecipeOption, [new ChoiceOption("az storage account create", "Azure CLI"), new ChoiceOption("resource account", "Bicep")]));

    public StorageChoicesTests() => Services.AddScoped<Say>();

    [Fact]
    public void A_pasted_id_is_handed_on_in_its_plain_form()
    {
        var shown = Show(new StorageChoice(), WithRecipes);

        shown.Find("#storage-account").Change($"https://portal.azure.com/#@contoso.com/resource{FakeStorage.Id}/overview");

        Chosen.ShouldHaveSingleItem().ResourceId.ShouldBe(FakeStorage.Id.ToString());
        shown.Find("#storage-account").GetAttribute("value").ShouldBe(FakeStorage.Id.ToString());
        shown.Find("#storage-account-fault").TextContent.ShouldBeEmpty();
    }

    [Fact]
    public void A_wrong_id_stays_with_its_reason()
    {
        var shown = Show(new StorageChoice(), WithRecipes);

        shown.Find("#storage-account").Change("contosorecordings");

        Chosen.ShouldBeEmpty();
        shown.Find("#storage-account").GetAttribute("aria-invalid").ShouldBe("true");
        shown.Find("#storage-account-fault").TextContent.ShouldContain("/subscriptions/");
    }

    [Fact]
    public void A_wrong_entry_stays_with_its_reason_when_something_else_is_chosen()
    {
        var shown = Show(new StorageChoice(), WithRecipes);
        shown.Find("#storage-account").Change("contosorecordings");
        shown.Find("#storage-container").Change("No Good");

        shown.FindAll("input[type=radio]")[1].Change(true);

        Chosen.ShouldHaveSingleItem().ShouldBe(new StorageChoice() with { ByHand = true });
        shown.Find("#storage-account").GetAttribute("value").ShouldBe("contosorecordings");
        shown.Find("#storage-account").GetAttribute("aria-invalid").ShouldBe("true");
        shown.Find("#storage-account-fault").TextContent.ShouldContain("/subscriptions/");
        shown.Find("#storage-container").GetAttribute("value").ShouldBe("No Good");
        shown.Find("#storage-container").GetAttribute("aria-invalid").ShouldBe("true");

        shown.Find("#storage-container").Change("calls");
        Chosen[^1].Container.ShouldBe("calls");
        shown.Find("#storage-account").GetAttribute("value").ShouldBe("contosorecordings");
    }

    [Fact]
    public void The_stored_id_typed_again_changes_nothing()
    {
        var shown = Show(new StorageChoice() with { ResourceId = FakeStorage.Id.ToString() }, WithRecipes);

        shown.Find("#storage-account").Change("contosorecordings");
        shown.Find("#storage-account").Change(FakeStorage.Id.ToString());

        Chosen.ShouldBeEmpty();
        shown.Find("#storage-account-fault").TextContent.ShouldBeEmpty();
    }

    [Fact]
    public void A_pasted_key_is_neither_handed_on_nor_shown()
    {
        var shown = Show(new StorageChoice(), WithRecipes);

        shown.Find("#storage-account").Change("AccountName=a;AccountKey=c2VjcmV0");

        Chosen.ShouldBeEmpty();
        shown.Markup.ShouldNotContain("c2VjcmV0");
        shown.Find("#storage-account-fault").TextContent.ShouldContain("renew the key");
    }

    [Fact]
    public void By_hand_asks_for_account_and_container_and_for_no_test()
    {
        var shown = Show(new StorageChoice(), WithRecipes);

        shown.FindAll("input[type=radio]")[1].Change(true);
        shown.Find("#storage-account").Change(FakeStorage.Id.ToString());
        shown.Find("#storage-container").Change("calls");

        Chosen[^1].ShouldBe(new StorageChoice(FakeStorage.Id.ToString(), "calls", ByHand: true, Probe: true));
        shown.Find("#storage-container-hint").TextContent.ShouldContain("does not look");
        shown.FindAll("input[type=checkbox]").ShouldBeEmpty();
    }

    [Fact]
    public void An_account_that_was_named_can_be_left_open_again()
    {
        var shown = Show(new StorageChoice() with { ResourceId = FakeStorage.Id.ToString(), ByHand = true }, WithRecipes);

        shown.Find("#storage-account").Change("");

        Chosen.ShouldHaveSingleItem().ResourceId.ShouldBeNull();
        shown.Find("#storage-account-fault").TextContent.ShouldBeEmpty();
    }

    [Fact]
    public void The_test_blob_can_be_switched_off_and_a_wrong_container_is_not_handed_on()
    {
        var shown = Show(new StorageChoice(), WithRecipes);

        shown.Find("#storage-container").Change("No Good");
        Chosen.ShouldBeEmpty();
        shown.Find("input[type=checkbox]").Change(false);

        Chosen.ShouldHaveSingleItem().ShouldBe(new StorageChoice() with { Probe = false });
    }

    [Fact]
    public void Whose_private_endpoint_it_is_is_asked_only_where_it_is_open_and_confirmed_one_by_one()
    {
        var stranger = Guid.NewGuid();
        Show(new StorageChoice(), WithRecipes).FindAll("[name=storage-endpoint]").ShouldBeEmpty();

        var shown = Show(new StorageChoice(), Plan((StorageStep.EndpointOption, [new ChoiceOption($"{stranger}", $"somebody ({stranger})")])));
        var (open, confirm) = (shown.FindAll("[name=storage-endpoint]")[0], shown.FindAll("[name=storage-endpoint]")[1]);

        open.HasAttribute("checked").ShouldBeTrue();
        confirm.ParentElement!.TextContent.ShouldContain($"somebody ({stranger}) is Luware’s");
        confirm.Change(true);
        Chosen.ShouldHaveSingleItem().EndpointSubscription.ShouldBe(stranger);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_network_provider_is_confirmed_and_taken_back_only_where_it_cannot_be_read(bool confirmed)
    {
        var subscription = FakeStorage.Id.SubscriptionId;
        var before = new StorageChoice() with { RegisteredSubscription = confirmed ? subscription : null };
        Show(before, WithRecipes).FindAll("input[type=checkbox]").ShouldHaveSingleItem("the test blob's");

        var word = Show(before, Plan((StorageStep.NetworkOption, [new ChoiceOption($"{subscription}", $"{subscription}")])))
            .FindAll("input[type=checkbox]")[^1];

        word.HasAttribute("checked").ShouldBe(confirmed);
        word.ParentElement!.TextContent.ShouldContain($"{subscription}");
        word.Change(!confirmed);
        Chosen.ShouldHaveSingleItem().ShouldBe(new StorageChoice() with { RegisteredSubscription = confirmed ? null : subscription });
    }

    [Fact]
    public void None_of_the_connections_may_be_Luwares_until_there_is_another()
    {
        var (one, other) = (new ChoiceOption($"{Guid.NewGuid()}", "one"), new ChoiceOption($"{Guid.NewGuid()}", "other"));
        var shown = Show(new StorageChoice() with { EndpointSubscription = Guid.Parse(one.Value) }, Plan((StorageStep.EndpointOption, [one, other])));

        shown.FindAll("[name=storage-endpoint]")[^1].Change(true);

        var denied = Chosen.ShouldHaveSingleItem();
        denied.ShouldBe(new StorageChoice() with { Strangers = StorageChoice.StrangersOf([other.Value, one.Value]) });
        Checked(one, other).ShouldBe(3, "none of these");
        Checked(one, other, new ChoiceOption($"{Guid.NewGuid()}", "new")).ShouldBe(0, "not confirmed");
        denied = new StorageChoice() with { EndpointSubscription = Guid.Parse(one.Value) };
        Checked(other).ShouldBe(0, "what was confirmed has gone");

        int Checked(params ChoiceOption[] options) =>
            Show(denied, Plan((StorageStep.EndpointOption, options))).FindAll("[name=storage-endpoint]").ToList().FindIndex(r => r.HasAttribute("checked"));
    }

    [Fact]
    public void The_texts_that_make_an_account_can_be_copied()
    {
        var shown = Show(new StorageChoice(), WithRecipes);

        shown.FindAll("details summary").Select(s => s.TextContent).ShouldBe(["Make a right account with Azure CLI", "Make a right account with Bicep"]);
        Unfold(shown);
        shown.FindAll("[data-copy]").Count.ShouldBe(2);
    }

    [Fact]
    public void German_people_read_German()
    {
        using var german = InGerman();

        Show(new StorageChoice(), WithRecipes).Markup.ShouldContain("Ressourcen-ID des Speicherkontos");
    }
}
