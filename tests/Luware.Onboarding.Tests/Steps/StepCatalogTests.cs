using System.Globalization;
using System.Resources;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Steps;

public sealed class StepCatalogTests
{
    private readonly IReadOnlyList<StepEntry> entries;

    public StepCatalogTests()
    {
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddScoped<ITeams>(_ => new FakeTeams(new FakeDirectory(), TimeProvider.System))
            .AddScoped<IDirectory, FakeDirectory>()
            .AddScoped<IAzureStorage, FakeStorage>()
            .AddOnboardingSteps(new ConfigurationBuilder().Build())
            .AddSingleton(Options.Create(StepWorld.ChatSettings))
            .AddSingleton<IRegionCatalog, StepWorld.BothRegions>();
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        using var scope = provider.CreateScope();
        entries = scope.ServiceProvider.GetRequiredService<IStepCatalog>().Entries;
    }

    [Fact]
    public void The_steps_come_in_the_articles_order() =>
        entries.Select(e => e.Step.Name).ShouldBe(["security-groups", "consent", "whitelisting", "policies", "grants", "storage", "chat-capture"]);

    /// <summary>Its page is tried in every status, and its actions in every scene of the safety gate.</summary>
    [Fact]
    public void No_step_escapes_the_tests_of_all_steps()
    {
        var names = entries.Select(e => e.Step.Name).ToList();

        SevenSteps.Names.ShouldBe(names);
        ImpactTests.Actions.Select(a => a.Data.Item1.Split(' ')[0]).Distinct(StringComparer.Ordinal).ShouldBe(names, ignoreOrder: true);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Every_step_has_a_name_for_people(string language)
    {
        var texts = new ResourceManager(typeof(StepTexts)).GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: true)!;

        entries.Where(e => string.IsNullOrEmpty(texts.GetString($"Step.{e.Step.Name}"))).Select(e => e.Step.Name).ShouldBeEmpty();
    }

    [Fact]
    public void A_step_depends_on_earlier_steps_only() =>
        entries.Select((e, i) => e.DependsOn.All(d => entries.Take(i).Any(other => other.Step.Name == d))).ShouldAllBe(ok => ok);

    [Fact]
    public void Nobody_is_granted_anything_before_groups_consent_and_policy_are_verified() =>
        entries.Single(e => e.Step.Name == "grants").DependsOn.ShouldBe(["security-groups", "consent", "policies"]);

    [Fact]
    public void No_application_is_whitelisted_invited_or_granted_before_its_publisher_is_known() =>
        new[] { "whitelisting", "policies", "grants" }.ShouldAllBe(step => Upstream(step).Contains("consent"));

    [Fact]
    public void Every_step_names_the_roles_that_it_needs_except_the_one_whose_rights_lie_in_Azure() =>
        entries.Where(e => e.Step.Roles.Count == 0).Select(e => e.Step.Name).ShouldBe(["storage"]);

    [Fact]
    public void Storage_waits_for_nobody_and_nobody_but_the_last_step_for_storage()
    {
        entries.Single(e => e.Step.Name == "storage").DependsOn.ShouldBeEmpty();
        entries.Where(e => e.DependsOn.Contains("storage")).Select(e => e.Step.Name).ShouldBe(["chat-capture"]);
        entries.Where(e => e.CanFollow).Select(e => e.Step.Name).ShouldBe(["storage", "chat-capture"]);
    }

    [Fact]
    public void Chat_capture_opens_when_all_others_are_verified() =>
        entries[^1].DependsOn.ShouldBe(entries.SkipLast(1).Select(e => e.Step.Name));

    /// <summary>What a completed step rests on is compared at each start; what it leaves out is never noticed.</summary>
    [Theory]
    [InlineData("application id", "consent", "whitelisting", "policies")]
    [InlineData("second application", "consent", "whitelisting", "policies")]
    [InlineData("prefix", "whitelisting")]
    [InlineData("locations", "storage")]
    [InlineData("subscription", "storage")]
    [InlineData("chat application", "chat-capture")]
    [InlineData("no chat", "chat-capture")]
    [InlineData("names, redirect and version")]
    public void A_change_of_a_regions_data_is_noticed_by_the_steps_that_use_it_and_by_no_other(string what, params string[] steps)
    {
        var before = StepWorld.SwitzerlandWithChat;
        var after = Changed(before, what);

        after.ShouldNotBe(before);
        entries.Where(e => e.Step.RestsOn(before) != e.Step.RestsOn(after)).Select(e => e.Step.Name).ShouldBe(steps);
    }

    [Fact]
    public void A_change_of_the_required_permissions_is_noticed()
    {
        var world = new StepWorld(StepWorld.SwitzerlandWithChat);

        RequiredPermissions.Recording.All.ShouldAllBe(p => world.Consent.RestsOn(world.Region)!.Contains($"{p.Id}"));
        StepWorld.ChatSettings.Required(attachments: true).All.ShouldAllBe(p => world.ChatCapture.RestsOn(world.Region)!.Contains($"{p.Id}"));
    }

    private static Region Changed(Region region, string what)
    {
        var application = region.Applications[0];
        return what switch
        {
            "application id" => region with { Applications = [application with { ApplicationId = Guid.NewGuid() }] },
            "second application" => region with { Applications = [application, StepWorld.Germany.Applications[1]] },
            "prefix" => region with { Applications = [application with { UserPrincipalNamePrefix = "luwarerecording-other" }] },
            "locations" => region with { StorageLocations = ["switzerlandnorth"] },
            "subscription" => region with { EndpointSubscription = Guid.NewGuid() },
            "chat application" => region with { Chat = region.Chat! with { ApplicationId = Guid.NewGuid() } },
            "no chat" => region with { Chat = null },
            _ => region with
            {
                Name = "Another name",
                Version = 2,
                Applications = [application with { DisplayName = "Another name", ConsentRedirect = new Uri("https://example.com") }],
                Chat = region.Chat! with { DisplayName = "Another name", ConsentRedirect = new Uri("https://example.com") },
            },
        };
    }

    private IEnumerable<string> Upstream(string step) => entries.Single(e => e.Step.Name == step).DependsOn.SelectMany(d => Upstream(d).Prepend(d));
}
