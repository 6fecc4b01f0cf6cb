using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Steps.Consent;
using Luware.Portal.Components;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Consent;

/// <summary>Where Entra sends people after consent. It believes nothing: it uses the state up, has the run look again and shows the way on.</summary>
internal sealed partial class ConsentLanding(
    IConsentStates states, IEngine engine, IAudit audit, CarriedAnswers answers, ILogger<ConsentLanding> logger)
{
    /// <param name="actor">Null where the browser is not signed in: the redirect may open in another one.</param>
    /// <returns>The address to go on to.</returns>
    public async Task<string> ReceiveAsync(ConsentRedirect redirect, Actor? actor, CancellationToken cancellationToken)
    {
        var issued = await states.RedeemAsync(redirect.State, redirect.Tenant, cancellationToken);
        var application = issued is { EntraTenantId: { } of, ApplicationId: { } id } ? await engine.FindApplicationAsync(of, id, cancellationToken) : null;
        var outcome = Outcome(issued.Kind, redirect.Answer);
        Log.Returned(logger, outcome, application?.Key, issued.EntraTenantId is { } known ? TeamsWorkerTelemetry.TenantHash(known) : null, redirect.Answer?.Code ?? "");
        // One entry for each state that went out: what was never issued says nothing about anybody, and a used one could be sent for ever.
        if (issued is { Kind: not ConsentReturnKind.Used, EntraTenantId: { } ofTenant, ApplicationId: { } ofApplication })
            await audit.ConsentReturnedAsync(ofTenant, ofApplication, actor, outcome, redirect.Answer?.Code, cancellationToken);

        if (issued is not { Kind: ConsentReturnKind.Accepted, EntraTenantId: { } tenant })
            return Page(outcome, application);

        if (application is null || redirect.Answer is not null)
        {
            await engine.WakeAsync(tenant, cancellationToken);
            return $"{Page(outcome, application)}{Why(redirect.Answer)}";
        }

        await engine.ReturnAsync(tenant, ConsentActions.StepOf(application), ConsentActions.KeyOf(application), cancellationToken);
        if (actor?.Access.TenantId != tenant)
            return Page(outcome, application);
        var view = await engine.ReadAsync(actor, cancellationToken);
        return Next(view, application) is { } next
            ? $"{ConsentPaths.Go}/{next.Key}"
            : ConsentPaths.Plan(ConsentActions.StepOf(application), isAlone: IsPart(view));
    }

    // Only an application that leads back here is opened by itself; from another one's website the person would not find the way.
    private static RecordingApplication? Next(OnboardingView? view, ConsentApplication done) => done is RecordingApplication { Number: var number }
        ? view?.Region.Applications.Where(a => a.Number > number && a.ConsentRedirect is null).FirstOrDefault(a => !IsFound(view, a))
        : null;

    /// <summary>Whoever goes step by step comes back to the step.</summary>
    private static bool IsPart(OnboardingView? view) => view?.Run is { } run && view.Steps.Any(s => !run.Steps.Contains(s.Step));

    private static bool IsFound(OnboardingView view, RecordingApplication application) =>
        view.Steps.FirstOrDefault(s => s.Step == ConsentStep.StepName)?.Plan?.Objects
            .Any(o => o.Key.EndsWith($"/{application.Number}", StringComparison.Ordinal) && o.State == ObjectState.Found) == true;

    private static string Outcome(ConsentReturnKind kind, RemoteAnswer? answer) => kind switch
    {
        ConsentReturnKind.Accepted => answer is null ? "checking" : "error",
        ConsentReturnKind.Used => "used",
        ConsentReturnKind.Expired => "expired",
        ConsentReturnKind.OtherTenant => "other-tenant",
        _ => "unknown",
    };

    private string Why(RemoteAnswer? answer) => answer is null ? "" : $"&why={ErrorCatalogue.Of(answer).Name}{answers.Parameter(answer)}";

    private static string Page(string outcome, ConsentApplication? application) =>
        $"{ConsentPaths.Returned}?as={outcome}{(application is null ? "" : $"&app={application.Key}")}";

    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Information, "Consent came back as {Outcome} for application {Application} of tenant {Tenant}. {Code}")]
        public static partial void Returned(ILogger logger, string outcome, string? application, string? tenant, string code);
    }
}
