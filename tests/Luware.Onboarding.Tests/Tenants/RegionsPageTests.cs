using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Tests.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>What the portal knows of its regions.</summary>
public sealed class RegionsPageTests : TenantPageContext
{
    [Fact]
    public void The_regions_show_their_applications_permissions_and_version()
    {
        Services.AddSingleton(Options.Create(StepWorld.ChatSettings));
        var regions = (EngineHost.OneRegion)Services.GetRequiredService<IRegionCatalog>();
        var page = Render<RegionsPage>();
        string[] always = ["Luware Recording MTCH 1", "22222222-2222-4222-8222-222222222222", "version 1", "Calls.AccessMedia.All"];
        always.ShouldAllBe(word => page.Markup.Contains(word));
        page.Markup.ShouldContain("Luware’s subscription is not named here");
        page.FindAll("#required-chat").ShouldBeEmpty();

        regions.Switzerland = StepWorld.SwitzerlandWithChat;
        page.Render();

        page.Find("[aria-labelledby=required-chat]").TextContent.ShouldContain("Chat.Read.All");
        page.Find("[aria-labelledby=required-chat]").TextContent.ShouldContain("Files.Read.All");
        page.Find("#required-chat").TextContent.ShouldContain("version 1");
        page.Markup.ShouldContain($"from its subscription {StepWorld.SwitzerlandWithChat.EndpointSubscription}");
    }
}
