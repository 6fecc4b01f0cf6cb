using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Tests.CustomerPages;

namespace Luware.Onboarding.Tests.Engine.Planning;

public sealed class SharedPlansTests
{
    private static readonly StepPlan Plan = Scenes.Planned.Steps[0].Plan!;

    [Fact]
    public void Whoever_reads_the_same_reading_gets_the_same_object()
    {
        var json = EngineJson.Write(Plan);

        var one = SharedPlans.Read(json);

        SharedPlans.Read(new string(json.AsSpan())).ShouldBeSameAs(one);
        EngineJson.Write(one).ShouldBe(json);
    }

    [Fact]
    public void Another_reading_is_another_object()
    {
        var one = SharedPlans.Read(EngineJson.Write(Plan));

        var other = SharedPlans.Read(EngineJson.Write(Plan with { ReadAt = Plan.ReadAt.AddTicks(1) }));

        other.ShouldNotBeSameAs(one);
        other.ReadAt.ShouldBe(Plan.ReadAt.AddTicks(1));
    }
}
