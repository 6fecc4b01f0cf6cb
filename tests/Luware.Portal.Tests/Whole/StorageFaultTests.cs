using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Storage;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Whole;

/// <summary>The real step and gateway with an account that has one fault: exactly that fault is reported.</summary>
public sealed class StorageFaultTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly Region Switzerland = new("MTCH", "Multi-Tenant Switzerland", [])
    {
        StorageLocations = ["switzerlandnorth"], EndpointSubscription = AzureEndpoint.LuwareSubscription,
    };

    private SandboxWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await azurite.StartWorldAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(AzureFault.None)]
    [InlineData(AzureFault.Kind, "setting/AccountKind Different")]
    [InlineData(AzureFault.AnonymousAccess, "setting/AnonymousAccess Different")]
    [InlineData(AzureFault.OldTls, "setting/MinimumTls Different")]
    [InlineData(AzureFault.NoVersioning, "setting/Versioning Different")]
    [InlineData(AzureFault.NoSoftDelete, "setting/SoftDelete Different")]
    [InlineData(AzureFault.NoNetworkProvider, "network Missing")]
    [InlineData(AzureFault.ReaderOfAccount, "network Unknown")]
    [InlineData(AzureFault.NoContainer, "container Missing", "setting/Immutability Later")]
    [InlineData(AzureFault.NoImmutability, "setting/Immutability Different")]
    [InlineData(AzureFault.NoEndpoint, "endpoint Missing")]
    [InlineData(AzureFault.RejectedEndpoint, "endpoint Missing")]
    [InlineData(AzureFault.DisconnectedEndpoint, "endpoint Missing")]
    [InlineData(AzureFault.NoAccount, "account Missing", "setting/AccountKind Later", "setting/Location Later", "setting/AnonymousAccess Later",
        "setting/MinimumTls Later", "setting/Versioning Later", "setting/SoftDelete Later", "container Later", "setting/Immutability Later",
        "endpoint Later")]
    [InlineData(AzureFault.PendingEndpoint, "endpoint Different")]
    public async Task One_fault_is_one_difference(AzureFault fault, params string[] expected)
    {
        _world.Tenants.BreakAzure(fault);
        using var anna = await SignInAsync();

        var plan = await Step(anna).PlanAsync(Context(anna), default);

        plan.Objects.Where(o => o.Key != "probe" && o.State != ObjectState.Found).Select(o => $"{o.Key} {o.State}").ShouldBe(expected);
        plan.Objects.Where(o => o.State != ObjectState.Found).ShouldAllBe(o => o.Detail.Length > 0);
        plan.Objects.Where(o => o.State is ObjectState.Missing or ObjectState.Different).ShouldAllBe(o => o.Action != null);
    }

    [Theory]
    [InlineData(AzureFault.NoBlobService, "setting/AccountKind")]
    [InlineData(AzureFault.PageBlobs, "setting/AccountKind")]
    [InlineData(AzureFault.Location, "setting/Location")]
    [InlineData(AzureFault.Hierarchical, "setting/Versioning")]
    public async Task What_is_wrong_for_life_asks_for_another_account_and_makes_nothing_in_this_one(AzureFault fault, string expected)
    {
        _world.Tenants.BreakAzure(fault);
        using var anna = await SignInAsync();

        var plan = await Step(anna).PlanAsync(Context(anna), default);

        plan.Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.Unfit");
        plan.Objects.Where(o => o.State != ObjectState.Found).ShouldHaveSingleItem().Key.ShouldBe(expected);
        plan.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_strangers_endpoint_is_nobodys_answer_where_the_region_names_no_subscription()
    {
        _world.Tenants.BreakAzure(AzureFault.StrangersEndpoint);
        using var anna = await SignInAsync();
        var context = Context(anna) with { Region = Switzerland with { EndpointSubscription = null } };

        var plan = await Step(anna).PlanAsync(context, default);
        plan.Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.Whose");

        var strangers = StorageChoice.StrangersOf(plan.Options[StorageStep.EndpointOption].Select(o => o.Value));
        var denied = context.Choices.Get<StorageChoice>(StorageStep.StepName) with { Strangers = strangers };
        plan = await Step(anna).PlanAsync(context with { Choices = StepChoices.None.With(StorageStep.StepName, denied) }, default);
        plan.Questions.ShouldBeEmpty();
        plan.Objects.Single(o => o.Key == "endpoint").What.Key.ShouldBe("Storage.Endpoint.Strangers");
    }

    [Theory]
    [InlineData(AzureFault.NoRights, typeof(AzureNotAllowed))]
    [InlineData(AzureFault.NoBlobRights, typeof(BlobsNotAllowed))]
    [InlineData(AzureFault.Closed, typeof(BlobsNotReachable))]
    public async Task A_missing_right_is_a_refusal_in_words(AzureFault fault, Type expected)
    {
        _world.Tenants.BreakAzure(fault);
        using var anna = await SignInAsync();
        var step = Step(anna);

        var refused = await Should.ThrowAsync<RefusedException>(async () =>
        {
            var plan = await step.PlanAsync(Context(anna), default);
            await step.ApplyAsync(Context(anna), plan.Objects.Single(o => o.Key == "probe").Action!, default);
        });

        step.Explain(refused.Answer!).ShouldBeOfType(expected);
    }

    [Fact]
    public async Task Whatever_the_portal_may_mend_is_mended_by_the_plans_own_actions_and_the_test_blob_is_written()
    {
        _world.Tenants.BreakAzure(AzureFault.NoContainer);
        using var anna = await SignInAsync();
        var step = Step(anna);
        foreach (var key in (string[])["container", "probe"])
        {
            var action = (await step.PlanAsync(Context(anna), default)).Objects.Single(o => o.Key == key).Action!;
            (await step.ApplyAsync(Context(anna), action, default)).ShouldBeOfType<StepOutcome.Done>();
        }

        (await step.PlanAsync(Context(anna), default)).Objects.Where(o => o.State != ObjectState.Found).Select(o => o.Key)
            .ShouldBe(["probe"], "the journal alone remembers it");
        _world.Tenants.Contoso.Azure!.Containers.ShouldHaveSingleItem().IsImmutable.ShouldBeTrue();
    }

    private Task<AzurePerson> SignInAsync() => AzurePerson.SignInAsync(_world, "anna.keller@contoso.com");

    private static StorageStep Step(AzurePerson person) => new(person.Storage, Options.Create(new StorageOptions { Article = "https://help.example.com" }));

    private StepContext Context(AzurePerson person) => new(
        new OnboardingTenant(Guid.NewGuid(), person.Access.TenantId, "Contoso", Ready: true), Switzerland, person.Access,
        StepChoices.None.With(StorageStep.StepName, new StorageChoice() with { ResourceId = _world.Tenants.Contoso.Azure!.Id }),
        new Dictionary<string, string>(StringComparer.Ordinal));
}
