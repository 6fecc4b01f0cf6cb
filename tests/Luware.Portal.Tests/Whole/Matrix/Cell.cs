using Luware.Onboarding.Engine;
using Luware.Portal.Tests.Sandbox;

namespace Luware.Portal.Tests.Whole.Matrix;

/// <summary>One step under one fault.</summary>
internal sealed record Cell(Row Row, Fault Fault)
{
    public static readonly IReadOnlyList<Cell> All =
        [.. from row in Row.All from fault in Fault.All where fault.WhyNot(row) is null select new Cell(row, fault)];

    public override string ToString() => $"{Row}, {Fault.Name}";

    /// <summary>Approves a run, activates the fault, observes the run, has the fault resolved, and checks the final state.</summary>
    public async Task<Verdict> TryAsync(RunningPortal portal, Scene scene)
    {
        using var run = new MatrixRun(portal, scene);
        await run.SignInAsync();
        var before = scene.Tenant.Writes.Count;
        await run.ApproveAsync();
        Fault.On(scene);
        await run.TryAgainAsync();
        if (Fault.Holds)
            (await run.UntilHeldAsync()).Run!.State.ShouldBe(RunState.Waiting, "The fault holds the run.");
        if (Fault.Ends)
            (await run.UntilEndedAsync()).Run!.State.ShouldBe(RunState.Failed, "The fault ends the run.");
        if (Fault.Holds || Fault.Ends)
            await PutRightAsync(run, scene);
        var end = await run.UntilEndedAsync();

        end.Run!.State.ShouldBe(RunState.Done);
        end.Steps.Single(s => s.Step == Row.Step).Status.ShouldBe(StepStatus.Verified);
        if (Fault.IsCounted)
            scene.Faults.Bites.ShouldBeGreaterThan(0, "The fault was never met.");
        var doubled = scene.Tenant.Writes.Skip(before).Where(w => MakesSomething(w.What))
            .GroupBy(w => (w.What, w.Target)).Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}");
        return new Verdict(this, !Row.IsThere(scene), [.. doubled], run.WasCalledDoneWrongly, null);
    }

    private async Task PutRightAsync(MatrixRun run, Scene scene)
    {
        scene.Clear();
        run.Forget();
        await Fault.Mend(run);
        if (Fault.Ends)
            await run.ApproveAsync();
        else
            await run.TryAgainAsync();
    }

    private static bool MakesSomething(string write) => write.StartsWith("New-", StringComparison.Ordinal) || write.Split(' ')[0] is "PATCH" or "POST" or "PUT";
}

/// <param name="Trouble">Why the cell did not complete.</param>
internal sealed record Verdict(Cell Cell, bool IsLost, IReadOnlyList<string> Doubled, bool WasCalledDoneWrongly, string? Trouble)
{
    public bool IsGood => !IsLost && Doubled.Count == 0 && !WasCalledDoneWrongly && Trouble is null;

    public override string ToString() =>
        $"{Cell}: {(IsLost ? "lost " : "")}{(Doubled.Count > 0 ? $"doubled {string.Join(", ", Doubled)} " : "")}"
        + $"{(WasCalledDoneWrongly ? "called done wrongly " : "")}{Trouble}";
}
