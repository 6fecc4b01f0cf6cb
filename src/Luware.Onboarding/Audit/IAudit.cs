using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;

namespace Luware.Onboarding.Audit;

/// <summary>Records sign-ins, refusals and downloads in the chain of the tenant concerned. If there is no chain, nothing is written.</summary>
public interface IAudit
{
    /// <summary>
    /// Records a sign-in and stores the person's name, so that the audit can show it for the object id. The entry says so if the person may not see anything
    /// yet. If nobody invited their tenant, the entry goes into the chain of Luware's own people and no name is stored.
    /// </summary>
    Task SignedInAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Records that another account than the one signed in or requested came back from sign-in and was refused.</summary>
    Task OtherAccountAsync(Guid entraTenantId, Guid person, CancellationToken cancellationToken);

    /// <summary>Records that a role that admitted the person is gone, so that their pages end. Repeated calls write one entry.</summary>
    /// <param name="roles">Directory roles that they still hold.</param>
    /// <param name="appRoles">App roles of the portal that they still hold.</param>
    Task RoleLostAsync(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles, CancellationToken cancellationToken);

    /// <summary>
    /// Records that Entra refused to renew the sign-in of one of Luware's own people, so that their pages end. Entra does not say whether a role is gone.
    /// Repeated calls write one entry.
    /// </summary>
    /// <param name="code">The code of Entra's answer, if any.</param>
    Task RenewalRefusedAsync(Actor actor, string? code, CancellationToken cancellationToken);

    Task SignedOutAsync(Actor actor, CancellationToken cancellationToken);

    /// <param name="entraTenantId">The tenant that the file is about.</param>
    Task DownloadedAsync(Actor actor, Guid entraTenantId, string file, CancellationToken cancellationToken);

    /// <summary>Records in the chain of Luware's own tenant that its people exported a list of customers.</summary>
    /// <param name="view">
    /// What was listed. Only the names of its filters are written: their values may be people's names, and nothing in a chain can be erased.
    /// </param>
    /// <param name="found">The number of rows.</param>
    Task ExportedAsync(Actor actor, CockpitView view, CockpitPage found, CancellationToken cancellationToken);

    /// <summary>Records that Luware's own people exported the chain of their own tenant.</summary>
    Task ExportedAsync(Actor actor, string file, CancellationToken cancellationToken);
}
