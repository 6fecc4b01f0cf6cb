using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Offboarding;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>Answers with the given plan and records its calls.</summary>
internal sealed class FakeAftercare : IAftercare
{
    /// <summary>The calls in order: call Inside True, offboard, end.</summary>
    public List<string> Asked { get; } = [];

    public Func<OffboardingPlan> Plan { get; set; } = () => Scenes.Offboarding;

    public Decision Answer { get; set; } = Decision.Accepted;

    public Guid? ObjectId { get; set; } = new Guid("99999999-0000-4000-8000-000000000001");

    public bool SessionEnded { get; set; }

    /// <inheritdoc cref="FakeEngine.Fault"/>
    public Exception? Fault { get; set; }

    public Task<Decision> RecordTestCallAsync(Actor actor, TestCallKind kind, string policy, bool worked, CancellationToken cancellationToken) =>
        Decide($"call {kind} {policy} {worked}");

    public Task<OffboardingPlan> PlanOffboardingAsync(Actor actor, CancellationToken cancellationToken) =>
        SessionEnded ? throw new UnauthorizedAccessException() : Fault is not null ? throw Fault : Task.FromResult(Plan());

    public Task<Decision> OffboardAsync(Actor actor, OffboardingPlan plan, CancellationToken cancellationToken) =>
        Decide($"offboard {string.Join(' ', plan.StepsToTakeBack)}");

    public Task<OwnAccess> ReadOwnAccessAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(new OwnAccess(new Guid("99999999-0000-4000-8000-000000000002"), ObjectId));

    public Task<Decision> EndAccessAsync(Actor actor, CancellationToken cancellationToken) => Decide("end");

    private Task<Decision> Decide(string what)
    {
        if (SessionEnded)
            throw new UnauthorizedAccessException();
        Asked.Add(what);
        if (Fault is not null)
            throw Fault;
        return Task.FromResult(Answer);
    }
}
