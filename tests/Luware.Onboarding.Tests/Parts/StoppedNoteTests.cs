using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tests.CustomerPages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Parts;

public sealed class StoppedNoteTests : PageContext
{
    [Fact]
    public void It_comes_and_goes_with_the_switch_on_a_page_that_stands_open()
    {
        var configuration = new ConfigurationManager();
        Services.Configure<SafetyOptions>(configuration.GetSection(SafetyOptions.Section));
        var note = Render<StoppedNote>();
        note.Markup.ShouldBeEmpty();

        configuration["Safety:NoWrites"] = "true";
        ((IConfigurationRoot)configuration).Reload();
        note.WaitForAssertion(() => note.Find("[role=status]").TextContent.ShouldContain("Changes are paused"));

        configuration["Safety:NoWrites"] = null;
        ((IConfigurationRoot)configuration).Reload();
        note.WaitForAssertion(() => note.Markup.ShouldBeEmpty());
    }
}
