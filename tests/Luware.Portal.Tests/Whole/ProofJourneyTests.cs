using Luware.Onboarding.Engine;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.WebUtilities;

namespace Luware.Portal.Tests.Whole;

/// <summary>Azure requires a second factor for writes, which the sign-in did not request.</summary>
public sealed class ProofJourneyTests(AzuriteFixture azurite) : EngineJourney(azurite)
{
    [Fact]
    public async Task A_refused_change_asks_for_the_proof_once_and_goes_on_when_it_is_enough()
    {
        var (tenant, person) = World.Tenants.FindPerson("anna.keller@contoso.com")!.Value;
        using var browser = new Visitor(person);
        World.Tenants.BreakAzure(AzureFault.NoContainer);
        World.Faults.ProofForWrites = ProofForWrites.NoneWillDo;
        var actor = await ApproveAsync(browser, person);

        var wait = await StorageWaitAsync(actor, w => w.Why is not null);
        (wait.For.Key, wait.Why!.Title.Key, wait.On).ShouldBe(("Engine.SignInStronger", "Engine.SecondFactor.Title", WaitsFor.Customer));
        await SignInAgainAsync(browser);

        wait = await StorageWaitAsync(actor, w => w.Refusal is not null);
        (wait.Refusal!.Title.Key, wait.Link).ShouldBe(("Engine.ProofNotAccepted.Title", null));
        browser.Way.Count(u => QueryHelpers.ParseQuery(u.Query).ContainsKey("claims")).ShouldBe(1, "nobody is sent in a circle");
        tenant.Writes.ShouldNotContain(w => w.What == "PUT container");

        World.Faults.ProofForWrites = ProofForWrites.SecondFactor;
        await Engine.ResumeAsync(actor, default);
        await UntilAsync(actor, _ => tenant.Azure!.Containers.Count > 0);
        tenant.Writes.Count(w => w.What == "PUT container").ShouldBe(1);
    }

    private Task<VisitedPage> SignInAgainAsync(Visitor browser) => browser.GoAsync(new Uri(Portal.Address, "/sign-in"));

    private async Task<WaitView> StorageWaitAsync(Actor actor, Func<WaitView, bool> wanted)
    {
        bool IsWanted(WaitView wait) => wait.Step == "storage" && wanted(wait);
        return (await UntilAsync(actor, v => v.Run?.Waits.Any(IsWanted) == true)).Run!.Waits.First(IsWanted);
    }
}
