using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.CustomerPages;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>The ready flag: what it asserts, for which groups, and who asked meanwhile.</summary>
public sealed class ReadyPanelTests : TenantPageContext
{
    [Fact]
    public async Task The_ready_flag_says_what_it_asserts_before_it_is_set()
    {
        var page = Open(File());

        await page.PressAsync("Set ready flag");
        Desk.Asked.ShouldBeEmpty();
        page.Find("#ready-question").TextContent.ShouldContain("you assert that Luware’s recorders answer for Fabrikam GmbH");
        await page.PressAsync("Assert and set");

        page.WaitForAssertion(() => Desk.Asked.ShouldBe(["ready True"]));
    }

    [Fact]
    public async Task The_keyboard_goes_to_the_question_about_the_ready_flag_and_back_to_its_button()
    {
        var page = Open(File());

        await page.PressAsync("Set ready flag");
        Focused().ShouldBe("#ready-question");
        await page.PressAsync("Not now");
        Focused().ShouldBe("#ready-ask");
        page.Find("#ready-ask").TextContent.ShouldContain("Set ready flag");
    }

    [Fact]
    public async Task A_ready_flag_that_was_set_before_a_group_was_there_names_the_group_and_is_set_anew()
    {
        var page = Open(Ready());
        page.Find("#ready").ParentElement!.TextContent.ShouldContain($"Set without {Scenes.Group}");

        await page.PressAsync("Set ready flag anew");
        page.Find("#ready-question").TextContent.ShouldContain("has synchronised its groups of recorded users");
        page.Find("#ready").ParentElement!.TextContent.ShouldContain($"Groups that the flag then names: {Scenes.Group}.");
        await page.PressAsync("Assert and set");
        page.WaitForAssertion(() => Desk.Asked.ShouldBe(["ready True"]));

        Desk.Show(Ready(new Guid("085fd5ee-756a-4284-b81d-a62549f12293")));
        page.WaitForAssertion(() => page.Find("#ready").ParentElement!.TextContent.ShouldNotContain(Scenes.Group));
        page.FindAll("button").ShouldNotContain(b => b.TextContent.Contains("anew"));

        static TenantFile Ready(params Guid[] groups)
        {
            var file = File();
            var tenant = file.View.Tenant with { Ready = true, ReadyGroups = groups };
            return file with { Row = file.Row with { Ready = true }, View = file.View with { Tenant = tenant } };
        }
    }

    [Fact]
    public async Task A_question_about_the_ready_flag_never_becomes_the_opposite_one()
    {
        var page = Open(File() with { Row = File().Row with { Ready = true } });
        await page.PressAsync("Withdraw ready flag");

        Desk.Show(File() with { ReadyBy = "Marco Rossi", ReadyAt = Scenes.Now });

        page.WaitForAssertion(() => page.Find("#ready").ParentElement!.TextContent.ShouldContain("withdrawn by Marco Rossi"));
        page.FindAll("button").ShouldNotContain(b => b.TextContent.Contains("Assert and set"));
        page.Find("#ready").ParentElement!.TextContent.ShouldContain("was withdrawn meanwhile, and stays so");
        Desk.Asked.ShouldBeEmpty();
    }
}
