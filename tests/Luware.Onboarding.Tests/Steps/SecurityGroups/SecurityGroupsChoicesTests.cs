using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Onboarding.Tests.Steps.SecurityGroups;

public sealed class SecurityGroupsChoicesTests : ChoicesTest<SecurityGroupsChoices, SecurityGroupsChoice>
{
    private static readonly Guid Anna = new("11111111-0000-4000-8000-000000000001");
    private static readonly ChoiceOption[] People = [new(Anna.ToString(), "Anna <b>Vogt</b>"), new(Guid.NewGuid().ToString(), "Ben Roth")];

    private readonly FakeTimeProvider time = new();
    private readonly List<string> searched = [];

    public SecurityGroupsChoicesTests()
    {
        Services.AddSingleton<TimeProvider>(time);
        Find = SearchAsync;
    }

    /// <summary>The result of the search.</summary>
    private IReadOnlyList<ChoiceOption>? Found { get; set; } = [new(Guid.NewGuid().ToString(), "Nina Graf")];

    [Fact]
    public void One_click_picks_the_test_user_of_every_group()
    {
        var shown = Show(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.PersonOption, People)));

        shown.Find("input[type=checkbox]").Change(true);

        Chosen.Single().Testers.ShouldBe([Anna]);
        shown.FindAll("b").ShouldBeEmpty("names are text and nothing else");
    }

    [Fact]
    public void Whoever_is_chosen_for_every_group_may_count_as_an_administrator_only_and_the_choice_says_so() =>
        Show(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.PersonOption, People))).Markup.ShouldContain("as an administrator only");

    [Fact]
    public void The_articles_advice_to_choose_different_people_for_each_group_is_said_where_the_same_are_chosen_for_all() =>
        Show(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.PersonOption, People)))
            .Markup.ShouldContain("Luware recommends different people for each group");

    [Fact]
    public async Task Others_are_found_by_typing_with_one_search_for_several_letters()
    {
        var shown = Show(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.PersonOption, People)));

        shown.Find("#groups-testers").Input("n");
        shown.Find("#groups-testers").Input("ni");
        shown.Find("#groups-testers").Input("nin");
        time.Advance(TimeSpan.FromSeconds(1));
        await shown.WaitForAssertionAsync(() => shown.Markup.ShouldContain("Nina Graf"));
        shown.FindAll("label.option").Single(l => l.TextContent.Contains("Nina", StringComparison.Ordinal)).QuerySelector("input")!.Change(true);

        searched.ShouldBe(["nin"]);
        Chosen.Single().Testers.Single().ToString().ShouldBe(Found![0].Value);
        shown.Markup.ShouldContain("Nina Graf");
    }

    [Fact]
    public async Task A_second_search_offers_its_own_people_alone_and_what_it_found_is_said()
    {
        var shown = Show(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.PersonOption, People)));
        await SearchForAsync(shown, "nin", "1 found");
        Option(shown, "Nina Graf").QuerySelector("input")!.Change(true);
        Found = [new(Guid.NewGuid().ToString(), "Nils Frei"), new(Guid.NewGuid().ToString(), "Nils Haug")];
        await SearchForAsync(shown, "nils", "2 found");

        shown.FindAll("input[type=checkbox] + span").Select(s => s.TextContent).ShouldBe(["Nina Graf", "Nils Frei", "Nils Haug"]);
        Option(shown, "Nina Graf").QuerySelector("input")!.Change(false);
        shown.Markup.ShouldNotContain("Nina Graf");

        Found = [];
        await SearchForAsync(shown, "nil", "Nobody whose name begins like “nil” was found.");
        shown.Markup.ShouldNotContain("Nils");
        Found = [.. Enumerable.Range(1, 9).Select(i => new ChoiceOption(Guid.NewGuid().ToString(), $"Nils {i}"))];
        await SearchForAsync(shown, "nils", "The first 8; type more of the name.");
    }

    [Fact]
    public async Task A_directory_that_cannot_be_searched_is_said()
    {
        Found = null;
        var shown = Show(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.PersonOption, People)));

        shown.Find("#groups-testers").Input("xyz");
        time.Advance(TimeSpan.FromSeconds(1));

        await shown.WaitForAssertionAsync(() => shown.Find("p[role=status]").TextContent.ShouldContain("could not be searched"));
    }

    [Fact]
    public void Each_group_can_have_people_of_its_own_or_nobody_is_chosen_for_now()
    {
        var shown = Show(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.PersonOption, People)));

        shown.FindAll("input[name=groups-way]")[1].Change(true);
        shown.Find("#groups-1-testers").ShouldNotBeNull();
        shown.FindAll("fieldset").First(f => f.QuerySelector("#groups-1-testers") is not null && f.QuerySelector("fieldset") is null)
            .QuerySelector("input[type=checkbox]")!.Change(true);
        shown.FindAll("input[name=groups-way]")[2].Change(true);

        Chosen.Select(c => c.Way).ShouldBe([TestUserWay.Each, TestUserWay.Each, TestUserWay.Nobody]);
        Chosen[1].Groups[1].Testers.ShouldBe([Anna]);
        shown.FindAll("input[type=checkbox]").ShouldBeEmpty();
    }

    [Fact]
    public void Groups_of_one_name_are_told_apart_and_their_kind_is_said_before_they_are_picked()
    {
        var (one, two) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var shown = ShowUnfolded(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.GroupOption,
            [new(one, "LuwareRecording-RecordedUsers"), new(two, "LuwareRecording-RecordedUsers") { Note = new Sentence("SecurityGroups.Note.Dynamic") }])));
        var options = shown.FindAll("#groups-0-pick option").Select(o => o.TextContent).ToList();
        options[1].ShouldContain(one);
        options[2].ShouldContain("Dynamic group: a rule decides");

        shown.Find("#groups-0-pick").Change(two);
        shown.Find("#groups-0-pick").Change(string.Empty);

        Chosen.Select(c => c.Groups[0].Id).ShouldBe([Guid.Parse(two), null]);
    }

    [Fact]
    public void A_name_is_typed_or_an_object_id_pasted()
    {
        var shown = ShowUnfolded(new SecurityGroupsChoice(), Plan());

        shown.Find("#groups-2").Change(" Recording admins ");
        shown.Find("#groups-2-id").Change("085fd5ee-756a-4284-b81d-a62549f12293");

        Chosen[0].Groups[2].Name.ShouldBe("Recording admins");
        Chosen[1].Groups[2].Id.ShouldBe(new Guid("085fd5ee-756a-4284-b81d-a62549f12293"));
    }

    [Fact]
    public void Everything_but_the_test_users_is_folded_away_until_a_question_is_about_it()
    {
        var tester = Plan() with { Questions = [new Sentence("SecurityGroups.Question.NoTestUser")] };
        var several = Plan() with { Questions = [new Sentence("SecurityGroups.Question.SeveralGroups", "2", "x")] };

        var folded = Show(new SecurityGroupsChoice(), tester);
        folded.Find("details").HasAttribute("open").ShouldBeFalse();
        folded.FindAll("#groups-0").ShouldBeEmpty("what nobody has opened costs nothing");
        Unfold(folded);
        folded.FindAll("#groups-0").ShouldNotBeEmpty();
        var asked = Show(new SecurityGroupsChoice(), several);
        asked.Find("details").HasAttribute("open").ShouldBeTrue();
        asked.FindAll("#groups-0").ShouldNotBeEmpty();
    }

    [Fact]
    public void Further_groups_come_up_to_the_packages_limit_and_go_again()
    {
        var shown = ShowUnfolded(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.MostOption, [new ChoiceOption("4", "4")])));

        shown.Find("#groups-further").Change(nameof(GroupRole.RecordedUsers));
        shown.FindAll("#groups-further").ShouldBeEmpty();
        shown.FindAll("button").Single().Click();

        Chosen.Select(c => c.Groups.Count).ShouldBe([4, 3]);
        Chosen[0].Groups[3].ShouldBe(new WantedGroup(GroupRole.RecordedUsers, "LuwareRecording-RecordedUsers-2"));
    }

    [Fact]
    public void Two_further_groups_of_one_role_are_chosen_one_after_the_other()
    {
        var shown = ShowUnfolded(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.MostOption, [new ChoiceOption("6", "6")])));

        shown.Find("#groups-further").Change(nameof(GroupRole.Supervisors));

        shown.Find("#groups-further").GetAttribute("value").ShouldBe("", "choosing the role that it shows would be no change");
        shown.Find("#groups-further").Change(nameof(GroupRole.Supervisors));
        Chosen[^1].Groups.Skip(3).Select(g => g.Name).ShouldBe(["LuwareRecording-Supervisors-2", "LuwareRecording-Supervisors-3"]);
    }

    [Fact]
    public void What_was_typed_stays_with_its_group_when_another_one_is_removed_and_the_keyboard_goes_on_below()
    {
        var choice = new SecurityGroupsChoice() with { Way = TestUserWay.Each };
        WantedGroup Further(int number) => choice.Groups[0] with { Name = $"rec-{number}" };
        var shown = ShowUnfolded(
            choice with { Groups = [.. choice.Groups, Further(2), Further(3)] }, Plan((SecurityGroupsStep.MostOption, [new ChoiceOption("6", "6")])));
        shown.Find("#groups-3-testers").Input("a");
        shown.Find("#groups-4-testers").Input("b");

        shown.FindAll("button").Single(b => b.TextContent.Contains("rec-2", StringComparison.Ordinal)).Click();

        Chosen.Single().Groups.Select(g => g.Name).Skip(3).ShouldBe(["rec-3"]);
        shown.Find("#groups-3-testers").GetAttribute("value").ShouldBe("b");
        JSInterop.Invocations["luware.focus"].Single().Arguments.ShouldBe(["#groups-further"]);
    }

    [Fact]
    public void A_picked_group_is_called_by_its_own_name()
    {
        var sales = Guid.NewGuid();
        var choice = new SecurityGroupsChoice() with { Way = TestUserWay.Each };
        WantedGroup[] picked = [choice.Groups[0] with { Id = sales }, .. choice.Groups.Skip(1), choice.Groups[0] with { Id = sales }];

        var shown = ShowUnfolded(choice with { Groups = picked }, Plan((SecurityGroupsStep.GroupOption, [new ChoiceOption($"{sales}", "Sales recorded")])));

        shown.FindAll("legend").ShouldContain(l => l.TextContent == "Test users in Sales recorded");
        shown.FindAll("button").ShouldHaveSingleItem().TextContent.ShouldContain("Sales recorded");
    }

    [Fact]
    public void The_groups_can_be_made_by_hand_and_owners_are_found_by_typing_alone()
    {
        var shown = ShowUnfolded(new SecurityGroupsChoice(), Plan((SecurityGroupsStep.PersonOption, People)));

        shown.FindAll("input[name=groups-who]")[1].Change(true);

        Chosen.Single().ByHand.ShouldBeTrue();
        shown.FindAll("fieldset").Last(f => f.QuerySelector("#groups-owners") is not null).QuerySelectorAll("input[type=checkbox]").ShouldBeEmpty();
    }

    [Fact]
    public void Every_control_has_a_label_in_both_languages()
    {
        var choice = new SecurityGroupsChoice() with { Way = TestUserWay.Each };
        foreach (var shown in new[] { ShowUnfolded(choice, Plan((SecurityGroupsStep.PersonOption, People))), Shown(choice) })
        {
            var labelled = shown.FindAll("label[for]").Select(l => l.GetAttribute("for"));
            shown.FindAll("select, input:not([type=checkbox]):not([type=radio])").Select(i => i.Id).Except(labelled).ShouldBeEmpty();
        }
    }

    private static AngleSharp.Dom.IElement Option(IRenderedComponent<SecurityGroupsChoices> shown, string person) =>
        shown.FindAll("label.option").Single(l => l.TextContent.Contains(person, StringComparison.Ordinal));

    private async Task SearchForAsync(IRenderedComponent<SecurityGroupsChoices> shown, string typed, string says)
    {
        shown.Find("#groups-testers").Input(typed);
        shown.Find("p[role=status]").TextContent.ShouldBe("Searching …");
        time.Advance(TimeSpan.FromSeconds(1));
        await shown.WaitForAssertionAsync(() => shown.Find("p[role=status]").TextContent.ShouldBe(says));
    }

    private IRenderedComponent<SecurityGroupsChoices> Shown(SecurityGroupsChoice choice)
    {
        using var german = InGerman();
        var shown = ShowUnfolded(choice, Plan());
        shown.Markup.ShouldContain("Testpersonen in LuwareRecording-Supervisors");
        return shown;
    }

    private Task<IReadOnlyList<ChoiceOption>?> SearchAsync(string text, CancellationToken cancellationToken)
    {
        searched.Add(text);
        return Task.FromResult(Found);
    }
}
