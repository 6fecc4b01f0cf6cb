using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Engine;

/// <summary>One step of the preconditions article as desired state: it reads what is there, names what is missing and makes it.</summary>
public interface IStep
{
    /// <summary>The step's name in addresses, settings and stored rows: consent, whitelisting, policies, grants.</summary>
    string Name { get; }

    /// <summary>The directory roles (template ids) of which the person needs one for the step, known before anything is read.</summary>
    IReadOnlyList<Guid> Roles => [];

    /// <summary>
    /// The region's data that the step uses, as one text that changes with it; null when it uses none. If the text has changed since the step was
    /// verified, the step no longer counts as verified.
    /// </summary>
    string? RestsOn(Region region) => null;

    /// <summary>Reads the customer's tenant and returns every object that the step wants.</summary>
    /// <exception cref="GatewayException">The tenant could not be read; the engine decides what that means.</exception>
    Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Carries out one action of a plan made a moment ago. It may run twice (crash, retry) and must then find its object.
    /// </summary>
    Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken);

    /// <summary>The plan that takes back what the step made, or null where the step has none.</summary>
    Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult<StepPlan?>(null);

    /// <summary>
    /// Self-contained PowerShell blocks that would take back what the step makes, also before it is made: people have the script in hand before the
    /// safety gate opens. The blocks touch only the step's own objects and may run twice. Nothing is read for them; empty when there is nothing to
    /// take back.
    /// </summary>
    IReadOnlyList<string> UndoScript(StepContext context) => [];

    /// <summary>
    /// What the step does, as parts of a script that a person runs instead of the portal. Nothing is read for it; empty when the step has no script.
    /// </summary>
    IReadOnlyList<ScriptPart> Script(StepContext context) => [];

    /// <summary>The step's own explanation of an answer that it expects; null leaves it to the engine's general ones.</summary>
    Refusal? Explain(RemoteAnswer answer);
}
