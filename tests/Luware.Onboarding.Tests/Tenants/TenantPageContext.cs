using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>One tenant as a specialist sees it: her browser tab and what the desk answers.</summary>
public abstract class TenantPageContext : PageContext
{
    private protected TenantPageContext()
    {
        Services.AddSingleton<ISpecialistDesk>(Desk).AddSingleton<ITenantReader>(Desk).AddSingleton<IRegionCatalog>(new EngineHost.OneRegion());
        Services.AddSingleton(Options.Create(new PackageOptions { Packages = { ["Standard"] = new PackageSettings { Name = "Recording Standard" } } }));
        Services.AddSingleton(Options.Create(new StaffOptions { TenantId = $"{Scenes.Jonas.Access.TenantId}" }));
        SignIn(Staff.SuccessSpecialist);
    }

    private protected static Guid Id { get; } = Guid.NewGuid();

    private protected FakeDesk Desk { get; } = new();

    private protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private protected IRenderedComponent<TenantPage> Open(TenantFile file)
    {
        Desk.Show(file);
        var page = Render<TenantPage>(p => p.Add(t => t.Id, Id));
        page.WaitForElement("h1");
        return page;
    }

    /// <summary>A tenant of which nobody has come yet.</summary>
    private protected static TenantFile Unread()
    {
        var view = File().View;
        return File() with { View = view with { Steps = [.. view.Steps.Select(s => new StepView(s.Step, StepStatus.NotStarted, null, null, null))] } };
    }

    internal static TenantFile File()
    {
        var view = Scenes.Planned;
        var plan = view.Steps[0].Plan! with { ForLuware = [new NamedValue(Scenes.Group, "085fd5ee-756a-4284-b81d-a62549f12293")] };
        view = view with { Steps = [view.Steps[0] with { Plan = plan }, .. view.Steps.Skip(1)] };
        var row = new CockpitRow(Id, view.Tenant.EntraTenantId, "Fabrikam GmbH", "fabrikam.de", "MTDE", "de", "Nina Keller", Ready: false)
        {
            Status = StepStatus.Ready, Waits = WaitsFor.Customer, Who = "Jonas Weber", Why = new Sentence("Standing.ToApprove"), Next = null,
            IsStuck = false, AtStep = "consent",
            Verified = 0, Steps = 7, Since = Scenes.Now, LastActivityAt = Scenes.Now, IdleSince = Scenes.Now, IsIdle = false,
        };
        return new TenantFile(row, new TenantDetails("Fabrikam GmbH", $"{view.Tenant.EntraTenantId}", "MTDE") { Language = "de" }, view)
        {
            Note = "", ReadyBy = null, ReadyAt = null, Invitations = [],
        };
    }
}
