using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.Consent;

namespace Luware.Onboarding.Tests.Steps.ChatCapture;

public sealed class ChatCaptureStepTests
{
    private readonly StepWorld world = new(StepWorld.SwitzerlandWithChat);

    private Guid ApplicationId => world.Region.Chat!.ApplicationId;

    private bool Attachments => world.Choices.Get<ChatCaptureChoice>(ChatCaptureStep.StepName).Attachments;

    [Fact]
    public async Task Where_Luware_does_not_offer_it_the_step_says_so_and_is_skipped()
    {
        var elsewhere = new StepWorld(StepWorld.Switzerland);

        var plan = await elsewhere.PlanAsync(elsewhere.ChatCapture);

        plan.Skipped!.Key.ShouldBe("ChatCapture.NotOffered");
        plan.Options.ShouldBeEmpty();
        plan.IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_wants_it_until_somebody_says_so_and_nothing_is_read_for_it()
    {
        world.Directory.Fails = true;

        var plan = await world.PlanAsync(world.ChatCapture);

        plan.Skipped!.Key.ShouldBe("ChatCapture.NotWanted");
        plan.Objects.ShouldBeEmpty();
        plan.Options[ChatCaptureStep.ApplicationOption].ShouldHaveSingleItem().Label.ShouldBe("Luware Recording Chat");
        world.ChatCapture.Script(world.Context).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, 2, "ChatCapture.Choice.Messages")]
    [InlineData(true, 3, "ChatCapture.Choice.Attachments")]
    public async Task Wanted_it_asks_for_its_own_application_and_permissions(bool attachments, int permissions, string choice)
    {
        Want(attachments);

        var plan = await world.PlanAsync(world.ChatCapture);

        (plan.Skipped, plan.Choice.Key).ShouldBe((null, choice));
        var planned = plan.Objects.ShouldHaveSingleItem();
        planned.State.ShouldBe(ObjectState.Missing);
        planned.Permissions.Count.ShouldBe(permissions);
        planned.Permissions.ShouldAllBe(p => p.State == ObjectState.Missing);
        planned.Detail.ShouldEndWith($"adminconsent?client_id={ApplicationId}");
        planned.Action!.Key.ShouldBe("accept/chat");
        planned.Action.Roles.ShouldBe([DirectoryRoles.GlobalAdministrator, DirectoryRoles.PrivilegedRoleAdministrator]);
        world.ChatCapture.Script(world.Context).ShouldHaveSingleItem().ShouldBeOfType<ScriptPart.Person>();
    }

    [Fact]
    public async Task A_permission_that_Luware_has_configured_without_words_of_ours_is_listed_all_the_same()
    {
        Want();

        var permissions = (await world.PlanAsync(world.ChatCapture)).Objects.Single().Permissions;

        permissions.Select(p => p.For.Key).ShouldBe(["ChatPermission.Chat.Read.All", "ChatPermission"]);
        StepTextsTests.ShouldBeSayable(permissions.SelectMany(p => new[] { p.For, p.Reading }));
    }

    [Fact]
    public async Task It_waits_for_the_person_and_is_done_when_the_consent_can_be_read()
    {
        Want();
        var action = (await world.PlanAsync(world.ChatCapture)).Actions.Single();
        var waiting = (await world.ApplyAsync(world.ChatCapture, action)).ShouldBeOfType<StepOutcome.Waiting>();
        (waiting.On, waiting.Link!.ToString()).ShouldBe((WaitsFor.Customer, "/consent/go/chat"));

        Consent();

        (await world.ApplyAsync(world.ChatCapture, action)).ShouldBeOfType<StepOutcome.Done>();
        (await world.PlanAsync(world.ChatCapture)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task Consent_that_was_given_by_hand_earlier_is_recognised()
    {
        Want(attachments: true);
        Consent();

        var plan = await world.PlanAsync(world.ChatCapture);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Why.Key.ShouldBe("Consent.WhyDone");
    }

    [Fact]
    public async Task Attachments_that_are_wanted_later_are_missing_from_the_consent_of_before()
    {
        Want();
        Consent();
        Want(attachments: true);

        var planned = (await world.PlanAsync(world.ChatCapture)).Objects.Single();

        (planned.State, planned.What.Arguments[^1]).ShouldBe((ObjectState.Different, "Files.Read.All"));
        (await world.ApplyAsync(world.ChatCapture, planned.Action!)).ShouldBeOfType<StepOutcome.Waiting>().For.Key.ShouldBe("Consent.WaitForRest");
    }

    [Fact]
    public async Task Not_wanted_any_more_it_is_skipped_and_says_that_the_consent_stays_and_where_to_remove_it()
    {
        Want();
        Consent();
        await world.PlanAsync(world.ChatCapture);
        Want(wanted: false);

        var plan = await world.PlanAsync(world.ChatCapture);

        plan.Skipped!.Key.ShouldBe("ChatCapture.ConsentStays");
        plan.Options[ChatCaptureStep.RemovalOption].ShouldHaveSingleItem().Value.ShouldStartWith("https://entra.microsoft.com/");

        world.Directory.Principals.Clear();
        (await world.PlanAsync(world.ChatCapture)).Skipped!.Key.ShouldBe("ChatCapture.NotWanted");
    }

    [Fact]
    public async Task In_a_region_without_it_it_is_no_part_of_the_plan_and_what_stays_of_another_region_is_said()
    {
        Want();
        Consent();
        (await world.PlanAsync(world.ChatCapture)).IsFulfilled.ShouldBeTrue();
        world.Region = StepWorld.Switzerland;

        var plan = await world.PlanAsync(world.ChatCapture);

        plan.Skipped!.Key.ShouldBe("ChatCapture.NotHereStays");
        plan.Why.Arguments.ShouldBe(["Luware Recording Chat"]);
        plan.Options.Keys.ShouldBe([ChatCaptureStep.RemovalOption]);
        (await world.ChatCapture.PlanUndoAsync(world.Context, default))!.Objects.ShouldHaveSingleItem().Name.ShouldBe("Luware Recording Chat");

        world.Directory.Principals.Clear();
        (await world.PlanAsync(world.ChatCapture)).Skipped!.Key.ShouldBe("ChatCapture.NotOffered");
        (await world.ChatCapture.PlanUndoAsync(world.Context, default)).ShouldBeNull();
    }

    [Fact]
    public void A_directory_that_may_not_be_read_is_explained() =>
        world.ChatCapture.Explain(new RemoteAnswer("Graph", "Authorization_RequestDenied", "403", "Insufficient privileges.", null))
            .ShouldBeOfType<EnterpriseApplicationsNotReadable>();

    private void Want(bool attachments = false, bool wanted = true) =>
        world.Choices = world.Choices.With(ChatCaptureStep.StepName, new ChatCaptureChoice(wanted, attachments));

    private void Consent() => world.Directory.Principals[ApplicationId] = new ServicePrincipal(
        Guid.NewGuid(), ApplicationId, "Luware Recording Chat", Enabled: true, [.. StepWorld.ChatSettings.Required(Attachments).All.Select(p => p.Id)], []);
}
