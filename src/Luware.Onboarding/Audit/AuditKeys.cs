using System.Security.Cryptography;
using Luware.Onboarding.Data.Entities;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Audit;

/// <summary>The audit keys as configured when the process started.</summary>
internal sealed class AuditKeys(IOptions<AuditOptions> options)
{
    private readonly Dictionary<string, byte[]> keys = options.Value.Keys.ToDictionary(k => k.Key, k => AuditOptions.Decode(k.Value)!, StringComparer.Ordinal);

    /// <summary>The name of the key that seals.</summary>
    public string Current { get; } = options.Value.CurrentKey!;

    public byte[]? Find(string name) => keys.GetValueOrDefault(name);

    /// <summary>True if the head's seal is valid, which proves that a holder of the key wrote it.</summary>
    public bool HasSealed(AuditHead head) => Find(head.KeyName) is { } key && CryptographicOperations.FixedTimeEquals(AuditMac.Of(key, head), head.Seal);
}
