using System.Diagnostics;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Storage;

namespace Luware.Onboarding.Tests.Steps.Storage;

public sealed class StorageStepTests : StorageContext
{
    [Fact]
    public async Task Without_an_account_the_step_asks_for_one_reads_nothing_and_says_how_to_make_it()
    {
        Choose(new StorageChoice());

        var plan = await World.PlanAsync(World.Storage);

        plan.Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Id.Empty");
        plan.Actions.ShouldBeEmpty();
        plan.Objects.ShouldHaveSingleItem().Detail.ShouldContain(
            "az storage account create --name luwarerecording3f1c2a7e --resource-group \"luware-recording\" --location switzerlandnorth");
        plan.Objects.Single().IsToChoose.ShouldBeTrue();
        plan.Options[StorageStep.RecipeOption].Select(o => o.Label).ShouldBe(["Azure CLI", "Bicep"]);
        World.Azure.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task Each_action_names_the_role_in_Azure_that_it_takes_and_each_command_can_be_run()
    {
        World.Azure.Container = null;
        World.Azure.NetworkState = "NotRegistered";

        var plan = await World.PlanAsync(World.Storage);

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
        World.Azure.Account = World.Azure.Account! with { Kind = "Storage", HasVersioning = false };

        var texts = (await World.PlanAsync(World.Storage)).Objects.Select(o => o.Detail)
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
        var plan = await World.PlanAsync(World.Storage);

        plan.Actions.ShouldHaveSingleItem().Key.ShouldBe("probe/contosorecordings/luware-recording");
        plan.Objects.Where(o => o.Key != "probe").ShouldAllBe(o => o.State == ObjectState.Found);

        plan = await World.RunAsync(World.Storage);
        plan.IsFulfilled.ShouldBeTrue();
        plan.IsByHand.ShouldBeFalse();
        plan.Objects.Single(o => o.Key == "probe").What.Arguments.ShouldBe(["2026-11-23 09:00 UTC"]);
        World.Azure.Probes.ShouldBe(["contosorecordings/luware-recording"]);

        await World.RunAsync(World.Storage);
        World.Azure.Probes.Count.ShouldBe(1, "a proof is remembered");
    }

    [Fact]
    public async Task A_proof_holds_for_its_own_container_alone()
    {
        await World.RunAsync(World.Storage);

        Choose(new StorageChoice() with { ResourceId = FakeStorage.Id.ToString(), Container = "another" });

        (await World.PlanAsync(World.Storage)).Actions.Select(a => a.Key)
            .ShouldBe(["create-container", "mend/Immutability", "probe/contosorecordings/another"]);
    }

    [Fact]
    public async Task The_container_and_the_registration_are_made_by_the_very_request_that_was_shown()
    {
        (World.Azure.Container, World.Azure.NetworkState) = (null, "NotRegistered");

        var plan = await World.PlanAsync(World.Storage);

        plan.Objects.Single(o => o.Key == "network").Detail.ShouldBe(
            $"az rest --method post --url \"/subscriptions/{FakeStorage.Id.SubscriptionId}/providers/Microsoft.Network/register?api-version=2021-04-01\"");
        var container = plan.Objects.Single(o => o.Key == "container");
        container.State.ShouldBe(ObjectState.Missing);
        container.Detail.ShouldBe(container.Action!.Essence);
        container.Detail.ShouldContain("""--body '{"properties":{"publicAccess":"None","immutableStorageWithVersioning":{"enabled":true}}}'""");

        (await World.RunAsync(World.Storage)).IsFulfilled.ShouldBeTrue();
        World.Azure.Changes.Select(c => c.ToCli()).ShouldBe([plan.Objects.Single(o => o.Key == "network").Detail, container.Detail]);
    }

    [Fact]
    public async Task A_registration_that_somebody_else_has_begun_is_waited_for_and_not_sent_again()
    {
        World.Azure.NetworkState = "Registering";

        var network = (await World.PlanAsync(World.Storage)).Objects.Single(o => o.Key == "network");
        var waiting = (await World.ApplyAsync(World.Storage, network.Action!)).ShouldBeOfType<StepOutcome.Waiting>();

        (network.What.Key, network.Action!.OnlyWaits).ShouldBe(("Storage.Network.Registering", true));
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Microsoft, "Storage.WaitForNetwork"));
        World.Azure.Changes.ShouldBeEmpty();

        World.Azure.NetworkState = "NotRegistered";
        (await World.ApplyAsync(World.Storage, network.Action)).ShouldBeOfType<StepOutcome.Done>("it came to nothing, so the next reading registers");
        var again = (await World.PlanAsync(World.Storage)).Objects.Single(o => o.Key == "network").Action!;
        (again.Key, again.Essence, again.OnlyWaits).ShouldBe((network.Action.Key, network.Action.Essence, false), "the approval covers both");

        World.Azure.NetworkState = "Registered";
        (await World.ApplyAsync(World.Storage, network.Action)).ShouldBeOfType<StepOutcome.Done>();
    }

    public static TheoryData<string, Func<StorageAccount, StorageAccount>, string> Broken => new()
    {
        {
            "AccountKind", a => a with { Kind = "Storage" },
            "az storage account update --name contosorecordings --resource-group \"recording\" "
            + $"--subscription {FakeStorage.Id.SubscriptionId} --set kind=StorageV2"
        },
        { "AccountKind", a => a with { Kind = "BlobStorage" }, "--set kind=StorageV2" },
        { "AnonymousAccess", a => a with { AllowsAnonymousAccess = true }, "--allow-blob-public-access false" },
        { "MinimumTls", a => a with { MinimumTls = "TLS1_0" }, "--min-tls-version TLS1_2" },
        { "Versioning", a => a with { HasVersioning = false }, "--enable-versioning true" },
        { "SoftDelete", a => a with { SoftDeleteDays = null }, "--delete-retention-days 7" },
        { "SoftDelete", a => a with { SoftDeleteDays = 6 }, "--delete-retention-days 7" },
    };

    [Fact]
    public async Task How_long_deleted_blobs_have_to_be_restorable_is_said_beside_how_long_they_are()
    {
        World.Azure.Account = World.Azure.Account! with { SoftDeleteDays = 6 };

        (await World.PlanAsync(World.Storage)).Objects.Single(o => o.Key == "setting/SoftDelete").What.Arguments.ShouldBe(["6", "7"]);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_setting_that_is_not_as_asked_says_how_to_change_it_and_waits_for_the_customer(
        string requirement, Func<StorageAccount, StorageAccount> harm, string repair)
    {
        var good = World.Azure.Account!;
        World.Azure.Account = harm(good);

        var plan = await World.PlanAsync(World.Storage);

        var setting = plan.Objects.Single(o => o.State == ObjectState.Different);
        setting.Key.ShouldBe($"setting/{requirement}");
        StepTextsTests.ShouldBeSayable([setting.What]);
        setting.Detail.ShouldContain(repair);
        setting.Notes.ShouldHaveSingleItem().Arguments.ShouldBe(["https://help.example.com/storage"]);
        var waiting = (await World.ApplyAsync(World.Storage, setting.Action!)).ShouldBeOfType<StepOutcome.Waiting>();
        waiting.On.ShouldBe(WaitsFor.Customer);
        waiting.Link!.AbsoluteUri.ShouldBe($"https://portal.azure.com/#@{World.Context.Tenant.EntraTenantId}/resource{FakeStorage.Id}/overview");
        waiting.PollAfter.ShouldNotBeNull();
        World.Azure.Changes.ShouldBeEmpty();

        World.Azure.Account = good;
        (await World.ApplyAsync(World.Storage, setting.Action!)).ShouldBeOfType<StepOutcome.Done>();
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
        World.Azure.Account = harm(World.Azure.Account!);
        World.Azure.Container = null;

        var plan = await World.PlanAsync(World.Storage);

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
        World.Azure.Account = World.Azure.Account! with { Location = "westeurope" };

        var text = (await World.PlanAsync(World.Storage)).Objects[^1].Detail;
        text.ShouldContain($"--name luwarerecording3f1c2a7e{another} --resource-group \"luware-recording\"");
    }

    [Fact]
    public async Task A_hierarchical_account_will_do_where_nobody_asks_for_versions()
    {
        World.Azure.Account = World.Azure.Account! with { IsHierarchical = true, HasVersioning = false };
        World.StorageOptions.Requirements[nameof(StorageRequirement.Versioning)] = new RequirementSettings { Required = false };
        (await World.PlanAsync(World.Storage)).Questions.ShouldHaveSingleItem("Locked versions need versions.");

        World.StorageOptions.Requirements[nameof(StorageRequirement.Immutability)] = new RequirementSettings { Required = false };

        (await World.RunAsync(World.Storage)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_of_the_account_alone_has_the_rest_read_and_is_asked_about_the_subscription()
    {
        World.Azure.SubscriptionFault = Forbidden;

        var plan = await World.RunAsync(World.Storage);

        var network = plan.Objects.Single(o => o.State != ObjectState.Found);
        (network.Key, network.State, network.Action, network.What.Key).ShouldBe(("network", ObjectState.Unknown, null, "Storage.Network.Unread"));
        network.Detail.ShouldContain("AuthorizationFailed");
        plan.Questions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Storage.Question.Network"), q => q.Arguments.ShouldBe([$"{FakeStorage.Id.SubscriptionId}"]));
        plan.Options[StorageStep.NetworkOption].Single().Value.ShouldBe($"{FakeStorage.Id.SubscriptionId}");
        World.Azure.Probes.ShouldHaveSingleItem("what else was approved goes on");
    }

    [Fact]
    public async Task A_word_for_one_subscription_counts_while_it_cannot_be_read_and_for_no_other()
    {
        Choose(Chosen with { RegisteredSubscription = FakeStorage.Id.SubscriptionId });
        World.Azure.SubscriptionFault = Forbidden;

        var plan = await World.RunAsync(World.Storage);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Objects.Single(o => o.Key == "network").What.Key.ShouldBe("Storage.Network.Confirmed");
        plan.Options[StorageStep.NetworkOption].ShouldHaveSingleItem("The answer can be taken back.");

        Choose(Chosen with { RegisteredSubscription = Guid.NewGuid() });
        (await World.PlanAsync(World.Storage)).Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.Network");

        Choose(Chosen with { RegisteredSubscription = FakeStorage.Id.SubscriptionId });
        (World.Azure.SubscriptionFault, World.Azure.NetworkState) = (null, "NotRegistered");
        (await World.PlanAsync(World.Storage)).Objects.Single(o => o.Key == "network").State.ShouldBe(ObjectState.Missing, "what can be read counts");
    }

    [Fact]
    public async Task A_subscription_of_which_Azure_says_nothing_just_now_leaves_the_step_unread()
    {
        World.Azure.SubscriptionFault = new TransientException("Too many requests");

        await Should.ThrowAsync<TransientException>(() => World.PlanAsync(World.Storage));
    }

    [Fact]
    public async Task A_container_without_immutability_is_different_and_is_not_changed()
    {
        World.Azure.Container = World.Azure.Container! with { HasImmutability = false };

        var setting = (await World.PlanAsync(World.Storage)).Objects.Single(o => o.Key == "setting/Immutability");

        (setting.State, setting.What.Arguments.Single()).ShouldBe((ObjectState.Different, "false"));
    }

    [Fact]
    public async Task What_the_settings_do_not_require_is_not_looked_at()
    {
        World.Azure.Account = World.Azure.Account! with { MinimumTls = "TLS1_0", SoftDeleteDays = null, PrivateEndpoints = [], Location = "westeurope" };
        World.Azure.NetworkState = "NotRegistered";
        StorageRequirement[] waived =
        [
            StorageRequirement.MinimumTls, StorageRequirement.SoftDelete, StorageRequirement.PrivateEndpoint, StorageRequirement.NetworkProvider,
            StorageRequirement.Location,
        ];
        foreach (var name in waived)
            World.StorageOptions.Requirements[name.ToString()] = new RequirementSettings { Required = false };

        (await World.RunAsync(World.Storage)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_that_does_not_exist_yet_is_waited_for_and_one_approval_covers_everything_after_it()
    {
        var good = World.Azure.Account;
        (World.Azure.Account, World.Azure.Container, World.Azure.NetworkState) = (null, null, "NotRegistered");

        var before = await World.PlanAsync(World.Storage);
        var waiting = (await World.ApplyAsync(World.Storage, before.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();

        before.Actions.First().Key.ShouldBe("make-account");
        waiting.For.Key.ShouldBe("Storage.WaitForAccount");
        before.Objects.Where(o => o.Key is not ("account" or "network")).ShouldAllBe(o => o.State == ObjectState.Later);
        World.Azure.Account = good;
        foreach (var action in (await World.PlanAsync(World.Storage)).Actions)
            before.Actions.Single(a => a.Key == action.Key).Essence.ShouldBe(action.Essence);
        (await World.RunAsync(World.Storage)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_that_lets_nobody_in_cannot_be_tried_and_is_verified_without()
    {
        World.Azure.Account = World.Azure.Account! with { IsOpenToNetworks = false };

        (await World.PlanAsync(World.Storage)).Questions.ShouldHaveSingleItem().Key.ShouldBe("Storage.Question.Closed");

        Choose(new StorageChoice() with { ResourceId = FakeStorage.Id.ToString(), Probe = false });
        var plan = await World.PlanAsync(World.Storage);
        plan.IsFulfilled.ShouldBeTrue();
        plan.Why.Key.ShouldBe("Storage.Why.NoProbe");
        plan.Objects.ShouldNotContain(o => o.Key == "probe");
    }

    [Fact]
    public async Task An_account_that_is_closed_after_the_test_stays_verified()
    {
        await World.RunAsync(World.Storage);
        World.Azure.Account = World.Azure.Account! with { IsOpenToNetworks = false };

        (await World.PlanAsync(World.Storage)).IsFulfilled.ShouldBeTrue();
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
        World.Storage.Explain(new RemoteAnswer("Azure", code, status, "No.", null)).ShouldBeOfType(expected);

    [Fact]
    public void An_unexpected_refusal_is_left_to_the_engine() =>
        World.Storage.Explain(new RemoteAnswer("Azure", "InvalidResourceType", "400", "No.", null)).ShouldBeNull();

    private static RefusedException Forbidden =>
        new("no", new RemoteAnswer("Azure Resource Manager", "AuthorizationFailed", "403", "No authorization to perform the action over scope.", null));
}
