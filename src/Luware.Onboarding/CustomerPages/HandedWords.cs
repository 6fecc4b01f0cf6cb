using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Describes what became of a step that was handed to a colleague.</summary>
internal static class HandedWords
{
    public static string Of(Say say, PersonClock clock, StepView step, HandedView handed) => handed switch
    {
        { AcceptedBy: { } name } when step.Status.IsVerified() => say["Handed.Done", name],
        { AcceptedBy: { } name } when !handed.IsGoodAt(clock.Now) => say["Handed.Ended", name, clock.In(say, handed.ExpiresAt)],
        { AcceptedBy: { } name, AcceptedAt: { } at } => say["Handed.Accepted", name, clock.In(say, at)],
        _ when !handed.IsGoodAt(clock.Now) => say["Handed.Expired", clock.In(say, handed.SentAt)],
        _ => say["Handed.Waiting", handed.SentBy, clock.In(say, handed.SentAt)],
    };

    /// <summary>How long the link, or the colleague's admission, is valid.</summary>
    public static string Until(Say say, PersonClock clock, HandedView handed) =>
        !handed.IsGoodAt(clock.Now) ? "" : say[handed.AcceptedBy is null ? "Handed.LinkUntil" : "Handed.AdmittedUntil", clock.Text(handed.ExpiresAt)];
}
