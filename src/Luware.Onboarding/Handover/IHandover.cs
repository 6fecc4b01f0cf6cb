using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Handover;

/// <summary>The hand-over, for a customer's administrators and for Luware's people. No customer's token is used: it is made of what is stored.</summary>
/// <remarks>Throws <see cref="UnauthorizedAccessException"/> where the person may not. A tenant's id is the portal's own; null is the actor's own tenant.</remarks>
public interface IHandover
{
    /// <summary>In the language of the moment.</summary>
    Task<HandoverModel> ReadAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken);

    /// <summary>As a file, and written into the audit first: the file says where the audit ended before it.</summary>
    /// <returns>Null where it cannot be made: a PDF needs a font.</returns>
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
