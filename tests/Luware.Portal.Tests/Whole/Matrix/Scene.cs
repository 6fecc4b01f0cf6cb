using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Whole.Matrix;

/// <summary>One cell's part of the world: a tenant of its own with faults of its own.</summary>
internal sealed record Scene(SandboxWorld World, SandboxTenant Tenant, Row Row)
{
    public SandboxFaults Faults => World.Faults.Of(Tenant);

    /// <summary>One of the recorded users.</summary>
    public Person Tester => Tenant.People[1];

    /// <summary>The region's recording applications.</summary>
    public IReadOnlyList<Guid> Recorders =>
        Row.Is2N ? [Applications.Germany1, Applications.Germany2] : [Applications.Switzerland1];

    public void Break(AzureFault fault) => World.Tenants.BreakAzure(fault, Tenant);

    /// <summary>Everything works again.</summary>
    public void Clear()
    {
        Faults.Clear();
        Break(AzureFault.None);
    }
}
