using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;

namespace Luware.Onboarding.Audit;

/// <summary>What happens at the portal's doors, written into the chain of the tenant that it is about. Where there is none, nothing is written.</summary>
public interface IAudit
{
    /// <summary>Also keeps the person's name, so that the audit can say who an object id is.</summary>
    Task SignedInAsync(Actor actor, CancellationToken cancellationToken);

    Task SignedOutAsync(Actor actor, CancellationToken cancellationToken);

    /// <param name="entraTenantId">Whose file it is.</param>
    Task DownloadedAsync(Actor actor, Guid entraTenantId, string file, CancellationToken cancellationToken);

    /// <summary>Luware's own people took a list of customers along; it stands in the chain of Luware's own tenant.</summary>
    /// <param name="view">What was listed. Of its filters the names are written: a search and an owner are people's names, and what is in a chain is never erased.</param>
    /// <param name="found">How many there were.</param>
    Task ExportedAsync(Actor actor, CockpitView view, CockpitPage found, CancellationToken cancellationToken);

    /// <summary>Luware's own people took the chain of their own tenant along.</summary>
    Task ExportedAsync(Actor actor, string file, CancellationToken cancellationToken);
}
