using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Audit;

/// <summary>The audit for readers: a customer's administrators see their own, Luware's people any. Every call checks session and right again.</summary>
/// <remarks>
/// Throws <see cref="UnauthorizedAccessException"/> if the person may not. A tenant's id is the portal's own. Null means the actor's own tenant; the id of
/// Luware's tenant means the chain of its people.
/// </remarks>
public interface IAuditRecord
{
    /// <param name="before">Reads the entries before this number, the newest first; null for the newest of all.</param>
    Task<AuditPart> ReadAsync(Actor actor, Guid? tenantId, long? before, CancellationToken cancellationToken);

    /// <summary>Checks the whole chain.</summary>
    /// <param name="anchor">A position of the chain that was recorded elsewhere; null to check without.</param>
    Task<AuditFinding> VerifyAsync(Actor actor, Guid? tenantId, AuditAnchor? anchor, CancellationToken cancellationToken);

    /// <summary>The whole chain as JSON, one entry per line, from the first on. The export is recorded in the chain.</summary>
    Task<AuditExport> ExportAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken);

    /// <summary>Erases the name of a person; only portal administrators may.</summary>
    /// <returns>False if the chain has no name for the person.</returns>
    Task<bool> EraseAsync(Actor actor, Guid tenantId, Guid person, CancellationToken cancellationToken);
}

/// <param name="TenantName">The tenant whose audit it is.</param>
/// <param name="Older">The number to pass as <c>before</c> for the next older entries; null if there are none.</param>
public sealed record AuditPart(string TenantName, IReadOnlyList<AuditRow> Rows, long? Older)
{
    /// <summary>The ids under which the chain's anchors are recorded: the portal's own id of the tenant, and Entra's.</summary>
    public IReadOnlyList<Guid> Tenants { get; init; } = [];

    /// <summary>True for the chain of Luware's own people, which belongs to no customer.</summary>
    public bool IsOfStaff { get; init; }

    /// <summary>The people whom the chain knows by name, if the reader may erase them; empty for anybody else.</summary>
    public IReadOnlyList<AuditPerson> People { get; init; } = [];
}

public sealed record AuditPerson(Guid ObjectId, string Name, string UserPrincipalName);

/// <param name="Subject">A step, followed by its action after a slash; a file; an application.</param>
/// <param name="Person">Null if the portal acted by itself.</param>
/// <param name="Name">The person's name as a sentence's argument; it may say that the name was erased.</param>
public sealed record AuditRow(long Sequence, DateTimeOffset At, string Kind, string Subject, Guid? Person, string? Name, string DataJson)
{
    /// <summary>What exactly was done, from the journal; null where the kind says it all, or the journal no longer has it.</summary>
    public Sentence? Says { get; init; }

    /// <summary>The name of the application that the subject is the id of.</summary>
    public string? Application { get; init; }
}

/// <param name="Lines">Read while they are written out.</param>
public sealed record AuditExport(string FileName, IAsyncEnumerable<string> Lines);
