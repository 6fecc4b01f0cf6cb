using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.Consent;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Whole;

/// <summary>Unusual consents: given elsewhere, by hand, or in part. The portal believes what it reads.</summary>
public sealed class ConsentJourneyTests(AzuriteFixture azurite) : EngineJourney(azurite, ReturnsToWebsite)
{
    private static readonly Uri Website = Applications.Website;

    /// <summary>Switzerland's application redirects to Luware's website.</summary>
    private static readonly KeyValuePair<string, string?> ReturnsToWebsite = new("Regions:MTCH:Applications:0:ConsentRedirect", Website.AbsoluteUri);

    [Fact]
    public async Task A_consent_that_ends_on_Luwares_website_is_found_by_looking_again()
    {
        using var anna = Visitor("anna.keller@contoso.com");
        var actor = await EnterAsync(anna);
        await ApproveConsentAsync(actor);
        var asked = await UntilAsync(actor, v => v.Run!.Waits.Any(w => w.For.Key == "Consent.WaitForAcceptElsewhere"));

        await anna.GoAsync(new Uri(Portal.Address, asked.Run!.Waits.Single().Link!));
        var view = await UntilAsync(actor, v => v.Run!.State == RunState.Done);

        view.Steps.Single(s => s.Step == ConsentStep.StepName).Status.ShouldBe(StepStatus.Verified);
        anna.Way.ShouldNotContain(u => u.AbsolutePath == "/consent/landing"
            || u.Query.Contains("state=", StringComparison.Ordinal) && u.AbsolutePath.EndsWith("/adminconsent", StringComparison.Ordinal));
        view.Run!.Transcript.ShouldNotContain(l => l.Text.Key == "Engine.CameBack");
    }

    [Fact]
    public async Task A_consent_given_by_hand_before_is_recognised_in_both_steps()
    {
        using var anna = Visitor("anna.keller@contoso.com");
        foreach (var application in new[] { Applications.Switzerland1, Applications.Chat })
            await anna.GoAsync(new Uri(World.Address, $"/{World.Tenants.Contoso.Id}/adminconsent?client_id={application}"));

        var actor = await EnterAsync(anna);
        await Engine.ChooseAsync(actor, ChatCaptureStep.StepName, new ChatCaptureChoice(Wanted: true, Attachments: true), default);
        await Engine.PlanAsync(actor, ChatCaptureStep.StepName, default);
        var steps = (await Engine.ReadAsync(actor, default))!.Steps;

        foreach (var step in new[] { ConsentStep.StepName, ChatCaptureStep.StepName })
            steps.Single(s => s.Step == step).Status.ShouldBe(StepStatus.Verified, step);
    }

    [Fact]
    public async Task A_partial_consent_says_what_is_missing_and_accepting_once_more_grants_it()
    {
        using var stefan = Visitor("stefan.albrecht@northwind.de");
        var actor = await EnterAsync(stefan);
        World.Faults.ConsentPartial = true;
        await ApproveConsentAsync(actor);
        await UntilAsync(actor, v => v.Run!.Waits.Any(w => w.For.Key == "Consent.WaitForAccept"));
        var page = new Uri(Portal.Address, "/consent/go/2");

        await stefan.GoAsync(page);
        var view = await UntilAsync(actor, v => v.Run!.Waits.Any(w => w.For.Key == "Consent.WaitForMicrosoft"));
        view.Steps.Single(s => s.Step == ConsentStep.StepName).Plan!.Objects[1].Permissions.Select(p => p.State).Distinct()
            .ShouldBe([ObjectState.Found, ObjectState.Missing], ignoreOrder: true);
        World.Faults.ConsentPartial = false;
        await stefan.GoAsync(page);

        (await UntilAsync(actor, v => v.Run!.State == RunState.Done)).Steps.Single(s => s.Step == ConsentStep.StepName).Status.ShouldBe(StepStatus.Verified);
    }

    private async Task ApproveConsentAsync(Actor actor)
    {
        var consent = (await Engine.ReadAsync(actor, default))!.Steps.Single(s => s.Step == ConsentStep.StepName);
        (await Engine.ApproveAsync(actor, consent.Approval.ShouldNotBeNull().Digest, default)).Problem.ShouldBeNull();
    }

    /// <summary>Plays Luware's website on this machine.</summary>
    private Visitor Visitor(string userPrincipalName) => new(World.Tenants.FindPerson(userPrincipalName)!.Value.Person)
    {
        Meddler = address => address.Host == Applications.Website.Host ? new Uri(Portal.Address, "/health/ready") : address,
    };

    private async Task<Actor> EnterAsync(Visitor browser)
    {
        await browser.GoAsync(new Uri(Portal.Address, "/sign-in"));
        await browser.GoAsync(new Uri(Portal.Address, "/sign-in/more"));
        var actor = await Portal.ActorAsync(browser.Person);
        await Engine.PlanAsync(actor, null, default);
        return actor;
    }
}
