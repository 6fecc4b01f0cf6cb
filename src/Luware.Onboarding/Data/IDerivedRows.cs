namespace Luware.Onboarding.Data;

/// <summary>Rows that are derived from others and written in the same save, so that no writer can forget them.</summary>
internal interface IDerivedRows
{
    /// <param name="db">About to be saved.</param>
    Task FollowAsync(PortalDbContext db, CancellationToken cancellationToken);
}
