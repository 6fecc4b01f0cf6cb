using Bunit;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>What stands around every page.</summary>
public sealed class LayoutTests : PageContext
{
    [Theory]
    [InlineData("nina.keller@luware.example")]
    [InlineData(null)]
    public void The_header_names_tenant_region_and_specialist_with_and_without_a_mail_address(string? mail)
    {
        Services.AddSingleton(new Help(null, null, new Contact("Nina Keller", mail)));

        var top = Render<TopBar>(p => p.AddCascadingValue(new CustomerState(CustomerStateKind.Open, Scenes.Jonas, Scenes.Planned)));

        top.Find(".place").TextContent.ShouldBe("Fabrikam GmbHMulti-Tenant Germany");
        top.Find(".specialist").TextContent.ShouldBe("Your success specialist Nina Keller");
        top.Find(".specialist").GetAttribute("href").ShouldBe(mail is null ? null : $"mailto:{mail}");
    }

    public static TheoryData<Type> Layouts => [.. typeof(Shell).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(LayoutComponentBase)))];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_layout_says_first_of_all_that_changes_are_paused(Type layout)
    {
        Open(Scenes.Planned);
        Services.Configure<SafetyOptions>(o => o.NoWrites = "true");

        var page = Render(builder =>
        {
            builder.OpenComponent(0, layout);
            builder.CloseComponent();
        });

        page.WaitForAssertion(() => page.Find("main > :first-child").TextContent.ShouldStartWith("Changes are paused"));
    }
}
