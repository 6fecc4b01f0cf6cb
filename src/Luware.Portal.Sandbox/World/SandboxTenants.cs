using System.Collections.Concurrent;

namespace Luware.Portal.Sandbox.World;

/// <summary>The named tenants of the sandbox. Every world has its own copies, which are equal at the start.</summary>
public sealed class SandboxTenants(int crowd = 0, params IReadOnlyList<Prepared> prepared)
{
    /// <summary>Switzerland, nothing done yet, without Luware's groups.</summary>
    public SandboxTenant Contoso { get; } = MakeContoso();

    /// <summary>Germany (2N), the three groups created by hand with forty people to record, nothing else.</summary>
    public SandboxTenant Fabrikam { get; } = MakeFabrikam();

    /// <summary>Germany (2N), half done by hand; of the groups only that of the recorded users exists.</summary>
    public SandboxTenant Northwind { get; } = MakeNorthwind();

    /// <summary>Not a customer of Luware.</summary>
    public SandboxTenant Tailspin { get; } = MakeTailspin();

    /// <summary>Luware's own tenant, which also publishes the recording applications.</summary>
    public static readonly Guid LuwareId = Guid.Parse("5a2c7e90-1b64-4d38-a7f1-6e0d9c3b8a05");

    /// <summary>Luware's own tenant: success specialists and portal administrators.</summary>
    public SandboxTenant Luware { get; } = MakeLuware();

    /// <summary>Storage accounts as they were before a fault.</summary>
    private readonly ConcurrentDictionary<Guid, AzureAccount> _sound = new();

    /// <summary>Switzerland, consented and nothing else done; as many as a measurement requests.</summary>
    public IReadOnlyList<SandboxTenant> Crowd { get; } = [.. Enumerable.Range(1, crowd).Select(MakeOneOfTheCrowd)];

    /// <summary>Switzerland or Germany, onboarded except for one thing each; as many as a test requests.</summary>
    public IReadOnlyList<SandboxTenant> Prepared { get; } = [.. prepared.Select(MakePrepared)];

    public IReadOnlyList<SandboxTenant> All => [Contoso, Fabrikam, Northwind, Tailspin, Luware, .. Crowd, .. Prepared];

    public SandboxTenant? Find(string? idOrDomain) => All.FirstOrDefault(t =>
        string.Equals(t.Id.ToString(), idOrDomain, StringComparison.OrdinalIgnoreCase)
        || t.Domains.Any(d => string.Equals(d.Name, idOrDomain, StringComparison.OrdinalIgnoreCase)));

    public (SandboxTenant Tenant, Person Person)? FindPerson(string? idOrUserPrincipalName)
    {
        foreach (var tenant in All)
        {
            if (idOrUserPrincipalName is not null && tenant.FindPerson(idOrUserPrincipalName) is { } person)
                return (tenant, person);
        }

        return null;
    }

    /// <summary>Applies this fault to every tenant's storage account, or to one; <see cref="AzureFault.None"/> restores it.</summary>
    public void BreakAzure(AzureFault fault, SandboxTenant? only = null)
    {
        foreach (var tenant in All.Where(t => t.Azure is not null && (only ?? t) == t))
        {
            tenant.Change(() =>
            {
                var sound = Sound(_sound.GetOrAdd(tenant.Id, tenant.Azure!), tenant.Azure!);
                _sound[tenant.Id] = sound;
                if (fault == AzureFault.None)
                    _sound.TryRemove(tenant.Id, out _);
                return tenant.Azure = sound.With(fault);
            });
        }
    }

    /// <summary>Restores an account to the state before the fault, keeping what was created in it since.</summary>
    private static AzureAccount Sound(AzureAccount before, AzureAccount now) => before with
    {
        Containers = before.Containers.AddRange(now.Containers.Where(c => !before.Containers.Exists(b => b.Name == c.Name))),
        IsNetworkRegistered = before.IsNetworkRegistered || now.IsNetworkRegistered,
    };

    private static SandboxTenant MakeContoso()
    {
        var builder = new TenantBuilder(
            Guid.Parse("3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01"), "Contoso", "CH",
            new("contoso.com", IsDefault: true), new("contoso.onmicrosoft.com", IsInitial: true));
        var staff = builder.Staff;
        var storageEngineer = staff.Colleague("Urs Aebi", "Cloud Storage Engineer", canSignIn: true);
        return builder.With(
            [
                staff.Administrator("Anna Keller", "Head of IT", Roles.GlobalAdministrator),
                staff.Administrator("Reto Baumann", "Collaboration Engineer", Roles.TeamsAdministrator),
                staff.Administrator("Claudia Frei", "Identity Engineer", Roles.UserAdministrator),
                staff.Eligible("Marco Bernasconi", "Cloud Architect", Roles.GlobalAdministrator),
                staff.Colleague("Lea Widmer", "Compliance Officer", canSignIn: true),
                storageEngineer,
            ],
            [
                staff.Colleague("Nina Graf", "Trader"),
                staff.Colleague("Simon Huber", "Trader"),
                staff.Colleague("Laura Meier", "Client Advisor"),
            ])
            .WithStorage("contosorecordings", "switzerlandnorth").WithStorageOwner(storageEngineer).Tenant;
    }

    private static SandboxTenant MakeFabrikam()
    {
        var builder = new TenantBuilder(
            Guid.Parse("7b4e9d15-20a8-4f6d-b3c2-8d5a41e70c02"), "Fabrikam", "DE",
            new("fabrikam.de", IsDefault: true), new("fabrikam.onmicrosoft.com", IsInitial: true), new("corp.fabrikam.de", IsManaged: false));
        var staff = builder.Staff;
        var administrator = staff.Administrator("Katrin Vogel", "Head of Workplace", Roles.GlobalAdministrator);
        var supervisor = staff.Administrator("Jonas Brandt", "Unified Communications Engineer", Roles.TeamsAdministrator);
        IReadOnlyList<Person> recorded = [.. staff.Colleagues(40, "Client Advisor")];
        return builder.With(
            [
                administrator,
                supervisor,
                staff.Administrator("Miriam Schulte", "Service Desk Lead", Roles.UserAdministrator),
                staff.Eligible("Tobias Lindner", "Platform Engineer", Roles.GlobalAdministrator),
                staff.Colleague("Sarah Neumann", "Internal Audit", canSignIn: true),
            ],
            recorded)
            .WithRecordedUsers(recorded)
            .WithOtherRoles(supervisor, administrator)
            .WithStorage("fabrikamrecordings", "germanywestcentral", AzureFault.NoContainer, AzureFault.NoNetworkProvider)
            .Tenant;
    }

    private static SandboxTenant MakeNorthwind()
    {
        var builder = new TenantBuilder(
            Guid.Parse("c5d80f62-6e3b-49a7-9a14-52f7b6e10c03"), "Northwind", "DE",
            new("northwind.de", IsDefault: true), new("northwind.onmicrosoft.com", IsInitial: true));
        var staff = builder.Staff;
        var application = new Applications().Find(Applications.Germany1.ToString())!;
        IReadOnlyList<Person> recorded = [.. staff.Colleagues(12, "Broker")];
        return builder.With(
                [
                    staff.Administrator("Stefan Albrecht", "Head of Infrastructure", Roles.GlobalAdministrator),
                    staff.Administrator("Petra Zimmer", "Collaboration Engineer", Roles.TeamsAdministrator),
                    staff.Administrator("Daniel Roth", "Identity Engineer", Roles.UserAdministrator),
                    staff.Eligible("Ines Haas", "Security Engineer", Roles.GlobalAdministrator),
                    staff.Colleague("Florian Busch", "Risk Manager", canSignIn: true),
                ],
                recorded)
            .WithRecordedUsers(recorded)
            .WithConsent(application)
            .WithInstance(application, "luwarerecording-mtde-1", out var instance)
            .WithPolicy("luwarerecordingfailclose1", "Luware Recording Fail Close 1", new RecordingLink(instance))
            .WithStorage("northwindrecordings", "germanynorth", AzureFault.NoContainer)
            .Tenant;
    }

    private static SandboxTenant MakeOneOfTheCrowd(int number)
    {
        var builder = new TenantBuilder(
            StableId.Of("tenant", $"{number}"), $"Customer {number}", "CH",
            new($"customer{number}.ch", IsDefault: true), new($"customer{number}.onmicrosoft.com", IsInitial: true));
        var staff = builder.Staff;
        return builder.With(
                [staff.Administrator("Regula Steiner", "Head of IT", Roles.GlobalAdministrator)],
                [staff.Colleague("Urs Moser", "Trader"), staff.Colleague("Vera Suter", "Trader"), staff.Colleague("Beat Roos", "Client Advisor")])
            .WithConsent(new Applications().Find(Applications.Switzerland1.ToString())!)
            .Tenant;
    }

    private static SandboxTenant MakePrepared(Prepared prepared, int number)
    {
        var (undone, country) = (prepared.Undone, prepared.Is2N ? "DE" : "CH");
        var builder = new TenantBuilder(
            StableId.Of("prepared", $"{number}"), $"{undone} {number}", country,
            new($"prepared{number}.{country.ToLowerInvariant()}", IsDefault: true), new($"prepared{number}.onmicrosoft.com", IsInitial: true));
        var staff = builder.Staff;
        var administrator = staff.Administrator("Regula Steiner", "Head of IT", Roles.GlobalAdministrator);
        IReadOnlyList<Person> recorded = [staff.Colleague("Urs Moser", "Trader"), staff.Colleague("Vera Suter", "Trader"),
            staff.Colleague("Beat Roos", "Client Advisor")];
        return builder.With([administrator], recorded).WithOnboarding(prepared.Is2N, recorded, administrator, undone)
            .WithStorage($"prepared{number}recordings", prepared.Is2N ? "germanynorth" : "switzerlandnorth",
                undone == Undone.Storage ? [AzureFault.NoContainer, AzureFault.NoNetworkProvider] : [])
            .Tenant;
    }

    private static SandboxTenant MakeTailspin()
    {
        var builder = new TenantBuilder(
            Guid.Parse("e9a3714c-58bd-4d02-8f6e-03c9d2b40c04"), "Tailspin", "GB",
            new("tailspin.co.uk", IsDefault: true), new("tailspin.onmicrosoft.com", IsInitial: true));
        var staff = builder.Staff;
        return builder.With(
            [
                staff.Administrator("Olivia Bennett", "IT Director", Roles.GlobalAdministrator),
                staff.Colleague("George Palmer", "Operations Manager", canSignIn: true),
            ],
            [staff.Colleague("Harriet Cole", "Broker")]).Tenant;
    }

    private static SandboxTenant MakeLuware()
    {
        var builder = new TenantBuilder(
            LuwareId, "Luware", "CH",
            new("luware.example", IsDefault: true), new("luware.onmicrosoft.com", IsInitial: true));
        var staff = builder.Staff;
        return builder.With(
            [
                staff.Holder("Nina Keller", "Success Specialist", Applications.SuccessSpecialist),
                staff.Holder("Marco Frei", "Success Specialist", Applications.SuccessSpecialist),
                staff.Holder("Sofia Brandt", "Platform Lead", Applications.SuccessSpecialist, Applications.PortalAdministrator),
                staff.Colleague("Peter Lang", "Accountant", canSignIn: true),
            ],
            [staff.Colleague("Eva Marti", "Developer")]).Tenant;
    }
}
