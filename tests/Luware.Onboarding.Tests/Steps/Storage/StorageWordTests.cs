using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Steps.Storage;

/// <summary>A person who answers for an account that the portal does not read.</summary>
public sealed class StorageWordTests : StorageContext
{
    private static StorageChoice ByHand => Chosen with { ByHand = true };

    private static Chosen Anna { get; } = new(Guid.NewGuid(), new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_persons_word_names_account_and_container_is_approved_dated_and_never_counted_as_read()
    {
        Choose(ByHand, Anna);

        var plan = await World.PlanAsync(World.Storage);
        var word = plan.Objects.ShouldHaveSingleItem();
        (word.Name, word.What.Key).ShouldBe(("contosorecordings/luware-recording", "Storage.ByHand.Missing"));
        word.Detail.ShouldBe($"{FakeStorage.Id}/blobServices/default/containers/luware-recording\nhttps://help.example.com/storage");
        word.Action!.Essence.ShouldBe($"on the word of {Anna.By}: {FakeStorage.Id}/blobServices/default/containers/luware-recording");
        plan = await World.RunAsync(World.Storage);

        (plan.IsFulfilled, plan.Word, plan.Choice.Key).ShouldBe((true, Anna, "Storage.Choice.ByHandNamed"));
        plan.Objects.ShouldHaveSingleItem().What.Arguments.ShouldBe([Sentence.Mention(Anna.By), "2026-11-20 07:00 UTC"]);
        plan.ForLuware.ShouldBe([new NamedValue("contosorecordings, luware-recording", FakeStorage.Id.ToString())]);
        World.Azure.Reads.ShouldBe(0);
    }

    public static TheoryData<Func<StorageChoice, StorageChoice>, Guid?> Others => new()
    {
        { c => c with { ResourceId = c.ResourceId!.Replace("contoso", "fabrikam", StringComparison.Ordinal) }, null },
        { c => c with { Container = "another" }, null },
        { c => c with { ResourceId = null }, null },
        { c => c, Guid.NewGuid() },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_word_was_given_by_one_person_for_one_container_and_another_takes_an_approval_of_its_own(
        Func<StorageChoice, StorageChoice> change, Guid? other)
    {
        Choose(ByHand, Anna);
        await World.RunAsync(World.Storage);

        Choose(change(ByHand), Anna with { By = other ?? Anna.By });

        (await World.PlanAsync(World.Storage)).Actions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_answers_for_an_account_that_they_do_not_name_has_that_said()
    {
        Choose(ByHand with { ResourceId = null }, Anna);

        var plan = await World.RunAsync(World.Storage);

        (plan.IsFulfilled, plan.Choice.Key, plan.Objects.ShouldHaveSingleItem().What.Key)
            .ShouldBe((true, "Storage.Choice.ByHand", "Storage.ByHand.Unnamed.Found"));
        plan.ForLuware.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_does_not_know_who_answers_asks_and_writes_in_nobodys_name()
    {
        Choose(ByHand);

        var plan = await World.PlanAsync(World.Storage);

        plan.Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.WhoAnswers");
        (plan.Word, plan.IsFulfilled).ShouldBe((null, false));
    }

    [Fact]
    public async Task A_container_that_cannot_be_called_so_is_asked_for_also_where_somebody_answers()
    {
        Choose(ByHand with { Container = "No Good" }, Anna);

        (await World.PlanAsync(World.Storage)).Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.ContainerName.Characters");
    }
}
