using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Whole.Matrix;

/// <summary>One cell's part of the world: its own tenant with its own faults.</summary>
internal sealed record Scene(SandboxWorld World, SandboxTenant Tenant, Row Row)
{
    public SandboxFaults Faults => World.Faults.Of(Tenant);

    /// <summary>One of the recorded users.</summary>
    public Person Tester => Tenant.People[1];

    /// <summary>The region's recording applications.</summary>
    public IReadOnlyList<Guid> Recorders =>
        Row.Is2N ? [Applications.Germany1, Applications.Germany2] : [Applications.Switzerland1];

    public void Break(AzureFault fault) => World.Tenants.BreakAzure(fault, Tenant);

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        Faults.Clear();
        Break(AzureFault.None);
    }
}
