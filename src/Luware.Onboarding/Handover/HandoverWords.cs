using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Handover;

/// <summary>Texts that the page and the PDF share.</summary>
internal static class HandoverWords
{
    /// <summary>The date and time in UTC, so that it is the same on the page, on paper and for every reader.</summary>
    public static string Time(DateTimeOffset at) =>
        $"{at.UtcDateTime.ToString("d", CultureInfo.CurrentCulture)} {at.UtcDateTime.ToString("T", CultureInfo.CurrentCulture)} UTC";

    /// <summary>Says that the onboarding has not come to its end; null if every wanted step is verified.</summary>
    public static string? Unfinished(Say say, HandoverModel model)
    {
        var wanted = model.Steps.Where(s => s.Status != StepStatus.Skipped).ToList();
        var verified = wanted.Count(s => s.Status.IsVerified());
        return verified == wanted.Count ? null : say["Handover.Unfinished", verified, wanted.Count];
    }

    /// <summary>The step's status with its reason or with who vouches for it, since when, and what was chosen.</summary>
    public static IEnumerable<string> Standing(Say say, HandoverStep step)
    {
        var why = step.Status is StepStatus.Skipped or StepStatus.VerifiedByHand ? step.Detail : null;
        yield return why is null ? step.StatusWord : $"{step.StatusWord}: {why}";
        // The reason for skipping a step usually repeats the choice.
        if (step.Chosen is { Length: > 0 } chosen && chosen != why)
            yield return chosen;
        if (step.VerifiedAt is { } verified)
            yield return say["Handover.VerifiedAt", Time(verified)];
        // Compared as text, because one of the times may come from a database that stores less of a second.
        if (step.ReadAt is { } read && (step.VerifiedAt is null || Time(read) != Time(step.VerifiedAt.Value)))
            yield return say["Handover.ReadAt", Time(read)];
    }

    /// <summary>Whether the object existed before, was created, or appeared without the portal.</summary>
    public static string State(Say say, HandoverObject item) => (item.State, item.Before) switch
    {
        (ObjectState.Found, _) when item.ByHand => say["Handover.ByHand"],
        (ObjectState.Found, _) when item.Aside => say["Mark.Aside"],
        (ObjectState.Found, ObjectState.Missing or ObjectState.Different) when item.ConsentedBy is { } person => say["Handover.Consented", person.Shown],
        (ObjectState.Found, ObjectState.Missing or ObjectState.Different or ObjectState.Later) when item is { Follows: true, ByPortal: false } =>
            say["Handover.Follows"],
        (ObjectState.Found, ObjectState.Missing or ObjectState.Later) => say[item.ByPortal ? "Handover.Made" : "Handover.Came"],
        (ObjectState.Found, ObjectState.Different) => say[item.ByPortal ? "Handover.Repaired" : "Handover.Came"],
        _ => say[$"Handover.State.{item.State}"],
    };

    /// <summary>Whether groups have the policy; only then does it reach people who join them. They keep it when a later choice plans something more.</summary>
    public static bool IsRecording(HandoverModel model) => model.Steps.Any(s => s.Key == GrantsStep.StepName
        && (s.VerifiedAt is not null || s.Status is StepStatus.Verified or StepStatus.VerifiedByHand or StepStatus.ChangedSinceVerified));

    public static string? Step(HandoverModel model, string key) => model.Steps.FirstOrDefault(s => s.Key == key)?.Name;

    public static string Audit(Say say, HandoverAudit audit) => audit.Fault is null
        ? say[audit.Entries == 1 ? "Handover.AuditWhole.One" : "Handover.AuditWhole.Many", audit.Entries, Time(audit.CheckedAt)]
        : say["Handover.AuditBroken", Time(audit.CheckedAt), audit.Entries];
}
