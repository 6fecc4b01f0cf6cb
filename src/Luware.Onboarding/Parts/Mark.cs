using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Parts;

/// <summary>The visual form of a state: outline, tone and the text key of its word.</summary>
public sealed record Mark(string Icon, string Tone, string Key)
{
    public static readonly Mark
        Done = new("check", "ok", "Mark.Done"),
        Checking = new("clock", "wait", "Mark.Checking"),
        Attention = new("alert", "wait", "Mark.Attention"),
        Question = new("question", "wait", "Mark.Question"),
        Granted = new("check", "ok", "Mark.Granted"),
        NotGranted = new("ring", "quiet", "Mark.NotGranted"),
        RoleActive = new("check", "ok", "Mark.RoleActive"),
        RoleMissing = new("alert", "wait", "Mark.RoleMissing"),
        NotAsked = new("ring", "quiet", "Mark.NotAsked"),
        ReadySet = new("flag", "ok", "Tenants.Ready.Yes"),
        ReadyOpen = new("ring", "quiet", "Tenants.Ready.No"),
        Closed = new("skip", "quiet", "Tenants.Closed"),
        Aside = new("note", "quiet", "Mark.Aside"),
        Word = new("hand", "accent", "Mark.Word"),
        ToChoose = new("question", "wait", "Mark.ToChoose");

    public static Mark OfReady(bool ready) => ready ? ReadySet : ReadyOpen;

    public static Mark Of(PlannedObject item) => item switch
    {
        { IsAside: true } => Aside,
        { Action.IsWord: true } => Word,
        { IsToChoose: true } => ToChoose,
        _ => Of(item.State),
    };

    public static Mark Of(ObjectState state) => state switch
    {
        ObjectState.Found => new("check", "ok", "Object.Found"),
        ObjectState.Missing => new("plus", "accent", "Object.Missing"),
        ObjectState.Different => new("differs", "drift", "Object.Different"),
        ObjectState.Later => new("later", "quiet", "Object.Later"),
        _ => new("unread", "wait", "Object.Unknown"),
    };

    public static Mark Of(StepStatus status) => status switch
    {
        StepStatus.NotStarted => new("ring", "quiet", "Status.NotStarted"),
        StepStatus.Ready => new("ready", "accent", "Status.Ready"),
        StepStatus.Queued => new("queued", "accent", "Status.Queued"),
        StepStatus.Running => new("run", "accent", "Status.Running"),
        StepStatus.WaitingOnCustomer => Of(WaitsFor.Customer),
        StepStatus.WaitingOnLuware => Of(WaitsFor.Luware),
        StepStatus.WaitingOnMicrosoft => Of(WaitsFor.Microsoft),
        StepStatus.Verified => new("check", "ok", "Status.Verified"),
        StepStatus.ChangedSinceVerified => new("differs", "drift", "Status.ChangedSinceVerified"),
        StepStatus.VerifiedByHand => new("hand", "ok", "Status.VerifiedByHand"),
        StepStatus.Skipped => new("skip", "quiet", "Status.Skipped"),
        StepStatus.Failed => new("alert", "bad", "Status.Failed"),
        _ => new("unread", "quiet", "Status.Unknown"),
    };

    public static Mark Of(WaitsFor on) => on switch
    {
        WaitsFor.Customer => new("you", "wait", "Status.WaitingOnCustomer"),
        WaitsFor.Luware => new("flag", "wait", "Status.WaitingOnLuware"),
        _ => new("clock", "wait", "Status.WaitingOnMicrosoft"),
    };

    public static Mark Of(ActionState state) => state switch
    {
        ActionState.Later => new("later", "quiet", "Action.Later"),
        ActionState.Running => new("run", "accent", "Action.Running"),
        ActionState.Done => new("check", "ok", "Action.Done"),
        ActionState.Waiting => new("clock", "wait", "Action.Waiting"),
        ActionState.Refused => new("stop", "bad", "Action.Refused"),
        _ => new("alert", "bad", "Action.Failed"),
    };
}
