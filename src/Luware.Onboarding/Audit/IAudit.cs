using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;

namespace Luware.Onboarding.Audit;

/// <summary>What happens at the portal's doors, written into the chain of the tenant that it is about. Where there is none, nothing is written.</summary>
public interface IAudit
{
    /// <summary>
    /// Also keeps the person's name, so that the audit can say who an object id is. Of somebody who may see nothing yet it says so; where
    /// nobody has invited their tenant, in the chain of Luware's own people, and no name is kept.
    /// </summary>
    Task SignedInAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Somebody came back from sign-in who is not the one who is there or was asked for, and was not let in.</summary>
    Task OtherAccountAsync(Guid entraTenantId, Guid person, CancellationToken cancellationToken);

    /// <summary>A role by which the person came in is gone, and what they have open ends. Told again, it is written once.</summary>
    /// <param name="roles">Directory roles that they hold still.</param>
    /// <param name="appRoles">App roles of the portal that they hold still.</param>
    Task RoleLostAsync(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles, CancellationToken cancellationToken);

    /// <summary>Entra renewed the sign-in of one of Luware's own no more, and what they have open ends. Whether a role is gone it did not say. Told again, it is written once.</summary>
    /// <param name="code">Of Entra's answer, where it gave one.</param>
    Task RenewalRefusedAsync(Actor actor, string? code, CancellationToken cancellationToken);

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
