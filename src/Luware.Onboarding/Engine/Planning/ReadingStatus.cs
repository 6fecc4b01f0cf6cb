using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>Derives a step's status from its reading when no run sets it.</summary>
internal static class ReadingStatus
{
    /// <remarks>
    /// Something is still to be done because the customer chose otherwise after the step was verified: then it is planned, and nothing has changed by itself.
    /// </remarks>
    public static StepStatus Of(StepPlan plan, StepRecord record) =>
        plan.IsFulfilled ? Fulfilled(plan, record)
        : plan.Objects.Any(o => o.State == ObjectState.Unknown) ? Unread(record)
        : plan.Obstacle is not null ? StepStatus.WaitingOnLuware
        : plan.Questions.Count > 0 ? StepStatus.WaitingOnCustomer
        : record.VerifiedAt is { } at && !(plan.ChosenAt > at) ? StepStatus.ChangedSinceVerified
        : StepStatus.Ready;

    /// <summary>The region's data has changed since this reading.</summary>
    private static bool IsOfOtherRegion(StepPlan plan, StepRecord record) => plan.RegionDigest is { } digest && digest != record.RegionDigest;

    private static StepStatus Fulfilled(StepPlan plan, StepRecord record) =>
        plan.IsSkipped ? StepStatus.Skipped
        : IsOfOtherRegion(plan, record) ? StepStatus.ChangedSinceVerified
        : plan.IsByHand ? StepStatus.VerifiedByHand
        : StepStatus.Verified;

    /// <summary>A reading without access does not override a person who vouched for the step.</summary>
    private static StepStatus Unread(StepRecord record) => record.Status == StepStatus.VerifiedByHand ? StepStatus.VerifiedByHand : StepStatus.Unknown;

    /// <summary>Gives steps whose run has ended the status of their readings.</summary>
    public static void Settle(IEnumerable<StepRecord> records)
    {
        foreach (var record in records.Where(r => r.PlanJson is not null && IsInRun(r.Status)))
            Settle(record, EngineJson.Read<StepPlan>(record.PlanJson!));
    }

    /// <summary>Gives the step the status that its reading implies, with the reason why it is skipped or the name of the person who vouches for it.</summary>
    public static void Settle(StepRecord record, StepPlan plan)
    {
        var status = Of(plan, record);
        var isAnsweredFor = status == StepStatus.VerifiedByHand && record.Status == status;
        record.Move(status, Detail(plan, status) is { } detail ? EngineJson.Write(detail) : isAnsweredFor ? record.DetailJson : null);
    }

    /// <summary>Name of the person who vouches for the step.</summary>
    public static Sentence AnsweredFor(Chosen word) => new("Engine.AnsweredFor", Sentence.Mention(word.By));

    private static Sentence? Detail(StepPlan plan, StepStatus status) =>
        plan.Skipped ?? plan.Obstacle ?? (status == StepStatus.VerifiedByHand && plan.Word is { } word ? AnsweredFor(word) : null);

    private static bool IsInRun(StepStatus status) => status is StepStatus.Queued or StepStatus.Running
        or StepStatus.WaitingOnCustomer or StepStatus.WaitingOnLuware or StepStatus.WaitingOnMicrosoft;
}
