using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;

namespace Luware.Portal.Operations;

/// <summary>What the command line asks the program to do.</summary>
internal abstract record PortalCommand
{
    private PortalCommand()
    {
    }

    /// <summary>Run as a portal until it is stopped.</summary>
    public sealed record Serve : PortalCommand;

    /// <summary>Bring the database up to date.</summary>
    public sealed record Migrate : PortalCommand;

    /// <summary>Copy the SQLite database to <paramref name="File"/>.</summary>
    public sealed record Backup(string File) : PortalCommand;

    /// <summary>Write the SQL of a database server.</summary>
    public sealed record Script(DatabaseProvider Provider) : PortalCommand;

    /// <summary>Check the audit chains, or only that of <paramref name="Tenant"/>, also against anchors.</summary>
    public sealed record VerifyAudit(Guid? Tenant, AuditAnchor? Anchor, IReadOnlyList<string> Files) : PortalCommand;

    /// <summary>Erase a person's names, in every chain or only in that of <paramref name="Tenant"/>.</summary>
    public sealed record ErasePerson(Guid Person, Guid? Tenant) : PortalCommand;
}
