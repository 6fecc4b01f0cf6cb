using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Audit;

/// <summary>
/// Checks before the first entry that the configured keys are those that sealed the ends of the chains. With a missing or different key, the next entry of
/// every chain would permanently break that chain.
/// </summary>
internal sealed class AuditKeyCheck(IDbContextFactory<PortalDbContext> contexts, AuditKeys keys, IOptions<AuditOptions> options)
{
    /// <summary>
    /// The number of chain ends to check per key. A single bad end may be tampering, which the check of the chain reports and which does not prevent the start.
    /// </summary>
    private const int Looked = 5, Fewest = 2;

    /// <exception cref="AuditKeyMissingException">Names the key and says what to do.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lost = options.Value.LostKeys;
        foreach (var name in await db.AuditHeads.Where(h => !lost.Contains(h.KeyName)).Select(h => h.KeyName).Distinct().Order().ToListAsync(cancellationToken))
        {
            var latest = await db.AuditHeads.AsNoTracking().Where(h => h.KeyName == name)
                .OrderByDescending(h => h.At).Take(Looked).ToListAsync(cancellationToken);
            if (latest.Count >= Fewest && !latest.Exists(keys.HasSealed))
                throw new AuditKeyMissingException(name, await db.AuditHeads.CountAsync(h => h.KeyName == name, cancellationToken));
        }
    }
}

/// <summary>The audit cannot be continued as it is. The message is for the operator.</summary>
/// <param name="chains">The number of chains that end with the key.</param>
public sealed class AuditKeyMissingException(string key, int chains) : Exception(
    $"{AuditOptions.Section}:{nameof(AuditOptions.Keys)}:{key} is missing, or is not the key that had this name: "
    + $"{chains} chain(s) of the audit end with it and cannot be continued. "
    + $"Put it back. Where it is lost for good, name it in {AuditOptions.Section}:{nameof(AuditOptions.LostKeys)}: "
    + "these chains are broken from their next entry on.");
