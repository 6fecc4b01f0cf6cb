using System.Diagnostics;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Steps.Storage;

public sealed class StorageStepTests
{
    private readonly StepWorld world = new(StepWorld.Switzerland with { StorageLocations = ["switzerlandnorth"] });

    public StorageStepTests() => Choose(Chosen);

    private static StorageChoice Chosen => new StorageChoice() with { ResourceId = FakeStorage.Id.ToString() };

    private static StorageChoice ByHand => Chosen with { ByHand = true };

    private static Chosen Anna { get; } = new(Guid.NewGuid(), new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Without_an_account_the_step_asks_for_one_reads_nothing_and_says_how_to_make_it()
    {
        Choose(new StorageChoice());

        var plan = await world.PlanAsync(world.Storage);

        plan.Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Id.Empty");
        plan.Actions.ShouldBeEmpty();
        plan.Objects.ShouldHaveSingleItem().Detail.ShouldContain(
            "az storage account create --name luwarerecording3f1c2a7e --resource-group \"luware-recording\" --location switzerlandnorth");
        plan.Objects.Single().IsToChoose.ShouldBeTrue();
        plan.Options[StorageStep.RecipeOption].Select(o => o.Label).ShouldBe(["Azure CLI", "Bicep"]);
        world.Azure.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task Each_action_names_the_role_in_Azure_that_it_takes_and_each_command_can_be_run()
    {
        world.Azure.Container = null;
        world.Azure.NetworkState = "NotRegistered";

        var plan = await world.PlanAsync(world.Storage);

        plan.Actions.Where(a => !a.OnlyWaits).Select(a => a.Right?.Key)
            .ShouldBe(["Storage.Right.Contributor", "Storage.Right.Container", "Storage.Right.Blobs"]);
        plan.Objects.Where(o => o.Detail.StartsWith("az rest", StringComparison.Ordinal))
            .ShouldAllBe(o => o.Detail.Contains("?api-version=", StringComparison.Ordinal));
        plan.Objects.Single(o => o.Name == "isVersioningEnabled").Detail.ShouldContain("/blobServices/default?api-version=2023-05-01");
        plan.Options[StorageStep.RecipeOption].ShouldBeEmpty("the account is there and fits");
    }

    [Fact]
    public async Task A_resource_group_with_parentheses_is_one_word_to_the_shell_that_the_text_is_pasted_into()
    {
        Choose(Chosen with { ResourceId = (FakeStorage.Id with { ResourceGroup = "rg(x)" }).ToString() });
        world.Azure.Account = world.Azure.Account! with { Kind = "Storage", HasVersioning = false };

        var texts = (await world.PlanAsync(world.Storage)).Objects.Select(o => o.Detail)
            .Where(d => d.Contains("--resource-group \"rg(x)\"", StringComparison.Ordinal)).ToList();

        texts.ShouldNotBeEmpty();
        foreach (var text in texts)
        {
            using var bash = Process.Start(new ProcessStartInfo("bash", ["-n"]) { UseShellExecute = false, RedirectStandardInput = true })!;
            await bash.StandardInput.WriteAsync(text);
            bash.StandardInput.Close();
            await bash.WaitForExitAsync();
            bash.ExitCode.ShouldBe(0, text);
        }
    }

    [Fact]
    public async Task A_good_account_lacks_only_the_test_blob_and_is_verified_once_that_was_written()
    {
        var plan = await world.PlanAsync(world.Storage);

        plan.Actions.ShouldHaveSingleItem().Key.ShouldBe("probe/contosorecordings/luware-recording");
        plan.Objects.Where(o => o.Key != "probe").ShouldAllBe(o => o.State == ObjectState.Found);

        plan = await world.RunAsync(world.Storage);
        plan.IsFulfilled.ShouldBeTrue();
        plan.IsByHand.ShouldBeFalse();
        plan.Objects.Single(o => o.Key == "probe").What.Arguments.ShouldBe(["2026-11-23 09:00 UTC"]);
        world.Azure.Probes.ShouldBe(["contosorecordings/luware-recording"]);

        await world.RunAsync(world.Storage);
        world.Azure.Probes.Count.ShouldBe(1, "a proof is remembered");
    }

    [Fact]
    public async Task A_proof_holds_for_its_own_container_alone()
    {
        await world.RunAsync(world.Storage);

        Choose(new StorageChoice() with { ResourceId = FakeStorage.Id.ToString(), Container = "another" });

        (await world.PlanAsync(world.Storage)).Actions.Select(a => a.Key)
            .ShouldBe(["create-container", "mend/Immutability", "probe/contosorecordings/another"]);
    }

    [Fact]
    public async Task The_container_and_the_registration_are_made_by_the_very_request_that_was_shown()
    {
        (world.Azure.Container, world.Azure.NetworkState) = (null, "NotRegistered");

        var plan = await world.PlanAsync(world.Storage);

        plan.Objects.Single(o => o.Key == "network").Detail.ShouldBe(
            $"az rest --method post --url \"/subscriptions/{FakeStorage.Id.SubscriptionId}/providers/Microsoft.Network/register?api-version=2021-04-01\"");
        var container = plan.Objects.Single(o => o.Key == "container");
        container.State.ShouldBe(ObjectState.Missing);
        container.Detail.ShouldBe(container.Action!.Essence);
        container.Detail.ShouldContain("""--body '{"properties":{"publicAccess":"None","immutableStorageWithVersioning":{"enabled":true}}}'""");

        (await world.RunAsync(world.Storage)).IsFulfilled.ShouldBeTrue();
        world.Azure.Changes.Select(c => c.ToCli()).ShouldBe([plan.Objects.Single(o => o.Key == "network").Detail, container.Detail]);
    }

    [Fact]
    public async Task A_registration_that_somebody_else_has_begun_is_waited_for_and_not_sent_again()
    {
        world.Azure.NetworkState = "Registering";

        var network = (await world.PlanAsync(world.Storage)).Objects.Single(o => o.Key == "network");
        var waiting = (await world.ApplyAsync(world.Storage, network.Action!)).ShouldBeOfType<StepOutcome.Waiting>();

        (network.What.Key, network.Action!.OnlyWaits).ShouldBe(("Storage.Network.Registering", true));
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Microsoft, "Storage.WaitForNetwork"));
        world.Azure.Changes.ShouldBeEmpty();

        world.Azure.NetworkState = "NotRegistered";
        (await world.ApplyAsync(world.Storage, network.Action)).ShouldBeOfType<StepOutcome.Done>("it came to nothing, so the next reading registers");
        var again = (await world.PlanAsync(world.Storage)).Objects.Single(o => o.Key == "network").Action!;
        (again.Key, again.Essence, again.OnlyWaits).ShouldBe((network.Action.Key, network.Action.Essence, false), "the approval covers both");

        world.Azure.NetworkState = "Registered";
        (await world.ApplyAsync(world.Storage, network.Action)).ShouldBeOfType<StepOutcome.Done>();
    }

    public static TheoryData<string, Func<StorageAccount, StorageAccount>, string> Broken => new()
    {
        { "AccountKind", a => a with { Kind = "Storage" }, $"az storage account update --name contosorecordings --resource-group \"recording\" --subscription {FakeStorage.Id.SubscriptionId} --set kind=StorageV2" },
        { "AccountKind", a => a with { Kind = "BlobStorage" }, "--set kind=StorageV2" },
        { "AnonymousAccess", a => a with { AllowsAnonymousAccess = true }, "--allow-blob-public-access false" },
        { "MinimumTls", a => a with { MinimumTls = "TLS1_0" }, "--min-tls-version TLS1_2" },
        { "Versioning", a => a with { HasVersioning = false }, "--enable-versioning true" },
        { "SoftDelete", a => a with { SoftDeleteDays = null }, "--delete-retention-days 7" },
        { "SoftDelete", a => a with { SoftDeleteDays = 6 }, "--delete-retention-days 7" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_setting_that_is_not_as_asked_says_how_to_change_it_and_waits_for_the_customer(
        string requirement, Func<StorageAccount, StorageAccount> harm, string repair)
    {
        var good = world.Azure.Account!;
        world.Azure.Account = harm(good);

        var plan = await world.PlanAsync(world.Storage);

        var setting = plan.Objects.Single(o => o.State == ObjectState.Different);
        setting.Key.ShouldBe($"setting/{requirement}");
        setting.Detail.ShouldContain(repair);
        setting.Notes.ShouldHaveSingleItem().Arguments.ShouldBe(["https://help.example.com/storage"]);
        var waiting = (await world.ApplyAsync(world.Storage, setting.Action!)).ShouldBeOfType<StepOutcome.Waiting>();
        waiting.On.ShouldBe(WaitsFor.Customer);
        waiting.Link!.AbsoluteUri.ShouldBe($"https://portal.azure.com/#@{world.Context.Tenant.EntraTenantId}/resource{FakeStorage.Id}/overview");
        waiting.PollAfter.ShouldNotBeNull();
        world.Azure.Changes.ShouldBeEmpty();

        world.Azure.Account = good;
        (await world.ApplyAsync(world.Storage, setting.Action!)).ShouldBeOfType<StepOutcome.Done>();
    }

    public static TheoryData<string, Func<StorageAccount, StorageAccount>> Unfit => new()
    {
        { "Storage.AccountKind.Unfit", a => a with { Kind = "FileStorage", HoldsBlobs = false } },
        { "Storage.AccountKind.Unfit", a => a with { HoldsBlobs = false } },
        { "Storage.AccountKind.Unfit", a => a with { Kind = "Storage", HoldsBlobs = false } },
        { "Storage.Location.Unfit", a => a with { Location = "westeurope" } },
        { "Storage.Hierarchy.Unfit", a => a with { IsHierarchical = true, HasVersioning = false } },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task An_account_that_can_never_fit_is_left_alone_and_another_one_is_asked_for(string says, Func<StorageAccount, StorageAccount> harm)
    {
        world.Azure.Account = harm(world.Azure.Account!);
        world.Azure.Container = null;

        var plan = await world.PlanAsync(world.Storage);

        plan.Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.Unfit");
        plan.Actions.ShouldBeEmpty();
        plan.Objects.Select(o => o.Key).First().ShouldBe("account");
        var why = plan.Objects.Skip(1).ShouldHaveSingleItem();
        (why.State, why.What.Key).ShouldBe((ObjectState.Different, says));
        foreach (var recipe in plan.Options[StorageStep.RecipeOption].Select(r => r.Value).Append(why.Detail))
        {
            recipe.ShouldContain("luwarerecording3f1c2a7e");
            recipe.ShouldContain("switzerlandnorth");
            recipe.ShouldNotContain(FakeStorage.Id.Account, customMessage: "It is there, and cannot be made again.");
        }

        why.Detail.ShouldContain($"az account set --subscription {FakeStorage.Id.SubscriptionId}");
        plan.ForLuware.ShouldBeEmpty("Luware has no use for it either");
    }

    [Theory]
    [InlineData("", "2")]
    [InlineData("2", "3")]
    [InlineData("9", "0")]
    public async Task The_account_instead_of_one_that_was_made_wrong_by_this_text_has_another_name(string end, string another)
    {
        Choose(Chosen with { ResourceId = (FakeStorage.Id with { Account = $"luwarerecording3f1c2a7e{end}" }).ToString() });
        world.Azure.Account = world.Azure.Account! with { Location = "westeurope" };

        var text = (await world.PlanAsync(world.Storage)).Objects[^1].Detail;
        text.ShouldContain($"--name luwarerecording3f1c2a7e{another} --resource-group \"luware-recording\"");
    }

    [Fact]
    public async Task A_hierarchical_account_will_do_where_nobody_asks_for_versions()
    {
        world.Azure.Account = world.Azure.Account! with { IsHierarchical = true, HasVersioning = false };
        world.StorageOptions.Requirements[nameof(StorageRequirement.Versioning)] = new RequirementSettings { Required = false };
        (await world.PlanAsync(world.Storage)).Questions.ShouldHaveSingleItem("Locked versions need versions.");

        world.StorageOptions.Requirements[nameof(StorageRequirement.Immutability)] = new RequirementSettings { Required = false };

        (await world.RunAsync(world.Storage)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_of_the_account_alone_has_the_rest_read_and_is_asked_about_the_subscription()
    {
        world.Azure.SubscriptionFault = Forbidden;

        var plan = await world.RunAsync(world.Storage);

        var network = plan.Objects.Single(o => o.State != ObjectState.Found);
        (network.Key, network.State, network.Action, network.What.Key).ShouldBe(("network", ObjectState.Unknown, null, "Storage.Network.Unread"));
        network.Detail.ShouldContain("AuthorizationFailed");
        plan.Questions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Storage.Question.Network"), q => q.Arguments.ShouldBe([$"{FakeStorage.Id.SubscriptionId}"]));
        plan.Options[StorageStep.NetworkOption].Single().Value.ShouldBe($"{FakeStorage.Id.SubscriptionId}");
        world.Azure.Probes.ShouldHaveSingleItem("what else was approved goes on");
    }

    [Fact]
    public async Task A_word_for_one_subscription_counts_while_it_cannot_be_read_and_for_no_other()
    {
        Choose(Chosen with { RegisteredSubscription = FakeStorage.Id.SubscriptionId });
        world.Azure.SubscriptionFault = Forbidden;

        var plan = await world.RunAsync(world.Storage);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Objects.Single(o => o.Key == "network").What.Key.ShouldBe("Storage.Network.Confirmed");
        plan.Options[StorageStep.NetworkOption].ShouldHaveSingleItem("The answer can be taken back.");

        Choose(Chosen with { RegisteredSubscription = Guid.NewGuid() });
        (await world.PlanAsync(world.Storage)).Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.Network");

        Choose(Chosen with { RegisteredSubscription = FakeStorage.Id.SubscriptionId });
        (world.Azure.SubscriptionFault, world.Azure.NetworkState) = (null, "NotRegistered");
        (await world.PlanAsync(world.Storage)).Objects.Single(o => o.Key == "network").State.ShouldBe(ObjectState.Missing, "what can be read counts");
    }

    [Fact]
    public async Task A_subscription_of_which_Azure_says_nothing_just_now_leaves_the_step_unread()
    {
        world.Azure.SubscriptionFault = new TransientException("Too many requests");

        await Should.ThrowAsync<TransientException>(() => world.PlanAsync(world.Storage));
    }

    [Fact]
    public async Task A_container_without_immutability_is_different_and_is_not_changed()
    {
        world.Azure.Container = world.Azure.Container! with { HasImmutability = false };

        var setting = (await world.PlanAsync(world.Storage)).Objects.Single(o => o.Key == "setting/Immutability");

        (setting.State, setting.What.Arguments.Single()).ShouldBe((ObjectState.Different, "false"));
    }

    [Fact]
    public async Task What_the_settings_do_not_require_is_not_looked_at()
    {
        world.Azure.Account = world.Azure.Account! with { MinimumTls = "TLS1_0", SoftDeleteDays = null, PrivateEndpoints = [], Location = "westeurope" };
        world.Azure.NetworkState = "NotRegistered";
        StorageRequirement[] waived =
        [
            StorageRequirement.MinimumTls, StorageRequirement.SoftDelete, StorageRequirement.PrivateEndpoint, StorageRequirement.NetworkProvider,
            StorageRequirement.Location,
        ];
        foreach (var name in waived)
            world.StorageOptions.Requirements[name.ToString()] = new RequirementSettings { Required = false };

        (await world.RunAsync(world.Storage)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_that_does_not_exist_yet_is_waited_for_and_one_approval_covers_everything_after_it()
    {
        var good = world.Azure.Account;
        (world.Azure.Account, world.Azure.Container, world.Azure.NetworkState) = (null, null, "NotRegistered");

        var before = await world.PlanAsync(world.Storage);
        var waiting = (await world.ApplyAsync(world.Storage, before.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();

        before.Actions.First().Key.ShouldBe("make-account");
        waiting.For.Key.ShouldBe("Storage.WaitForAccount");
        before.Objects.Where(o => o.Key is not ("account" or "network")).ShouldAllBe(o => o.State == ObjectState.Later);
        world.Azure.Account = good;
        foreach (var action in (await world.PlanAsync(world.Storage)).Actions)
            before.Actions.Single(a => a.Key == action.Key).Essence.ShouldBe(action.Essence);
        (await world.RunAsync(world.Storage)).IsFulfilled.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, WaitsFor.Luware, "Storage.WaitForEndpoint")]
    [InlineData("Rejected", WaitsFor.Luware, "Storage.WaitForEndpoint")]
    [InlineData("Pending", WaitsFor.Customer, "Storage.WaitForApproval")]
    public async Task The_private_endpoint_waits_for_whoever_must_act(string? state, WaitsFor on, string says)
    {
        var approved = world.Azure.Account!;
        world.Azure.Account = approved with { PrivateEndpoints = state is null ? [] : [approved.PrivateEndpoints[0] with { State = state }] };

        var plan = await world.RunAsync(world.Storage);
        var action = plan.Actions.ShouldHaveSingleItem();
        var waiting = (await world.ApplyAsync(world.Storage, action)).ShouldBeOfType<StepOutcome.Waiting>();

        (waiting.On, waiting.For.Key).ShouldBe((on, says));
        waiting.Link?.AbsoluteUri.ShouldEndWith($"{FakeStorage.Id}/networking");
        (waiting.Link is null).ShouldBe(on == WaitsFor.Luware, "Where the connection is approved.");
        world.Azure.Account = approved;
        (await world.ApplyAsync(world.Storage, action)).ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task A_private_endpoint_of_the_customers_own_proves_nothing_of_Luwares()
    {
        var account = world.Azure.Account!;
        world.Azure.Account = account with { PrivateEndpoints = [new PrivateEndpoint("own", FakeStorage.Id.SubscriptionId, "Approved")] };

        (await EndpointAsync()).State.ShouldBe(ObjectState.Missing);

        world.Region = world.Region with { EndpointSubscription = null };
        (await EndpointAsync()).State.ShouldBe(ObjectState.Missing);
    }

    [Theory]
    [InlineData("Approved", ObjectState.Unknown, "Storage.Endpoint.Whose")]
    [InlineData("Pending", ObjectState.Different, "Storage.Endpoint.PendingWhose")]
    public async Task While_nobody_has_named_Luwares_subscription_no_connection_of_another_counts_as_Luwares(string state, ObjectState expected, string says)
    {
        world.Region = world.Region with { EndpointSubscription = null };
        var stranger = Connect(state);

        var plan = await world.RunAsync(world.Storage);
        var waiting = (await world.ApplyAsync(world.Storage, plan.Actions.Single())).ShouldBeOfType<StepOutcome.Waiting>();

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
        world.Region = world.Region with { EndpointSubscription = null };
        Choose(Chosen with { EndpointSubscription = Connect("Approved") });

        (await world.RunAsync(world.Storage)).IsFulfilled.ShouldBeTrue();
        (await EndpointAsync()).What.Key.ShouldBe("Storage.Endpoint.Confirmed");

        var another = Connect("Approved");
        (await world.PlanAsync(world.Storage)).Questions.ShouldHaveSingleItem("Another subscription is another question.").Arguments[1].ShouldBe($"{another}");
    }

    [Fact]
    public async Task Where_none_is_Luwares_the_plan_waits_for_Luwares_own_and_asks_again_about_another_subscription()
    {
        world.Region = world.Region with { EndpointSubscription = null };
        var stranger = Connect("Approved");
        Choose(Chosen with { Strangers = StorageChoice.StrangersOf([$"{stranger}"]) });

        var plan = await world.RunAsync(world.Storage);
        var waiting = (await world.ApplyAsync(world.Storage, plan.Actions.Single())).ShouldBeOfType<StepOutcome.Waiting>();

        plan.Questions.ShouldBeEmpty();
        plan.Objects.Single(o => o.Key == "endpoint").ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ObjectState.Missing), o => o.What.Key.ShouldBe("Storage.Endpoint.Strangers"), o => o.Detail.ShouldContain($"{stranger}"));
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Luware, "Storage.WaitForEndpoint"));
        plan.Options[StorageStep.EndpointOption].ShouldHaveSingleItem("The answer can be taken back.");

        var pending = new PrivateEndpoint("luware-mtch", FakeStorage.Luware, "Pending");
        world.Azure.Account = world.Azure.Account! with { PrivateEndpoints = [.. world.Azure.Account.PrivateEndpoints, pending] };
        plan = await world.PlanAsync(world.Storage);
        plan.Questions.ShouldHaveSingleItem().Arguments.ShouldBe(["luware-mtch", $"{FakeStorage.Luware}"]);
        plan.Objects.Single(o => o.Key == "endpoint").What.Key.ShouldBe("Storage.Endpoint.PendingWhose");
    }

    [Fact]
    public async Task What_the_region_names_counts_more_than_a_word()
    {
        Choose(Chosen with { EndpointSubscription = Connect("Approved") });

        var plan = await world.PlanAsync(world.Storage);

        plan.Objects.Single(o => o.Key == "endpoint").State.ShouldBe(ObjectState.Missing);
        plan.Options[StorageStep.EndpointOption].ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_no_private_endpoint_is_required_nobody_is_asked_whose_it_is()
    {
        world.Region = world.Region with { EndpointSubscription = null };
        world.StorageOptions.Requirements[nameof(StorageRequirement.PrivateEndpoint)] = new RequirementSettings { Required = false };
        Connect("Approved");

        var plan = await world.RunAsync(world.Storage);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Options[StorageStep.EndpointOption].ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_that_lets_nobody_in_cannot_be_tried_and_is_verified_without()
    {
        world.Azure.Account = world.Azure.Account! with { IsOpenToNetworks = false };

        (await world.PlanAsync(world.Storage)).Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.Closed");

        Choose(new StorageChoice() with { ResourceId = FakeStorage.Id.ToString(), Probe = false });
        var plan = await world.PlanAsync(world.Storage);
        plan.IsFulfilled.ShouldBeTrue();
        plan.Why.Key.ShouldBe("Storage.Why.NoProbe");
        plan.Objects.ShouldNotContain(o => o.Key == "probe");
    }

    [Fact]
    public async Task An_account_that_is_closed_after_the_test_stays_verified()
    {
        await world.RunAsync(world.Storage);
        world.Azure.Account = world.Azure.Account! with { IsOpenToNetworks = false };

        (await world.PlanAsync(world.Storage)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_persons_word_names_account_and_container_is_approved_dated_and_never_counted_as_read()
    {
        Choose(ByHand, Anna);

        var plan = await world.PlanAsync(world.Storage);
        var word = plan.Objects.ShouldHaveSingleItem();
        (word.Name, word.What.Key).ShouldBe(("contosorecordings/luware-recording", "Storage.ByHand.Missing"));
        word.Detail.ShouldBe($"{FakeStorage.Id}/blobServices/default/containers/luware-recording\nhttps://help.example.com/storage");
        word.Action!.Essence.ShouldBe($"on the word of {Anna.By}: {FakeStorage.Id}/blobServices/default/containers/luware-recording");
        plan = await world.RunAsync(world.Storage);

        (plan.IsFulfilled, plan.Word, plan.Choice.Key).ShouldBe((true, Anna, "Storage.Choice.ByHandNamed"));
        plan.Objects.ShouldHaveSingleItem().What.Arguments.ShouldBe([Sentence.Mention(Anna.By), "2026-11-20 07:00 UTC"]);
        plan.ForLuware.ShouldBe([new NamedValue("contosorecordings, luware-recording", FakeStorage.Id.ToString())]);
        world.Azure.Reads.ShouldBe(0);
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
        await world.RunAsync(world.Storage);

        Choose(change(ByHand), Anna with { By = other ?? Anna.By });

        (await world.PlanAsync(world.Storage)).Actions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_answers_for_an_account_that_they_do_not_name_has_that_said()
    {
        Choose(ByHand with { ResourceId = null }, Anna);

        var plan = await world.RunAsync(world.Storage);

        (plan.IsFulfilled, plan.Choice.Key, plan.Objects.ShouldHaveSingleItem().What.Key)
            .ShouldBe((true, "Storage.Choice.ByHand", "Storage.ByHand.Unnamed.Found"));
        plan.ForLuware.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_does_not_know_who_answers_asks_and_writes_in_nobodys_name()
    {
        Choose(ByHand);

        var plan = await world.PlanAsync(world.Storage);

        plan.Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.WhoAnswers");
        (plan.Word, plan.IsFulfilled).ShouldBe((null, false));
    }

    [Fact]
    public async Task A_container_that_cannot_be_called_so_is_asked_for_also_where_somebody_answers()
    {
        Choose(ByHand with { Container = "No Good" }, Anna);

        (await world.PlanAsync(world.Storage)).Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.ContainerName.Characters");
    }

    [Theory]
    [InlineData("AuthorizationFailed", "403", typeof(AzureNotAllowed))]
    [InlineData("SubscriptionNotFound", "404", typeof(AzureNotAllowed))]
    [InlineData("InvalidAuthenticationTokenTenant", "401", typeof(SubscriptionElsewhere))]
    [InlineData("AuthorizationPermissionMismatch", "403", typeof(BlobsNotAllowed))]
    [InlineData("AuthorizationFailure", "403", typeof(BlobsNotReachable))]
    [InlineData("BlobHostNotReachable", "", typeof(BlobsNotReachable))]
    [InlineData("BlobHostNotTrusted", "", typeof(BlobHostNotTrusted))]
    [InlineData("ScopeLocked", "409", typeof(AccountLocked))]
    [InlineData("RequestDisallowedByPolicy", "403", typeof(ForbiddenByPolicy))]
    public void An_expected_refusal_is_explained(string code, string status, Type expected) =>
        world.Storage.Explain(new RemoteAnswer("Azure", code, status, "No.", null)).ShouldBeOfType(expected);

    [Fact]
    public void An_unexpected_refusal_is_left_to_the_engine() =>
        world.Storage.Explain(new RemoteAnswer("Azure", "InvalidResourceType", "400", "No.", null)).ShouldBeNull();

    private static RefusedException Forbidden =>
        new("no", new RemoteAnswer("Azure Resource Manager", "AuthorizationFailed", "403", "No authorization to perform the action over scope.", null));

    /// <summary>One private endpoint connection, of a subscription of which nobody has heard.</summary>
    private Guid Connect(string state)
    {
        var stranger = Guid.NewGuid();
        world.Azure.Account = world.Azure.Account! with { PrivateEndpoints = [new PrivateEndpoint("somebody", stranger, state)] };
        return stranger;
    }

    private async Task<PlannedObject> EndpointAsync() => (await world.PlanAsync(world.Storage)).Objects.Single(o => o.Key == "endpoint");

    private void Choose(StorageChoice choice, Chosen? chosen = null) => world.Choices = StepChoices.None.With(StorageStep.StepName, choice, chosen);
}
