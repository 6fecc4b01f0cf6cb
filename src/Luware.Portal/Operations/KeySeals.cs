using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Luware.Onboarding.Audit;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>
/// Seals each stored data protection key with an HMAC and leaves out keys without a valid seal. The certificate encrypts keys but proves nothing about who
/// wrote one: its public half, or no encryption at all, is enough to plant a key. The seal's key is derived from the audit's, which is not in the database.
/// </summary>
internal sealed partial class KeySeals(IOptions<AuditOptions> audit, TimeProvider time, ILogger<KeySeals> logger) : IPostConfigureOptions<KeyManagementOptions>
{
    private const string SealedBy = "sealedBy";
    private const string Seal = "seal";
    private static readonly byte[] Purpose = "luware-portal/data-protection-keys/1"u8.ToArray();

    private readonly ConcurrentDictionary<string, bool> _reported = new(StringComparer.Ordinal);

    /// <summary>True if the last reading of the stored keys found one that has not expired and has no valid seal.</summary>
    public bool HasLeftOut { get; private set; }

    public void PostConfigure(string? name, KeyManagementOptions options)
    {
        if (options.XmlRepository is { } stored)
            options.XmlRepository = new Repository(stored, this);
    }

    private XElement Close(XElement element)
    {
        var closed = new XElement(element);
        var current = audit.Value.CurrentKey!;
        closed.SetAttributeValue(Seal, Mac(current, element));
        closed.SetAttributeValue(SealedBy, current);
        return closed;
    }

    private List<XElement> Open(IEnumerable<XElement> stored)
    {
        var opened = stored.Select(e => (Stored: e, Opened: Open(e))).ToList();
        var unsealed = opened.FindAll(e => e.Opened is null);
        foreach (var (element, _) in unsealed)
        {
            if (_reported.TryAdd(element.ToString(SaveOptions.DisableFormatting), true))
                Log.LeftOut(logger, Guid.TryParse((string?)element.Attribute("id"), out var id) ? id : null);
        }

        HasLeftOut = unsealed.Exists(e => !IsExpired(e.Stored));
        return [.. opened.Select(e => e.Opened).OfType<XElement>()];
    }

    /// <summary>Leaving out an expired key does no harm: it protects nothing any more, and the audit key that sealed it may be gone.</summary>
    private bool IsExpired(XElement stored) =>
        DateTimeOffset.TryParse((string?)stored.Element("expirationDate"), CultureInfo.InvariantCulture, out var at) && at <= time.GetUtcNow();

    /// <returns>The element as it was before it was sealed; null without a valid seal.</returns>
    private XElement? Open(XElement stored)
    {
        var opened = new XElement(stored);
        var (sealedBy, seal) = ((string?)opened.Attribute(SealedBy), (string?)opened.Attribute(Seal));
        opened.SetAttributeValue(SealedBy, null);
        opened.SetAttributeValue(Seal, null);
        var isValid = sealedBy is not null && seal is not null && Mac(sealedBy, opened) is { } mac
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(seal));
        return isValid ? opened : null;
    }

    /// <returns>Null if there is no such key of the audit.</returns>
    private string? Mac(string keyName, XElement element)
    {
        if (AuditOptions.Decode(audit.Value.Keys.GetValueOrDefault(keyName)) is not { Length: > 0 } key)
            return null;
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, HMACSHA256.HashSizeInBytes, info: Purpose);
        return Convert.ToBase64String(HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(Stored(element))));
    }

    /// <summary>The element as it is read back from the database: parsing drops layout whitespace.</summary>
    private static string Stored(XElement element) => XElement.Parse(element.ToString(SaveOptions.DisableFormatting)).ToString(SaveOptions.DisableFormatting);

    private sealed class Repository(IXmlRepository stored, KeySeals seals) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => seals.Open(stored.GetAllElements());

        public void StoreElement(XElement element, string friendlyName) => stored.StoreElement(seals.Close(element), friendlyName);
    }

    private static partial class Log
    {
        [LoggerMessage(3044, LogLevel.Error, "A key in the table DataProtectionKeys has no valid seal of this portal and is not used (id {Key}). "
            + "Either a key of Audit:Keys was removed: put it back, or, where it is lost, delete the keys that it sealed. Or somebody else wrote it.")]
        public static partial void LeftOut(ILogger logger, Guid? key);
    }
}
