using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Audit;

/// <summary>The audit as people read it: a customer's administrators their own, Luware's people any. Every call checks session and right again.</summary>
/// <remarks>Throws <see cref="UnauthorizedAccessException"/> where the person may not. A tenant's id is the portal's own; null is the actor's own tenant, and the id of Luware's own tenant the chain of its people.</remarks>
public interface IAuditRecord
{
    /// <param name="before">Entries before this number, the newest first; null for the newest of all.</param>
    Task<AuditPart> ReadAsync(Actor actor, Guid? tenantId, long? before, CancellationToken cancellationToken);

    /// <summary>Goes through the whole chain.</summary>
    /// <param name="anchor">A place of it that was written down elsewhere; null for none.</param>
    Task<AuditFinding> VerifyAsync(Actor actor, Guid? tenantId, AuditAnchor? anchor, CancellationToken cancellationToken);

    /// <summary>The whole chain as JSON, an entry a line, from the first on; says in the chain that it was taken.</summary>
    Task<AuditExport> ExportAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken);

    /// <summary>Forgets the names of a person; only who administers the portal may.</summary>
    /// <returns>False where the chain knows no name of theirs.</returns>
    Task<bool> EraseAsync(Actor actor, Guid tenantId, Guid person, CancellationToken cancellationToken);
}

/// <param name="TenantName">Whose audit it is.</param>
/// <param name="Older">The number to ask for the entries before these; null where there are none.</param>
public sealed record AuditPart(string TenantName, IReadOnlyList<AuditRow> Rows, long? Older)
{
    /// <summary>Under which ids the chain's anchors are written down: the portal's own of the tenant, and that of Entra.</summary>
    public IReadOnlyList<Guid> Tenants { get; init; } = [];

    /// <summary>It is the chain of Luware's own people, and no customer's.</summary>
    public bool IsOfStaff { get; init; }

    /// <summary>Whom the chain knows by name, for whoever may have them forgotten; empty for anybody else.</summary>
    public IReadOnlyList<AuditPerson> People { get; init; } = [];
}

public sealed record AuditPerson(Guid ObjectId, string Name, string UserPrincipalName);

/// <param name="Subject">A step, with its action behind a slash; a file; an application.</param>
/// <param name="Person">Null where the portal did by itself.</param>
/// <param name="Name">Of the person, as a sentence's argument: it may say that the name was erased.</param>
public sealed record AuditRow(long Sequence, DateTimeOffset At, string Kind, string Subject, Guid? Person, string? Name, string DataJson);

/// <param name="Lines">Read while they are written out.</param>
public sealed record AuditExport(string FileName, IAsyncEnumerable<string> Lines);
