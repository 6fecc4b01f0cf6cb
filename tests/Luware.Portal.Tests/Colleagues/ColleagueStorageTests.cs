using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Storage;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Colleagues;

/// <summary>The storage account belongs to another department, whose administrator has all rights in Azure but no directory role.</summary>
public sealed class ColleagueStorageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Storage_that_was_handed_to_its_engineer_is_verified_with_their_rights_alone()
    {
        await using var world = await azurite.StartWorldAsync();
        await using var portal = await RunningPortal.StartAsync(
            world, [new("Teams:WarmWorkers", "0"), new("Logging:LogLevel:Default", "Error"), new("Engine:FirstPoll", "00:00:00.100")]);
        var engine = portal.Services.GetRequiredService<IEngine>();
        var contoso = world.Tenants.Contoso;
        contoso.LeaveStorageTo(contoso.FindPerson("urs.aebi@contoso.com")!.Id);
        world.Tenants.BreakAzure(AzureFault.NoContainer, contoso);
        var (anna, annas) = await SignInAsync("anna.keller@contoso.com", "/sign-in");
        var link = (await portal.Services.GetRequiredService<IColleagueLinks>().HandAsync(anna, StorageStep.StepName, default)).Secret.ShouldNotBeNull();
        using (annas)
        {
            var (urs, browser) = await SignInAsync("urs.aebi@contoso.com", $"/colleague?link={link}");
            using (browser)
            {
                urs.Roles.ShouldBeEmpty();
                await browser.GoAsync(At("/sign-in/more?returnUrl=/onboarding/storage"));
                Scopes(browser.Way.Last(u => u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal))).ShouldBe(
                    ["openid", "profile", "offline_access", "User.Read",
                        "https://management.azure.com/user_impersonation", "https://storage.azure.com/user_impersonation"],
                    "of Graph no more than the sign-in itself, and nothing of Teams");

                await engine.ChooseAsync(urs, StorageStep.StepName, new StorageChoice() with { ResourceId = contoso.Azure!.Id }, default);
                await engine.PlanAsync(urs, null, default);
                var plan = (await engine.ReadAsync(urs, default))!;
                plan.Steps.ShouldHaveSingleItem().Plan!.Questions.ShouldBeEmpty();
                (await engine.ApproveAsync(urs, plan.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();

                var end = await UntilAsync(urs, v => v.Run?.State is RunState.Done or RunState.Failed);
                end.Run!.State.ShouldBe(RunState.Done);
            }
        }

        var seen = (await engine.ReadAsync(anna, default))!;
        seen.Steps.Single(s => s.Step == StorageStep.StepName).ShouldSatisfyAllConditions(
            s => s.Status.ShouldBe(StepStatus.Verified), s => s.Handed!.AcceptedBy.ShouldBe("Urs Aebi"), s => s.Plan!.IsByHand.ShouldBeFalse());
        seen.Run!.ApprovedBy.ShouldBe("Urs Aebi");
        contoso.Writes.Where(w => w.What == "PUT container").ShouldHaveSingleItem().By.ShouldBe(contoso.FindPerson("urs.aebi@contoso.com")!.Id);
        contoso.Writes.ShouldAllBe(w => !w.What.Contains("-Cs", StringComparison.Ordinal), "the step asks nothing of Teams");

        Uri At(string path) => new(portal.Address, path);

        async Task<(Actor Actor, Visitor Browser)> SignInAsync(string userPrincipalName, string door)
        {
            var browser = new Visitor(contoso.FindPerson(userPrincipalName)!);
            await browser.GoAsync(At(door));
            if (door == "/sign-in")
                await browser.GoAsync(At("/sign-in/more"));
            return (await portal.ActorAsync(browser.Person) with { IsByLink = door != "/sign-in" }, browser);
        }

        async Task<OnboardingView> UntilAsync(Actor actor, Func<OnboardingView, bool> reached)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await foreach (var view in engine.FollowAsync(actor, limit.Token))
                if (reached(view))
                    return view;
            throw new TimeoutException("The run did not end.");
        }
    }

    private static string[] Scopes(Uri authorize) => QueryHelpers.ParseQuery(authorize.Query)["scope"].ToString().Split(' ');
}
