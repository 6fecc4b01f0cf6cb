using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>How carrying out an action ended. Exceptions are for surprises.</summary>
public abstract record StepOutcome
{
    /// <summary>The remote system accepted the action; the next reading tells whether it took effect.</summary>
    public sealed record Done : StepOutcome;

    /// <summary>Somebody else must act first.</summary>
    /// <param name="Link">Where the person acts: the consent page, the sign-in.</param>
    /// <param name="PollAfter">When to read again without any event.</param>
    public sealed record Waiting(WaitsFor On, Sentence For, Uri? Link = null, TimeSpan? PollAfter = null) : StepOutcome
    {
        /// <summary>
        /// Set while a step is taken back and only something is left that an approval of the step decides anew: the approval need not wait for it.
        /// </summary>
        public bool YieldsToApproval { get; init; }

        /// <summary>Where a question about the step is answered.</summary>
        public static Uri ChoicesOf(string step) => new($"/onboarding/{step}", UriKind.Relative);
    }

    public sealed record Refused(Refusal Refusal, RemoteAnswer? Answer = null) : StepOutcome;

    public sealed record Failed(Sentence What, RemoteAnswer? Answer = null) : StepOutcome;
}

public enum WaitsFor
{
    Customer,
    Luware,
    Microsoft,
}

/// <summary>An expected refusal: what happened, who can resolve it, what to send that person and when to try again.</summary>
public abstract record Refusal(Sentence Title, Sentence What, Sentence WhoCanFix, Sentence WhenAgain, Sentence Letter)
{
    /// <summary>Who can resolve it. If Microsoft resolves it by itself, it is a wait instead of a refusal, and the run tries again.</summary>
    public virtual WaitsFor On => WaitsFor.Customer;

    /// <summary>When a run should try again without any event; null when that would be of no use.</summary>
    public virtual TimeSpan? LookAgainAfter => null;
}
