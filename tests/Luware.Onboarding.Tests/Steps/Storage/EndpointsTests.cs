using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Storage;

namespace Luware.Onboarding.Tests.Steps.Storage;

/// <summary>The private endpoint, and whose it is.</summary>
public sealed class EndpointsTests : StorageContext
{
    [Theory]
    [InlineData(null, WaitsFor.Luware, "Storage.WaitForEndpoint")]
    [InlineData("Rejected", WaitsFor.Luware, "Storage.WaitForEndpoint")]
    [InlineData("Pending", WaitsFor.Customer, "Storage.WaitForApproval")]
    public async Task The_private_endpoint_waits_for_whoever_must_act(string? state, WaitsFor on, string says)
    {
        var approved = World.Azure.Account!;
        World.Azure.Account = approved with { PrivateEndpoints = state is null ? [] : [approved.PrivateEndpoints[0] with { State = state }] };

        var plan = await World.RunAsync(World.Storage);
        var action = plan.Actions.ShouldHaveSingleItem();
        var waiting = (await World.ApplyAsync(World.Storage, action)).ShouldBeOfType<StepOutcome.Waiting>();

        (waiting.On, waiting.For.Key).ShouldBe((on, says));
        waiting.Link?.AbsoluteUri.ShouldEndWith($"{FakeStorage.Id}/networking");
        (waiting.Link is null).ShouldBe(on == WaitsFor.Luware, "Where the connection is approved.");
        World.Azure.Account = approved;
        (await World.ApplyAsync(World.Storage, action)).ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task A_private_endpoint_of_the_customers_own_proves_nothing_of_Luwares()
    {
        var account = World.Azure.Account!;
        World.Azure.Account = account with { PrivateEndpoints = [new PrivateEndpoint("own", FakeStorage.Id.SubscriptionId, "Approved")] };

        (await EndpointAsync()).State.ShouldBe(ObjectState.Missing);

        World.Region = World.Region with { EndpointSubscription = null };
        (await EndpointAsync()).State.ShouldBe(ObjectState.Missing);
    }

    [Theory]
    [InlineData("Approved", ObjectState.Unknown, "Storage.Endpoint.Whose")]
    [InlineData("Pending", ObjectState.Different, "Storage.Endpoint.PendingWhose")]
    public async Task While_nobody_has_named_Luwares_subscription_no_connection_of_another_counts_as_Luwares(string state, ObjectState expected, string says)
    {
        World.Region = World.Region with { EndpointSubscription = null };
        var stranger = Connect(state);

        var plan = await World.RunAsync(World.Storage);
        var waiting = (await World.ApplyAsync(World.Storage, plan.Actions.Single())).ShouldBeOfType<StepOutcome.Waiting>();

        plan.IsFulfilled.ShouldBeFalse();
        plan.Objects.Single(o => o.Key == "endpoint").ShouldSatisfyAllConditions(
            o => (o.State, o.What.Key).ShouldBe((expected, says)), o => o.What.Arguments.ShouldBe(["somebody", $"{stranger}"]),
            o => o.Detail.ShouldContain($"{stranger}"));
        plan.Questions.Single().Key.ShouldBe("Storage.Question.Whose");
        plan.Options[StorageStep.EndpointOption].Single().ShouldBe(new ChoiceOption($"{stranger}", $"somebody ({stranger})"));
        (waiting.On, waiting.For.Key, waiting.Link!.ToString()).ShouldBe((WaitsFor.Customer, "Storage.Question.Whose", "/onboarding/storage"));
    }

    [Fact]
    public async Task Whoever_confirms_the_subscription_has_it_read_as_Luwares_and_the_plan_says_that_it_was_their_word()
    {
        World.Region = World.Region with { EndpointSubscription = null };
        Choose(Chosen with { EndpointSubscription = Connect("Approved") });

        (await World.RunAsync(World.Storage)).IsFulfilled.ShouldBeTrue();
        (await EndpointAsync()).What.Key.ShouldBe("Storage.Endpoint.Confirmed");

        var another = Connect("Approved");
        (await World.PlanAsync(World.Storage)).Questions.ShouldHaveSingleItem("Another subscription is another question.").Arguments[1].ShouldBe($"{another}");
    }

    [Fact]
    public async Task Where_none_is_Luwares_the_plan_waits_for_Luwares_own_and_asks_again_about_another_subscription()
    {
        World.Region = World.Region with { EndpointSubscription = null };
        var stranger = Connect("Approved");
        Choose(Chosen with { Strangers = StorageChoice.StrangersOf([$"{stranger}"]) });

        var plan = await World.RunAsync(World.Storage);
        var waiting = (await World.ApplyAsync(World.Storage, plan.Actions.Single())).ShouldBeOfType<StepOutcome.Waiting>();

        plan.Questions.ShouldBeEmpty();
        plan.Objects.Single(o => o.Key == "endpoint").ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ObjectState.Missing), o => o.What.Key.ShouldBe("Storage.Endpoint.Strangers"), o => o.Detail.ShouldContain($"{stranger}"));
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Luware, "Storage.WaitForEndpoint"));
        plan.Options[StorageStep.EndpointOption].ShouldHaveSingleItem("The answer can be taken back.");

        var pending = new PrivateEndpoint("luware-mtch", FakeStorage.Luware, "Pending");
        World.Azure.Account = World.Azure.Account! with { PrivateEndpoints = [.. World.Azure.Account.PrivateEndpoints, pending] };
        plan = await World.PlanAsync(World.Storage);
        plan.Questions.ShouldHaveSingleItem().Arguments.ShouldBe(["luware-mtch", $"{FakeStorage.Luware}"]);
        plan.Objects.Single(o => o.Key == "endpoint").What.Key.ShouldBe("Storage.Endpoint.PendingWhose");
    }

    [Fact]
    public async Task What_the_region_names_counts_more_than_a_word()
    {
        Choose(Chosen with { EndpointSubscription = Connect("Approved") });

        var plan = await World.PlanAsync(World.Storage);

        plan.Objects.Single(o => o.Key == "endpoint").State.ShouldBe(ObjectState.Missing);
        plan.Options[StorageStep.EndpointOption].ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_no_private_endpoint_is_required_nobody_is_asked_whose_it_is()
    {
        World.Region = World.Region with { EndpointSubscription = null };
        World.StorageOptions.Requirements[nameof(StorageRequirement.PrivateEndpoint)] = new RequirementSettings { Required = false };
        Connect("Approved");

        var plan = await World.RunAsync(World.Storage);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Options[StorageStep.EndpointOption].ShouldBeEmpty();
    }

    /// <summary>One private endpoint connection, of a subscription of which nobody has heard.</summary>
    private Guid Connect(string state)
    {
        var stranger = Guid.NewGuid();
        World.Azure.Account = World.Azure.Account! with { PrivateEndpoints = [new PrivateEndpoint("somebody", stranger, state)] };
        return stranger;
    }

    private async Task<PlannedObject> EndpointAsync() => (await World.PlanAsync(World.Storage)).Objects.Single(o => o.Key == "endpoint");
}
