using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Whole.Matrix;

/// <summary>A fault of the matrix: how it is activated for a step of one tenant, and what a run does until it is resolved.</summary>
/// <param name="Senseless">Why it does not apply to a step; null if it does.</param>
internal sealed record Fault(string Name, Action<Scene> On, Func<Row, string?> Senseless)
{
    /// <summary>The fault holds the run until somebody resolves it.</summary>
    public bool Holds { get; init; }

    /// <summary>The run ends with the fault; a new plan is approved afterwards.</summary>
    public bool Ends { get; init; }

    /// <summary>The number of wrong answers by the sandbox: a cell without any has tested nothing.</summary>
    public bool IsCounted { get; init; }

    /// <summary>True if a second application matters; other faults are tried in Switzerland only.</summary>
    public bool ConcernsPairs { get; init; }

    /// <summary>True if the fault affects a process, so the cell uses real ones.</summary>
    public bool IsOfProcesses { get; init; }

    /// <summary>What else a person does once the fault is resolved.</summary>
    public Func<MatrixRun, Task> Mend { get; init; } = _ => Task.CompletedTask;

    private const string NoGraph = "asks Graph for nothing of its own";
    private const string NoTeams = "runs no cmdlet";
    private const string NoAzure = "asks nothing of Azure";
    private const string NoConsent = "nobody consents";
    private const string OnceForBothRegions = "the same in both regions: tried in Switzerland";
    private const string OncePerGateway = "one place reads the header for the whole gateway: tried at security-groups";

    public static readonly IReadOnlyList<Fault> All =
    [
        OfGraph("429, Retry-After in seconds", (f, call) => f.FailGraph(3, 429, "1", call)),
        OfGraph("429, a fraction of a second", (f, call) => f.FailGraph(3, 429, "0.2", call), once: true),
        OfGraph("429, a date", (f, call) => f.FailGraph(3, 429, "date 1", call), once: true),
        OfGraph("429, no Retry-After", (f, call) => f.FailGraph(3, 429, null, call), once: true),
        OfGraph("429, Retry-After no number", (f, call) => f.FailGraph(3, 429, "soon", call), once: true),
        OfGraph("429, more than a day", (f, call) => f.FailGraph(1000, 429, "86401", call), once: true) with { Holds = true },
        OfGraph("503", (f, call) => f.FailGraph(4, 503, null, call)),
        OfGraph("403 on one call", (f, call) => f.FailGraph(1000, 403, null, call)) with { Holds = true },
        OfGraph("401: the token counts no more", (f, call) => f.FailGraph(1, 401, null, call)),
        OfGraph("a next link to another host", (f, _) => f.ForeignNextLink = true) with { Holds = true, IsCounted = false },
        OfAzure("429 of Azure", f => f.FailAzure(3, 429, "0.2", "PUT ")),
        OfAzure("503 of Azure", f => f.FailAzure(4, 503, null, "PUT ")),
        OfAzure("403 of Azure", f => f.FailAzure(1000, 403, null, "PUT ")) with { Holds = true },
        OfTeams("service is too busy", TeamsRefusal.TooBusy, 6),
        OfTeams("Access Denied", TeamsRefusal.AccessDenied, 1000) with { Holds = true },
        OfTeams("40301", TeamsRefusal.Forbidden, 1000) with { Holds = true },
        OfTeams("not known everywhere yet", TeamsRefusal.NotFound, 3),
        OfTeams("the session's tokens expire", TeamsRefusal.Expired, 1),
        OfTeams("503, and done all the same", TeamsRefusal.Unavailable, 1) with { ConcernsPairs = true },
        OfWorkers("the worker is lost before the effect", afterEffect: false),
        OfWorkers("the worker is lost after the effect", afterEffect: true),
        new("Teams answers for another tenant", s => s.Faults.TeamsAnswersFor = Guid.NewGuid(), NeedsTeams) { Ends = true },
        new("the sign-in is ended", s => { s.Faults.RevokeSignIns(s.Tenant.People[0].Id); s.Faults.FailGraph(1000, 401); }, _ => null) { Holds = true },
        new("tokens that live for a moment", s => s.Faults.AccessTokenLifetime = TimeSpan.FromSeconds(2), _ => null) { IsCounted = true },
        new("consent is denied", s => s.Faults.ConsentDenied = true, NeedsConsent) { Holds = true, ConcernsPairs = true },
        new("consent is partial",
            s => s.Faults.ConsentPartial = true, NeedsConsent) { Holds = true, ConcernsPairs = true, Mend = run => run.ConsentAgainAsync() },
        new("consent is delayed", s => s.Faults.ConsentDelay = TimeSpan.FromSeconds(8), NeedsConsent) { IsCounted = true, ConcernsPairs = true },
        new("a group is hidden for some calls", s => s.Faults.GroupHiddenFor = 5, row => row.MakesGroups ? null : "makes no group") { IsCounted = true },
        new("two groups of one name", s => { s.Tenant.MakeGroup(WantedGroup.RecordedUsers); s.Tenant.MakeGroup(WantedGroup.RecordedUsers); },
            row => row.MakesGroups ? null : "looks for no group by its name") { Holds = true, Mend = run => run.PickGroupAsync() },
        new("what was made shows late", s => s.Faults.VisibilityDelay = TimeSpan.FromSeconds(2),
            row => row.Shows ? null : "makes nothing that is listed late") { IsCounted = true, ConcernsPairs = true },
        new("each person has it at another time", s => s.Faults.EffectiveSpread = TimeSpan.FromSeconds(2),
            row => row.TakesEffect ? null : "is in effect for nobody") { IsCounted = true },
        // Left out are faults that the step itself repairs (the network provider, and a container that gets version locking at creation), a stranger's
        // endpoint, which is recognised because the region names Luware's subscription, and a reader of the account, who cannot create a container either.
        .. Enum.GetValues<AzureFault>()
            .Except([AzureFault.None, AzureFault.NoNetworkProvider, AzureFault.NoContainer, AzureFault.NoImmutability,
                AzureFault.StrangersEndpoint, AzureFault.ReaderOfAccount])
            .Select(OfAccount),
    ];

    /// <returns>Why the fault does not apply to the step; null if it does.</returns>
    public string? WhyNot(Row row) => row.Is2N && !ConcernsPairs ? OnceForBothRegions : Senseless(row);

    private static Fault OfWorkers(string name, bool afterEffect) =>
        new(name, s => s.Faults.LoseWorker(s.Row.Cmdlet!, WorkerFaultKind.Crash, afterEffect), NeedsTeams)
        {
            IsCounted = true, ConcernsPairs = true, IsOfProcesses = true,
        };

    private static Fault OfGraph(string name, Action<SandboxFaults, string> on, bool once = false) => new(
        $"Graph: {name}", s => on(s.Faults, s.Row.Graph!),
        row => row.Graph is null ? NoGraph : once && !row.MakesGroups ? OncePerGateway : null) { IsCounted = true };

    private static Fault OfAzure(string name, Action<SandboxFaults> on) => new(name, s => on(s.Faults), NeedsAzure) { IsCounted = true };

    private static Fault OfTeams(string name, TeamsRefusal refusal, int times) =>
        new($"Teams: {name}", s => s.Faults.RefuseTeams(times, s.Row.Cmdlet!, refusal), NeedsTeams) { IsCounted = true };

    /// <summary>The account is correct again once somebody has fixed it in Azure.</summary>
    private static Fault OfAccount(AzureFault fault) => new(
        $"storage account: {fault}", s => s.Break(fault), NeedsAzure) { Holds = true };

    private static string? NeedsTeams(Row row) => row.Cmdlet is null ? NoTeams : null;

    private static string? NeedsAzure(Row row) => row.Azure is null ? NoAzure : null;

    private static string? NeedsConsent(Row row) => row.Consents ? null : NoConsent;
}
