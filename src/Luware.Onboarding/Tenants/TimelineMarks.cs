using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;

namespace Luware.Onboarding.Tenants;

/// <summary>The icon of a line of the timeline, by the kind of event.</summary>
internal static class TimelineMarks
{
    public static Mark Of(JournalKind kind) => kind switch
    {
        JournalKind.StepVerified or JournalKind.ActionDone or JournalKind.TestCallWorked => Mark.Of(StepStatus.Verified),
        JournalKind.StepVerifiedByHand => Mark.Of(StepStatus.VerifiedByHand),
        JournalKind.ActionStarted or JournalKind.Resumed or JournalKind.Recovered => Mark.Of(StepStatus.Running),
        JournalKind.ActionWaiting or JournalKind.StepHeld => Mark.Of(WaitsFor.Microsoft),
        JournalKind.ActionRefused or JournalKind.ActionFailed or JournalKind.StepFailed or JournalKind.TestCallFailed => Mark.Of(StepStatus.Failed),
        JournalKind.ReadyChanged => Mark.Of(WaitsFor.Luware),
        JournalKind.StepSkipped => Mark.Of(StepStatus.Skipped),
        JournalKind.RegionChanged => Mark.Of(StepStatus.ChangedSinceVerified),
        JournalKind.Approved or JournalKind.StepApproved or JournalKind.Confirmed or JournalKind.InvitationAccepted or JournalKind.LinkAccepted
            or JournalKind.PersonReturned => Mark.Of(WaitsFor.Customer),
        _ => Mark.Aside,
    };
}
