using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;

namespace Luware.Onboarding.Audit;

/// <summary>
/// The format of what a seal covers: every field is preceded by its length, big-endian, so that no two entries have the same encoding. Another format needs
/// another version as its first field.
/// </summary>
internal static class AuditMac
{
    public const string EntryForm = "luware-audit-entry/1";
    private const string HeadForm = "luware-audit-head/1";
    private const string BeginningForm = "luware-audit-beginning/1";
    private const string BreakForm = "luware-audit-break/1";

    /// <summary>Stands in for the entry before the first, and binds the chain to its tenant.</summary>
    public static byte[] Beginning(byte[] key, Guid tenantId, Guid entraTenantId) =>
        new Writer(key).Text(BeginningForm).Id(tenantId).Id(entraTenantId).Close();

    /// <summary>Stands in for the previous entry if that is unknown. It never matches any entry.</summary>
    public static byte[] Break(byte[] key, Guid tenantId) => new Writer(key).Text(BreakForm).Id(tenantId).Close();

    /// <summary>
    /// The Entra tenant of a chain. The customer may be added by the current change; the chain of Luware's own people belongs to no customer.
    /// </summary>
    public static async Task<Guid> EntraTenantOfAsync(this PortalDbContext db, Guid tenantId, CancellationToken cancellationToken) =>
        await db.Tenants.FindAsync([tenantId], cancellationToken) is { } tenant ? tenant.EntraTenantId : tenantId;

    public static byte[] Of(byte[] key, AuditEntry entry) => Of(key, entry, entry.Sequence);

    /// <param name="sequence">The number for which the seal is computed.</param>
    public static byte[] Of(byte[] key, AuditEntry entry, long sequence) => new Writer(key)
        .Text(EntryForm).Text(entry.KeyName).Id(entry.TenantId).Id(entry.Id).Number(sequence).Number(entry.At.UtcTicks).Text(entry.Kind)
        .Id(entry.Person).Id(entry.PersonTenant).Text(entry.Subject).Text(entry.DataJson).Bytes(entry.PreviousMac).Close();

    public static byte[] Of(byte[] key, AuditHead head) => new Writer(key)
        .Text(HeadForm).Text(head.KeyName).Id(head.TenantId).Number(head.Sequence).Number(head.At.UtcTicks).Bytes(head.Mac).Close();

    private sealed class Writer(byte[] key)
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

        public Writer Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

        public Writer Id(Guid? value) => Bytes(value?.ToByteArray(bigEndian: true) ?? []);

        public Writer Number(long value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            return Bytes(bytes);
        }

        public Writer Bytes(ReadOnlySpan<byte> value)
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
            hash.AppendData(length);
            hash.AppendData(value);
            return this;
        }

        public byte[] Close()
        {
            using (hash)
                return hash.GetHashAndReset();
        }
    }
}
