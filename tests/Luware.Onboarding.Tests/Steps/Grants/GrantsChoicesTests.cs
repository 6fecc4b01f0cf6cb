using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;

namespace Luware.Onboarding.Tests.Steps.Grants;

public sealed class GrantsChoicesTests : ChoicesTest<GrantsChoices, GrantsChoice>
{
    private const string Recorded = "LuwareRecording-Traders";
    private static readonly Guid Other = new("22222222-0000-4000-8000-000000000001");
    private static readonly Guid Anna = new("11111111-0000-4000-8000-000000000001");
    private static readonly Guid Ben = new("11111111-0000-4000-8000-000000000002");
    private static readonly ChoiceOption[] Two = [new(Anna.ToString(), "Anna <b>Vogt</b>"), new(Ben.ToString(), "Ben Roth (ben@contoso.com)")];

    [Fact]
    public void A_test_user_is_one_click_away_and_can_be_taken_back()
    {
        var shown = Show(new GrantsChoice(Other, []), Plan((GrantsStep.TestUserOption, Two)));

        shown.FindAll("input[type=checkbox]")[1].Change(true);
        shown.FindAll("input[type=checkbox]")[0].Change(false);

        Chosen.Select(c => c.TestUsers.Count).ShouldBe([1, 0]);
        Chosen[0].TestUsers.ShouldBe([Ben]);
    }

    [Fact]
    public void Names_are_text_and_nothing_else()
    {
        var shown = Show(new GrantsChoice(Other, []), Plan((GrantsStep.TestUserOption, Two)));

        shown.FindAll(".option")[0].TextContent.Trim().ShouldBe("Anna <b>Vogt</b>");
        shown.FindAll("b").ShouldBeEmpty();
    }

    [Fact]
    public void Many_members_are_found_by_typing_and_whoever_is_chosen_stays_in_sight()
    {
        ChoiceOption[] many = [.. Two, .. Enumerable.Range(1, 40).Select(i => new ChoiceOption(Guid.NewGuid().ToString(), $"Person {i:00}"))];
        var shown = Show(new GrantsChoice(Other, [Anna]), Plan((GrantsStep.TestUserOption, many)));
        shown.FindAll("input[type=checkbox]").Count.ShouldBe(9);

        shown.Find("#grants-filter").Input("person 3");

        shown.FindAll(".option").Select(o => o.TextContent.Trim()).First().ShouldStartWith("Anna");
        shown.FindAll(".option").Skip(1).ShouldAllBe(o => o.TextContent.Contains("Person 3", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_of_the_same_name_are_told_apart_by_their_ids()
    {
        var (one, two) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var shown = Show(new GrantsChoice(), Plan((GrantsStep.GroupOption, [new(one, Recorded), new(two, Recorded)])));
        shown.FindAll("option")[2].TextContent.ShouldContain(two);

        shown.Find("select").Change(two);

        Chosen.Single().GroupId.ShouldBe(Guid.Parse(two));
    }

    [Fact]
    public void The_groups_of_step_one_are_recommended_ask_for_no_test_users_and_can_be_taken_again()
    {
        var other = Guid.NewGuid().ToString();
        var shown = Show(new GrantsChoice(), Plan((GrantsStep.GroupOption, [new(other, Recorded)]), (GrantsStep.TestUserOption, Two)));
        shown.FindAll("option").Select(o => o.TextContent).ShouldBe(["The groups of recorded users of step 1 (recommended)", Recorded]);
        shown.FindAll("input[type=checkbox]").ShouldBeEmpty();

        shown.Find("select").Change(other);
        shown.Find("select").Change(string.Empty);

        Chosen.Select(c => c.GroupId).ShouldBe([Guid.Parse(other), null]);
    }

    [Fact]
    public void Another_group_is_given_by_its_object_id_and_drops_the_old_groups_test_users()
    {
        var shown = Show(new GrantsChoice(Other, [Anna]), Plan((GrantsStep.TestUserOption, Two)));

        shown.Find("#grants-other-group").Change("not an id");
        shown.Find("#grants-other-group-fault").TextContent.ShouldContain("not an object id");
        Chosen.ShouldBeEmpty();

        shown.Find("#grants-other-group").Change(" 085fd5ee-756a-4284-b81d-a62549f12293 ");
        shown.Find("#grants-other-group-fault").TextContent.ShouldBeEmpty();
        Chosen.Single().GroupId.ShouldBe(new Guid("085fd5ee-756a-4284-b81d-a62549f12293"));
        Chosen.Single().TestUsers.ShouldBeEmpty();
    }

    [Fact]
    public void A_member_beyond_the_list_is_given_by_object_id()
    {
        ChoiceOption[] most = [.. Enumerable.Range(1, 200).Select(i => new ChoiceOption(Guid.NewGuid().ToString(), $"Person {i:000}"))];
        var shown = Show(new GrantsChoice(Other, []), Plan((GrantsStep.TestUserOption, most)));

        shown.Find("#grants-other-member").Change(Ben.ToString());

        Chosen.Single().TestUsers.ShouldBe([Ben]);
    }

    [Fact]
    public void Every_control_has_a_label()
    {
        ChoiceOption[] most = [.. Enumerable.Range(1, 200).Select(i => new ChoiceOption(Guid.NewGuid().ToString(), $"Person {i:000}"))];
        var shown = Show(new GrantsChoice(Other, []), Plan((GrantsStep.TestUserOption, most)));

        var labelled = shown.FindAll("label[for]").Select(l => l.GetAttribute("for"));
        shown.FindAll("select, input:not([type=checkbox])").Select(i => i.Id).Except(labelled).ShouldBeEmpty();
    }
}
