using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Steps.Grants;

public sealed class GrantsChoicesTests : ChoicesTest<GrantsChoices, GrantsChoice>
{
    private const string Recorded = "LuwareRecording-Traders";
    private static readonly Guid Other = new("22222222-0000-4000-8000-000000000001");
    private static readonly Guid Anna = new("11111111-0000-4000-8000-000000000001");
    private static readonly Guid Ben = new("11111111-0000-4000-8000-000000000002");
    private static readonly ChoiceOption[] Two = [new(Anna.ToString(), "Anna <b>Vogt</b>"), new(Ben.ToString(), "Ben Roth (ben@contoso.com)")];

    public GrantsChoicesTests() => Services.AddSingleton(TimeProvider.System);

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
    public void That_Luware_synchronises_the_group_is_said_by_a_tick_and_taken_back_by_another()
    {
        Show(new GrantsChoice(), Plan()).FindAll("#grants-synchronised").ShouldBeEmpty("nobody is asked about the groups of step 1");
        var shown = Show(new GrantsChoice(Other, []), Plan((GrantsStep.SynchronisedOption, [new(Other.ToString(), Recorded)])));

        shown.Find("label[for=grants-synchronised]").TextContent.ShouldContain(Recorded);
        shown.Find("#grants-synchronised").Change(true);
        shown.Find("#grants-synchronised").Change(false);

        Chosen.Select(c => c.Synchronised).ShouldBe([Other, null]);
    }

    [Fact]
    public void Whoever_has_the_policy_outside_the_groups_is_decided_about_in_words_of_their_own()
    {
        var shown = Show(new GrantsChoice(), Plan((GrantsStep.OutsideOption, [new($"{Anna}/p", "Anna") { Note = new Sentence("Grants.Outside.Has", "p") }])));

        shown.Find(".rivals legend").TextContent.ShouldBe("People outside the groups who have one of these policies");
        shown.FindAll(".rival .option")[1].TextContent.Trim().ShouldBe("Take it away");
        shown.FindAll(".rival input")[1].Change(true);

        Chosen.Single().Rivals.ShouldBe([new RivalDecision(Anna, "p", Remove: true)]);
    }

    [Fact]
    public void A_group_that_keeps_the_policy_is_ticked_and_taken_back_by_another_click()
    {
        var shown = Show(new GrantsChoice(), Plan((GrantsStep.OtherGroupOption, [new($"{Other}", "p → Pilot")])));

        shown.FindAll("input[type=checkbox]")[0].Change(true);
        shown.FindAll("input[type=checkbox]")[0].Change(false);

        shown.Find(".option").TextContent.Trim().ShouldBe("p → Pilot: stays, Luware synchronises this group too");
        Chosen.Select(c => c.LeftGroups.Count).ShouldBe([1, 0]);
        Chosen[0].LeftGroups.ShouldBe([Other]);
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
        var shown = ShowUnfolded(new GrantsChoice(Other, []), Plan((GrantsStep.TestUserOption, most)));

        var labelled = shown.FindAll("label[for]").Select(l => l.GetAttribute("for"));
        shown.FindAll("select, input:not([type=checkbox])").Select(i => i.Id).Except(labelled).ShouldBeEmpty();
    }

    [Fact]
    public void With_several_policies_each_group_picks_one()
    {
        ChoiceOption[] two = [new("closed", "closed"), new("open", "open")];
        var shown = Show(new GrantsChoice(), Plan((GrantsStep.PolicyOption, two), (GrantsStep.RecordedOption, [new(Recorded, Recorded), new("desk", "Desk")])));

        shown.Find("#grants-policy-desk").Change("open");

        Chosen.Single().PolicyOf.ShouldBe(new Dictionary<string, string> { ["desk"] = "open" });
        shown.Find($"#grants-policy-{Recorded} option[selected]").TextContent.ShouldBe("closed");
    }

    [Fact]
    public void With_one_policy_nothing_is_picked() =>
        Show(new GrantsChoice(), Plan((GrantsStep.PolicyOption, [new("closed", "closed")]), (GrantsStep.RecordedOption, [new(Recorded, Recorded)])))
            .FindAll("select").Count.ShouldBe(1);

    [Fact]
    public void A_rank_is_offered_where_others_have_one_and_the_last_place_is_recommended()
    {
        var shown = Show(new GrantsChoice(), Plan((GrantsStep.RankOption, [new("1", "othervendor → Traders")])));
        shown.FindAll("#grants-rank option").Select(o => o.TextContent).ShouldBe(
            ["Last (recommended): nobody else’s assignment moves", "Rank 1, before othervendor → Traders"]);

        shown.Find("#grants-rank").Change("1");
        shown.Find("#grants-rank").Change(string.Empty);

        Chosen.Select(c => c.Rank).ShouldBe([1, null]);
    }

    [Fact]
    public void A_rank_that_was_chosen_can_be_taken_back_where_no_place_is_left_to_choose()
    {
        var shown = Show(new GrantsChoice { Rank = 2 }, Plan((GrantsStep.RankOption, [])));
        shown.FindAll("#grants-rank option").Select(o => o.TextContent)
            .ShouldBe(["Last (recommended): nobody else’s assignment moves", "Rank 2, as chosen before"]);

        shown.Find("#grants-rank").Change(string.Empty);

        Chosen.ShouldHaveSingleItem().Rank.ShouldBeNull();
        Show(new GrantsChoice(), Plan((GrantsStep.RankOption, []))).FindAll("#grants-rank").ShouldBeEmpty();
    }

    [Fact]
    public void Each_member_with_a_policy_of_their_own_is_decided_about()
    {
        ChoiceOption[] rivals =
        [
            new($"{Anna}/other", "Anna Vogt") { Note = new Sentence("Grants.Rival.Has", "other", Recorded) },
            new($"{Ben}/other", "Ben Roth") { Note = new Sentence("Grants.Rival.Has", "other", Recorded) },
        ];
        var shown = Show(new GrantsChoice(), Plan((GrantsStep.RivalOption, rivals)));
        shown.Find(".rival p").TextContent.ShouldBe($"Has other directly; it wins over the policy of {Recorded}");
        shown.FindAll("input[type=radio]").ShouldAllBe(r => !r.HasAttribute("checked"));

        shown.FindAll("input[type=radio]")[3].Change(true);
        Chosen[^1].Rivals.ShouldBe([new RivalDecision(Ben, "other", Remove: true)]);
        shown.FindAll(".rivals button").ShouldBeEmpty();

        shown.FindAll("input[type=radio]")[0].Change(true);
        shown.FindAll("input[type=radio]")[2].Change(true);
        Chosen[^1].Rivals.ShouldBe([new RivalDecision(Anna, "other", Remove: false), new RivalDecision(Ben, "other", Remove: false)]);
    }

    [Fact]
    public void All_who_are_undecided_can_be_left_at_once_but_never_taken_away_at_once()
    {
        var rivals = Enumerable.Range(1, 3)
            .Select(i => new ChoiceOption($"{Guid.NewGuid()}/other", $"Person {i}") { Note = new Sentence("Grants.Rival.Has", "other", Recorded) }).ToArray();
        var shown = Show(new GrantsChoice(), Plan((GrantsStep.RivalOption, rivals)));

        shown.Find(".rivals button").Click();

        Chosen.Single().Rivals.Select(r => r.Remove).ShouldBe([false, false, false]);
    }

    [Fact]
    public void What_may_stay_unread_is_acknowledged_policy_by_policy_and_taken_back_the_same_way()
    {
        var shown = Show(new GrantsChoice { LeftUnread = ["third"] }, Plan((GrantsStep.UnreadOption, [new("other", "other"), new("third", "third")])));

        shown.FindAll("input[type=checkbox]").Select(c => c.HasAttribute("checked")).ShouldBe([false, true]);
        shown.FindAll("input[type=checkbox]")[0].Change(true);
        Chosen[^1].LeftUnread.ShouldBe(["third", "other"]);
        shown.FindAll("input[type=checkbox]")[1].Change(false);
        Chosen[^1].LeftUnread.ShouldBe(["other"]);
    }

    [Fact]
    public void Exceptions_are_folded_away_with_their_warning_and_keep_their_own_policy()
    {
        ChoiceOption[] two = [new("closed", "closed"), new("open", "open")];
        var shown = Show(new GrantsChoice { Exceptions = [new WantedException(Anna)] }, Plan(
            (GrantsStep.PolicyOption, two), (GrantsStep.ExceptionOption, [new(Anna.ToString(), "Anna Vogt")])));
        shown.Find("details").TextContent.ShouldContain("Luware does not recommend exceptions");

        shown.Find($"#grants-exception-{Anna}").Change("open");
        Chosen[^1].Exceptions.ShouldBe([new WantedException(Anna, "open")]);

        shown.Find("details input[type=checkbox]").Change(false);
        Chosen[^1].Exceptions.ShouldBeEmpty();
    }

    [Fact]
    public void Another_group_keeps_what_was_decided_about_people()
    {
        var kept = new GrantsChoice { Rivals = [new RivalDecision(Anna, "other", Remove: false)], Exceptions = [new WantedException(Ben)] };
        var shown = Show(kept, Plan((GrantsStep.GroupOption, [new(Other.ToString(), "Other")])));

        shown.Find("#grants-group").Change(Other.ToString());

        (Chosen.Single().GroupId, Chosen.Single().Rivals.Count, Chosen.Single().Exceptions.Count).ShouldBe((Other, 1, 1));
    }
}
