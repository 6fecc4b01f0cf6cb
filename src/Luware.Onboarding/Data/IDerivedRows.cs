namespace Luware.Onboarding.Data;

/// <summary>Updates rows that are derived from others, in the same save, so that no writer can forget them.</summary>
internal interface IDerivedRows
{
    /// <param name="db">About to be saved.</param>
    Task FollowAsync(PortalDbContext db, CancellationToken cancellationToken);
}
