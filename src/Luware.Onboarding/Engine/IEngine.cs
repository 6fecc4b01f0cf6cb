using System.Text.Json.Serialization;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>What pages and endpoints call of the engine. Every call checks the actor's session and tenant again.</summary>
/// <remarks>
/// Throws <see cref="UnauthorizedAccessException"/> when the session has ended, the tenant is not one of Luware's customers, or the person
/// holds no directory role that a step needs (pages offer them nothing, because their view is withheld). Everything else that can be
/// expected is returned as a value.
/// </remarks>
public interface IEngine
{
    /// <summary>Returns the stored view, without reading the customer's tenant; null when the actor's tenant is not being onboarded.</summary>
    Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Returns the stored view at once, then a new one after every change.</summary>
    IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Reads the customer's tenant and stores a fresh plan of every step, or of the one named.</summary>
    Task PlanAsync(Actor actor, string? step, CancellationToken cancellationToken);

    /// <summary>Stores the choices of a step; the plan is out of date until it is made again.</summary>
    Task ChooseAsync<T>(Actor actor, string step, T choices, CancellationToken cancellationToken) where T : notnull;

    /// <summary>
    /// Stores the approval of exactly what has this digest, the whole plan or one step, and starts a run. The run also continues what was approved before and
    /// is not finished.
    /// </summary>
    Task<Decision> ApproveAsync(Actor actor, string digest, CancellationToken cancellationToken);

    /// <summary>Passes the safety gate of one action: the person typed how many people it affects.</summary>
    Task<Decision> ConfirmAsync(Actor actor, Guid runId, string step, string actionKey, int people, CancellationToken cancellationToken);

    /// <summary>
    /// Plans and starts taking back what a step made (un-grant), for a person who holds a role that a step needs. It replaces any other active run of the
    /// tenant.
    /// </summary>
    Task<Decision> UndoAsync(Actor actor, string step, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a waiting run check again now, with the actor's sign-in if the run's own has ended. A returning approver's sign-in replaces that of anybody else;
    /// a run that takes back keeps the sign-in of the person who requested it. Has no effect for a person who neither approved the run nor holds a role that a
    /// step needs.
    /// </summary>
    Task ResumeAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>The complete script that takes back what a step makes; null if nothing can be taken back or there is no such step.</summary>
    /// <param name="withChosen">Includes what the current choices would make, because they are about to be approved.</param>
    Task<string?> GetUndoScriptAsync(Actor actor, string step, bool withChosen, CancellationToken cancellationToken);

    /// <summary>The script with which a person does a step, or every step, instead of the portal; null if there is none.</summary>
    Task<string?> GetScriptAsync(Actor actor, string? step, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the result file of a script, then reads the customer's tenant. The portal's own reading decides. A step that it may not read becomes verified by
    /// hand if the script reports it as complete.
    /// </summary>
    Task<Decision> TakeScriptResultAsync(Actor actor, string result, CancellationToken cancellationToken);
}

/// <summary>Accepted, or the sentence that says why not.</summary>
public sealed record Decision(Sentence? Problem)
{
    public static readonly Decision Accepted = new((Sentence?)null);
    public bool IsAccepted => Problem is null;
}
