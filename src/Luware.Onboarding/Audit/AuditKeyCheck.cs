using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Audit;

/// <summary>
/// Looks before the first entry whether the keys of the settings are those that have sealed the ends of chains: with a key that is missing, or
/// another one under its name, the next entry of every chain would stand behind nothing, for good.
/// </summary>
internal sealed class AuditKeyCheck(IDbContextFactory<PortalDbContext> contexts, AuditKeys keys, IOptions<AuditOptions> options)
{
    /// <summary>One end alone may have been changed by somebody; that is for the check of the chain to say, and no reason not to start.</summary>
    private const int Looked = 5, Fewest = 2;

    /// <exception cref="AuditKeyMissingException">Says which, and what to do.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lost = options.Value.LostKeys;
        foreach (var name in await db.AuditHeads.Where(h => !lost.Contains(h.KeyName)).Select(h => h.KeyName).Distinct().Order().ToListAsync(cancellationToken))
        {
            var latest = await db.AuditHeads.AsNoTracking().Where(h => h.KeyName == name).OrderByDescending(h => h.At).Take(Looked).ToListAsync(cancellationToken);
            if (latest.Count >= Fewest && !latest.Exists(keys.HasSealed))
                throw new AuditKeyMissingException(name, await db.AuditHeads.CountAsync(h => h.KeyName == name, cancellationToken));
        }
    }
}

/// <summary>The audit cannot be gone on with as it is. The message is for the person who runs the portal.</summary>
/// <param name="chains">How many end with it.</param>
public sealed class AuditKeyMissingException(string key, int chains) : Exception(
    $"{AuditOptions.Section}:{nameof(AuditOptions.Keys)}:{key} is missing, or is not the key that had this name: {chains} chain(s) of the audit end with it, and could not be gone on with. "
    + $"Put it back. Where it is lost for good, name it in {AuditOptions.Section}:{nameof(AuditOptions.LostKeys)}: these chains are broken from their next entry on.");
