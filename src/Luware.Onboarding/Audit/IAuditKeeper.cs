namespace Luware.Onboarding.Audit;

/// <summary>For whoever runs the portal, at its command line: nobody is signed in, and nothing is withheld.</summary>
public interface IAuditKeeper
{
    /// <summary>Checks one chain, or each there is, also those of which there is no more than an anchor.</summary>
    /// <param name="entraTenantId">Null for all of them.</param>
    /// <param name="anchors">Those that do not say whose they are count for each chain that is checked.</param>
    IAsyncEnumerable<CheckedChain> VerifyAsync(Guid? entraTenantId, IReadOnlyCollection<WrittenAnchor> anchors, CancellationToken cancellationToken);

    /// <summary>Forgets a person's names in the chains of one customer or of all; each says so from then on.</summary>
    /// <returns>In how many chains the person was known.</returns>
    Task<int> EraseAsync(Guid person, Guid? entraTenantId, CancellationToken cancellationToken);
}

/// <param name="Name">Of the customer; null for a chain of Luware's own or of a tenant that is gone.</param>
public sealed record CheckedChain(string? Name, Guid EntraTenantId, AuditFinding Finding);
