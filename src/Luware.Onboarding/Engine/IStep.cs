using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Engine;

/// <summary>One step of the preconditions article as desired state: it reads what exists, names what is missing and creates it.</summary>
public interface IStep
{
    /// <summary>The step's name in addresses, settings and stored rows, such as consent or whitelisting.</summary>
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

    /// <summary>Carries out one action of a plan made a moment ago. It may run twice (crash, retry); the second time it must find its object.</summary>
    Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken);

    /// <summary>The plan that takes back what the step made; null if it cannot be taken back.</summary>
    Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult<StepPlan?>(null);

    /// <summary>
    /// Self-contained PowerShell blocks that take back what the step makes. They are available before it is made, so that people have the script before the
    /// safety gate opens. The blocks touch only the step's own objects and may run twice. Nothing is read for them. Empty if there is nothing to take back.
    /// </summary>
    IReadOnlyList<string> UndoScript(StepContext context) => [];

    /// <summary>
    /// What the step does, as parts of a script that a person runs instead of the portal. Nothing is read for it; empty when the step has no script.
    /// </summary>
    IReadOnlyList<ScriptPart> Script(StepContext context) => [];

    /// <summary>The step's own explanation of an expected answer; null to use the engine's general one.</summary>
    Refusal? Explain(RemoteAnswer answer);
}
