using Luware.Onboarding.Engine;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Parts;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class PlanSummaryTests : PageContext
{
    [Fact]
    public void Unknown_counts_neither_as_there_nor_as_to_be_done()
    {
        PlannedObject[] objects = [Object(ObjectState.Found), Object(ObjectState.Unknown), Object(ObjectState.Missing)];

        PlanSummary.Found(Say, objects, isStep: false).ShouldBe(
            "Recording needs 3 objects in your tenant. One is already there and stays as it is; the rest is listed here with the exact command. " +
            "One could not be read. Nothing is changed until you approve.");
        PlanSummary.Consequence(Say, objects).ShouldBe("Approving creates 1 object.");
    }

    [Fact]
    public void What_a_person_does_elsewhere_is_not_counted_as_done_by_the_portal()
    {
        var waits = new PlannedAction("k", Scenes.S("Consent.Kind"), "e", [], Impact.Nobody) { OnlyWaits = true };
        var byHand = Object(ObjectState.Missing) with { Action = waits };
        var onAPageThatLeadsBack = byHand with { Action = byHand.Action! with { Page = new Uri("/consent/go/1", UriKind.Relative) } };

        PlanSummary.Consequence(Say, [onAPageThatLeadsBack, byHand, byHand])
            .ShouldBe("Approving creates 1 object and waits for 2 changes that somebody makes outside the portal.");
    }

    [Fact]
    public void People_are_counted_where_calls_could_stop_and_nowhere_else()
    {
        var starts = Object(ObjectState.Missing, new Impact(40, CanStopCalls: true));
        var trial = Object(ObjectState.Missing, Impact.OfTrial("Anna Vogt", Scenes.S("Impact.WithinADay")));
        PlanSummary.Gate(Say, [starts, Object(ObjectState.Missing, new Impact(90, CanStopCalls: false))]).ShouldContain("40 people");
        PlanSummary.Gate(Say, [Object(ObjectState.Missing, new Impact(0, CanStopCalls: true))]).ShouldStartWith("A policy that people may have already");
        PlanSummary.Gate(Say, [trial, starts]).ShouldBe(
            "Anna Vogt has the policy first, alone, once Luware is ready. " +
            "The recording of 40 people starts only after Luware has said that its recorders are ready, and after your second confirmation.");
        PlanSummary.Gate(Say, [Object(ObjectState.Missing)]).ShouldBe("Nobody’s calls change.");
        PlanSummary.Gate(Say, [Object(ObjectState.Missing, new Impact(40, CanStopCalls: false))]).ShouldBeEmpty("a policy that fails open changes them, too");
    }

    [Theory]
    [InlineData(40, "The recording of 40 people starts with this approval, mostly within an hour; nobody is asked again.")]
    [InlineData(1, "The recording of 1 person starts with this approval, mostly within an hour; nobody is asked again.")]
    public void A_policy_that_fails_open_says_whose_recording_starts_at_once(int people, string said)
    {
        var grant = Object(ObjectState.Missing, new Impact(people, CanStopCalls: false)) with { Kind = Scenes.S("Grants.Kind.Assignment") };

        PlanSummary.Gate(Say, [Object(ObjectState.Missing), grant]).ShouldBe(said);
    }

    [Fact]
    public void A_persons_word_creates_nothing()
    {
        var word = Object(ObjectState.Missing);
        word = word with { Action = word.Action! with { IsWord = true } };

        PlanSummary.Consequence(Say, [word]).ShouldBeEmpty();
        PlanSummary.Consequence(Say, [word, Object(ObjectState.Missing)]).ShouldBe("Approving creates 1 object.");
        Mark.Of(word).ShouldBe(Mark.Word);
    }

    private static PlannedObject Object(ObjectState state, Impact? impact = null) =>
        new("k", "Name", Scenes.S("Consent.Kind"), state, Scenes.S("Consent.Disabled"), "GET", state is ObjectState.Missing
            ? new PlannedAction("k", Scenes.S("Consent.Kind"), "e", [], impact ?? Impact.Nobody)
            : null);
}
