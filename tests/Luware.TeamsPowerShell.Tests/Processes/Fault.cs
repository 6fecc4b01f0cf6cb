namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>What a worker process does wrong. Before it does, and where it does nothing wrong, it answers like a good one.</summary>
public enum Fault
{
    None,
    ExitsAtStart,
    HangsAtStart,
    SaysGarbageAtStart,
    SpeaksAnotherVersion,
    HasAnotherModule,
    ExitsWhenConnected,
    HangsWhenConnected,
    RefusesToConnect,
    RepeatsTokens,
    AnswersForAnotherTenant,
    ExitsInCommand,
    HangsInCommand,
    HangsInCommandWithChild,
    SaysGarbageInCommand,
    SaysNoKindOfMessage,
    SaysHalfALine,
    SaysALongLine,
    AnswersAnotherRequest,
    FloodsOutputs,
    EatsMemory,
    IsBusyTwice,
    ExitsWhenIdle,
    PrintsTokens,
    SaysTokensForGarbage,
    SaysTokensForAKind,
    Refuses,
}
