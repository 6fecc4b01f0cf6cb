using Luware.Onboarding.Consent;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Steps.Consent;
using Luware.Portal.Components;
using Luware.Portal.Components.Pages;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Consent;

/// <summary>
/// The landing page of the admin consent redirect. It trusts nothing in the redirect: it uses the state up, makes the run check again, and shows where to
/// continue.
/// </summary>
internal sealed partial class ConsentLanding(IConsentStates states, IEngine engine, CarriedAnswers answers, ILogger<ConsentLanding> logger)
{
    /// <param name="actor">Null if the browser is not signed in, because the redirect may open in another one.</param>
    /// <returns>The address to continue at.</returns>
    public async Task<string> ReceiveAsync(ConsentRedirect redirect, Actor? actor, CancellationToken cancellationToken)
    {
        var came = await states.RedeemAsync(redirect, actor, cancellationToken);
        Log.Returned(logger, came.Outcome, came.Application?.Key, came.EntraTenantId is { } known ? TeamsWorkerTelemetry.TenantHash(known) : null,
            redirect.Answer?.Code ?? "");

        if (came.Kind == ConsentReturnKind.Refused)
            return $"{Page(came)}{Why(redirect.Answer)}";
        if (came is not { Kind: ConsentReturnKind.Accepted, Application: { } application } || actor is null || actor.Access.TenantId != came.EntraTenantId)
            return Page(came);

        var view = await engine.ReadAsync(actor, cancellationToken);
        return Next(view, application) is { } next
            ? $"{ConsentPaths.Go}/{next.Key}"
            : ConsentPaths.Plan(ConsentActions.StepOf(application), isAlone: IsPart(view));
    }

    // Only an application that redirects here is opened automatically: from another website the person would not find the way back.
    private static RecordingApplication? Next(OnboardingView? view, ConsentApplication done) => done is RecordingApplication { Number: var number }
        ? view?.Region.Applications.Where(a => a.Number > number && a.ConsentRedirect is null).FirstOrDefault(a => !IsFound(view, a))
        : null;

    /// <summary>True if the run covers only some steps, so that a person who goes step by step returns to the step.</summary>
    private static bool IsPart(OnboardingView? view) => view?.Run is { } run && view.Steps.Any(s => !run.Steps.Contains(s.Step));

    private static bool IsFound(OnboardingView view, RecordingApplication application) =>
        view.Steps.FirstOrDefault(s => s.Step == ConsentStep.StepName)?.Plan?.Objects
            .Any(o => o.Key == ConsentActions.ObjectOf(application) && o.State == ObjectState.Found) == true;

    private string Why(RemoteAnswer? answer) => answer is null ? "" : $"&why={ErrorCatalogue.Of(answer).Name}{answers.Parameter(answer)}";

    private static string Page(ConsentReturn came)
    {
        var shown = came is { Kind: ConsentReturnKind.Accepted, IsAwaited: false } ? ConsentReturned.Unread : came.Outcome;
        return $"{ConsentPaths.Returned}?as={shown}{(came.Application is null ? "" : $"&app={came.Application.Key}")}";
    }

    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Information, "Consent came back as {Outcome} for application {Application} of tenant {Tenant}. {Code}")]
        public static partial void Returned(ILogger logger, string outcome, string? application, string? tenant, string code);
    }
}
