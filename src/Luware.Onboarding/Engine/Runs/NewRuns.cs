using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Planning;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Runs as they are when somebody has just asked for them: whose they are, and what was approved.</summary>
internal sealed class NewRuns(StepGraph graph, TimeProvider time)
{
    /// <param name="covered">The steps that are approved now.</param>
    /// <param name="atWork">The run whose place it takes, and whose other steps go on in it; null where none is on its way.</param>
    public Run Apply(Guid tenantId, Actor actor, StoredSteps stored, IReadOnlyList<string> covered, string digest, Run? atWork)
    {
        var now = time.GetUtcNow();
        var (plans, choices) = RunScope.Merge(graph, stored, covered, atWork);
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Apply, ApprovedAt = now, ApprovedBy = actor.Name, Access = actor.Access, WakeAt = now,
            PlanJson = EngineJson.Write(plans), PlanDigest = digest, ChoicesJson = RunChoices.Write(choices), WaitsJson = "[]",
        };
    }

    /// <summary>What was made is taken back, not what is chosen by now: choices and plan are those of the run that made it.</summary>
    public Run Undo(Guid tenantId, Actor actor, StoredSteps stored, string step, Run? maker)
    {
        var now = time.GetUtcNow();
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Undo, Step = step, ApprovedAt = now, ApprovedBy = actor.Name, Access = actor.Access, WakeAt = now,
            PlanJson = maker?.PlanJson ?? "[]", PlanDigest = "", ChoicesJson = maker?.ChoicesJson ?? RunChoices.Write(stored.Choices), WaitsJson = "[]",
        };
    }

    public Run Offboarding(Guid tenantId, Actor actor, OffboardingPlan plan, string digest)
    {
        var now = time.GetUtcNow();
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Offboard, ApprovedAt = now, ApprovedBy = actor.Name, Access = actor.Access, WakeAt = now,
            PlanJson = EngineJson.Write(plan.Steps), PlanDigest = digest, ChoicesJson = RunChoices.Write(plan.Choices), WaitsJson = "[]",
        };
    }
}
