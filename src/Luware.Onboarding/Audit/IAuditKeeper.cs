namespace Luware.Onboarding.Audit;

/// <summary>The audit for the operator on the command line: nobody is signed in, and nothing is withheld.</summary>
public interface IAuditKeeper
{
    /// <summary>Checks one chain or all, including those of which only an anchor is known.</summary>
    /// <param name="entraTenantId">Null for all of them.</param>
    /// <param name="anchors">Anchors without a tenant apply to each chain that is checked.</param>
    IAsyncEnumerable<CheckedChain> VerifyAsync(Guid? entraTenantId, IReadOnlyCollection<WrittenAnchor> anchors, CancellationToken cancellationToken);

    /// <summary>Erases a person's name in the chains of one customer or of all. Each chain records it.</summary>
    /// <returns>The number of chains in which the person was known.</returns>
    Task<int> EraseAsync(Guid person, Guid? entraTenantId, CancellationToken cancellationToken);
}

/// <param name="Name">The customer's name; null for a chain of Luware's own or of a deleted tenant.</param>
public sealed record CheckedChain(string? Name, Guid EntraTenantId, AuditFinding Finding);
