using System.Text.Json;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Handover;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What no reading can find, because a person answers for it.</summary>
public sealed class PersonsWordTests
{
    private static readonly FakeWish ByHand = new() { ByHand = true };

    private readonly FakeWorld world = new();

    [Fact]
    public async Task A_step_that_may_not_be_read_says_who_can_help()
    {
        world.First.Explanation = new FakeRefusal();
        await using var portal = await EngineHost.StartAsync(world);

        world.First.OnRead = _ => throw new RefusedException("no", new RemoteAnswer("Azure", "AuthorizationFailed", "403", "no", null));
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        var plan = (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0].Plan!;
        plan.Objects.ShouldHaveSingleItem().Notes.Select(n => n.Key).ShouldBe(["F", "A"]);
    }

    [Fact]
    public async Task A_step_for_which_a_person_answers_is_verified_by_hand_and_not_dated_like_a_reading()
    {
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.ChooseAsync(portal.Admin, "first", ByHand, default);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        (view.Steps[0].Status, view.Steps[0].VerifiedAt).ShouldBe((StepStatus.VerifiedByHand, null));
        view.Steps[0].Detail!.Arguments.ShouldBe(["Ada"]);
        view.Steps[1].Status.ShouldBe(StepStatus.Verified);
        view.Run!.Transcript.Count(l => l.Step == "first" && l.Text.Key == "Engine.AnsweredFor").ShouldBe(1);
        view.Run.Transcript.ShouldNotContain(l => l.Step == "first" && l.Text.Key == "Engine.ReadBack");
    }

    [Fact]
    public async Task The_word_is_theirs_who_chose_it_and_the_approval_is_theirs_who_approved()
    {
        await using var portal = await EngineHost.StartAsync(world);
        var bea = await SignInAsync(portal, "Bea");
        await portal.Engine.ChooseAsync(bea, "first", ByHand, default);
        // Whoever says the same again takes it from nobody.
        await portal.Engine.ChooseAsync(portal.Admin, "first", ByHand, default);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        view.Run!.ApprovedBy.ShouldBe("Ada");
        ShouldBeTheWordOf("Bea", view);
        var (given, approved) = (await EntryAsync(portal, JournalKind.StepVerifiedByHand), await EntryAsync(portal, JournalKind.Approved));
        (given.Person, approved.Person).ShouldBe((bea.Access.PersonId, portal.Admin.Access.PersonId));
        var chosenAt = view.Choices.Chosen["first"].At;
        JsonDocument.Parse(given.DataJson).RootElement.GetProperty("givenAt").GetDateTimeOffset().ShouldBe(chosenAt);
        (await portal.Get<IHandover>().ReadAsync(portal.Admin, null, default)).Events.Single(e => e.Kind == nameof(JournalKind.StepVerifiedByHand))
            .ShouldSatisfyAllConditions(e => e.By!.ObjectId.ShouldBe(bea.Access.PersonId), e => e.What.ShouldStartWith("Bea answers for it"));
    }

    [Fact]
    public async Task A_word_that_a_waiting_run_takes_up_is_not_its_approvers()
    {
        world.Aside.CanFollow = true;
        world.Aside.Made["object"] = true;
        world.Aside.Questions.Add("Whose is it?");
        await using var portal = await EngineHost.StartAsync(world);
        var bea = await SignInAsync(portal, "Bea");
        await portal.ApproveAsync();
        var run = (await portal.UntilHeldAsync("aside", "Whose is it?")).Run!.Id;

        await portal.Engine.ChooseAsync(bea, "aside", ByHand with { Acknowledged = true }, default);
        await portal.Engine.PlanAsync(bea, "aside", default);

        var view = await portal.UntilRunIsAsync(RunState.Done);
        (view.Run!.Id, view.Run.ApprovedBy).ShouldBe((run, "Ada"));
        ShouldBeTheWordOf("Bea", view, step: 2);
        (await EntryAsync(portal, JournalKind.StepVerifiedByHand)).Person.ShouldBe(bea.Access.PersonId);
    }

    [Fact]
    public async Task A_run_goes_on_with_the_word_that_was_approved_whoever_has_chosen_since()
    {
        await using var portal = await EngineHost.StartAsync(world);
        var (bea, cleo) = (await SignInAsync(portal, "Bea"), await SignInAsync(portal, "Cleo"));
        await ApproveWordAsync(portal, bea);

        await portal.Engine.ChooseAsync(cleo, "second", ByHand with { Acknowledged = true }, default);
        world.First.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);

        await portal.UntilRunIsAsync(RunState.Done);
        (await EntryAsync(portal, JournalKind.StepVerifiedByHand)).Person.ShouldBe(bea.Access.PersonId);
    }

    [Fact]
    public async Task The_word_of_somebody_who_chooses_the_same_stays_on_the_page_while_a_run_goes_on_with_another()
    {
        await using var portal = await EngineHost.StartAsync(world);
        var (bea, cleo) = (await SignInAsync(portal, "Bea"), await SignInAsync(portal, "Cleo"));
        await ApproveWordAsync(portal, bea);
        await portal.Engine.ChooseAsync(cleo, "second", new FakeWish(), default);
        await portal.Engine.ChooseAsync(cleo, "second", ByHand, default);
        await portal.Engine.PlanAsync(cleo, "second", default);

        world.First.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);

        (await portal.UntilRunIsAsync(RunState.Done)).Steps[1].Plan!.Word!.By.ShouldBe(cleo.Access.PersonId);
        (await EntryAsync(portal, JournalKind.StepVerifiedByHand)).Person.ShouldBe(bea.Access.PersonId);
    }

    [Fact]
    public async Task A_reading_afterwards_says_by_hand_and_by_whom_or_verified_as_the_choice_goes()
    {
        world.First.Made["object"] = true;
        await using var portal = await EngineHost.StartAsync(world);

        (await ReadAsync(ByHand)).Steps[0].Status.ShouldBe(StepStatus.VerifiedByHand);
        (await ReadAsync(new FakeWish())).Steps[0].Status.ShouldBe(StepStatus.Verified);
        ShouldBeTheWordOf("Ada", await ReadAsync(ByHand));

        async Task<OnboardingView> ReadAsync(FakeWish wish)
        {
            await portal.Engine.ChooseAsync(portal.Admin, "first", wish, default);
            await portal.Engine.PlanAsync(portal.Admin, null, default);
            return (await portal.Engine.ReadAsync(portal.Admin, default))!;
        }
    }

    [Fact]
    public async Task A_word_that_was_withdrawn_counts_no_more_though_the_step_cannot_be_read()
    {
        world.Aside.CanFollow = true;
        await using var portal = await EngineHost.StartAsync(world);
        await AnswerForAsync(portal, world.Aside);
        world.Second.Made.Clear();
        await portal.Engine.ChooseAsync(portal.Admin, "aside", new FakeWish(), default);
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[2].Status.ShouldBe(StepStatus.Unknown);
        await portal.ApproveAsync();

        var view = await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.Step == "aside"));
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.Verified, StepStatus.Verified, StepStatus.WaitingOnCustomer]);
    }

    [Fact]
    public async Task A_run_does_not_rest_on_a_word_about_other_choices_than_it_was_approved_with()
    {
        await using var portal = await EngineHost.StartAsync(world);
        await AnswerForAsync(portal, world.First);
        world.Second.Made.Clear();
        await portal.Engine.ChooseAsync(portal.Admin, "first", new FakeWish(), default);
        await portal.Engine.PlanAsync(portal.Admin, "second", default);

        await portal.ApproveStepAsync("second", plan: false);

        await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.Step == "first"));
        world.Second.Made.ShouldBeEmpty();
    }

    private static void ShouldBeTheWordOf(string name, OnboardingView view, int step = 0) => view.Steps[step].ShouldSatisfyAllConditions(
        s => s.Status.ShouldBe(StepStatus.VerifiedByHand), s => s.Detail!.Arguments.ShouldBe([name]),
        s => s.Plan!.Objects.ShouldAllBe(o => o.What.Arguments.Single() == name));

    /// <summary>The run is held before it comes to the second step, which is by hand on this person's word.</summary>
    private async Task ApproveWordAsync(EngineHost portal, Actor by)
    {
        world.First.Waits("Do it");
        await portal.Engine.ChooseAsync(by, "second", ByHand, default);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "Do it");
    }

    /// <summary>Everything is done, one step on Ada's word, which cannot be read from then on.</summary>
    private static async Task AnswerForAsync(EngineHost portal, FakeStepState step)
    {
        await portal.Engine.ChooseAsync(portal.Admin, step.Name, ByHand, default);
        await portal.ApproveAsync();
        (await portal.UntilRunIsAsync(RunState.Done)).Steps.Single(s => s.Step == step.Name).Status.ShouldBe(StepStatus.VerifiedByHand);
        step.ReadFault = new RefusedException("no", new RemoteAnswer("Azure", "AuthorizationFailed", "403", "no", null));
    }

    private static async Task<Actor> SignInAsync(EngineHost portal, string name)
    {
        var actor = EngineHost.Person(name);
        await portal.SignInAsync(actor);
        return actor;
    }

    private static async Task<AuditEntry> EntryAsync(EngineHost portal, JournalKind kind)
    {
        var tenant = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
        return await db.Audit.SingleAsync(e => e.Kind == kind.ToString());
    }
}
