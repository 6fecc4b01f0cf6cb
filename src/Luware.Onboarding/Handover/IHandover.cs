using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Handover;

/// <summary>The hand-over, for a customer's administrators and for Luware's people. It is built from stored data and uses no customer's token.</summary>
/// <remarks>
/// Throws <see cref="UnauthorizedAccessException"/> if the person may not. A tenant's id is the portal's own; null is the actor's own tenant.
/// </remarks>
public interface IHandover
{
    /// <summary>Builds the hand-over in the current language.</summary>
    Task<HandoverModel> ReadAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken);

    /// <summary>Returns the hand-over as a file, after recording the download in the audit; the file contains the end of the audit before that entry.</summary>
    /// <returns>Null if it cannot be written, because a PDF needs fonts.</returns>
    Task<HandoverFile?> WriteAsync(Actor actor, Guid? tenantId, HandoverFormat format, CancellationToken cancellationToken);
}

public enum HandoverFormat
{
    Pdf,
    Csv,
    Json,
}

/// <param name="WriteAsync">Writes the file's content.</param>
public sealed record HandoverFile(string Name, string ContentType, Func<Stream, CancellationToken, Task> WriteAsync);
