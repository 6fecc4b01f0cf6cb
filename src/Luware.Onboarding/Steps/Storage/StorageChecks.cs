using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>One requirement for a setting of the account that the portal leaves to the customer.</summary>
/// <param name="Text">Prefix of its text keys: Found, Different and Mend, or Unfit.</param>
/// <param name="Name">Azure's name of the setting.</param>
/// <param name="IsMet">Null while there is no account.</param>
/// <param name="Found">The value that Azure reports.</param>
/// <param name="Repair">The command to run if it is not met.</param>
internal sealed record StorageCheck(StorageRequirement Requirement, string Text, string Name, bool? IsMet, string Found, string Repair)
{
    public string Key => Requirement.ToString();

    /// <summary>The value that it needs, where the text of a different one names it too.</summary>
    public string? Wanted { get; init; }

    /// <summary>What the text of a different value names.</summary>
    public IReadOnlyList<string> Difference => Wanted is null ? [Found] : [Found, Wanted];

    /// <summary>True if the setting is fixed when the account is created: recordings then need another account.</summary>
    public bool IsForLife { get; init; }

    /// <summary>True if Azure keeps the setting with the account's blob service, not with the account itself.</summary>
    public bool IsOfBlobs { get; init; }
}

/// <summary>Compares an account with what Luware, or good practice, requires.</summary>
internal sealed class StorageChecks(StorageOptions options, Region region, StorageAccountId id, string containerName, StorageRecipe another)
{
    private static readonly string[] Kinds = ["StorageV2", "BlockBlobStorage"];
    private static readonly string[] OldKinds = ["Storage", "BlobStorage"];
    private static readonly string[] OldTls = ["TLS1_0", "TLS1_1"];

    private string Account => $"--name {id.Account} {InGroup}";

    private string BlobService => $"az storage account blob-service-properties update --account-name {id.Account} {InGroup}";

    private string InGroup => $"--resource-group {StorageRecipe.Quoted(id.ResourceGroup)} --subscription {id.SubscriptionId}";

    /// <summary>Why this account can never hold the recordings; empty if it can, or can be changed so that it can.</summary>
    public IEnumerable<StorageCheck> AgainstForLife(StorageAccount? account) => account is null
        ? []
        : OfBirth(account).Concat(Hierarchy(account)).Where(c => c is { IsMet: false, IsForLife: true });

    /// <summary>The checks of the account itself.</summary>
    public IEnumerable<StorageCheck> OfAccount(StorageAccount? account) => OfBirth(account).Concat(Required(
    [
        new(StorageRequirement.AnonymousAccess, "Storage.AnonymousAccess", "allowBlobPublicAccess",
            !account?.AllowsAnonymousAccess, Flag(account?.AllowsAnonymousAccess),
            $"az storage account update {Account} --allow-blob-public-access false"),
        new(StorageRequirement.MinimumTls, "Storage.MinimumTls", "minimumTlsVersion",
            account is null ? null : !OldTls.Contains(account.MinimumTls), account?.MinimumTls ?? "",
            $"az storage account update {Account} --min-tls-version TLS1_2"),
        new(StorageRequirement.Versioning, "Storage.Versioning", "isVersioningEnabled", account?.HasVersioning, Flag(account?.HasVersioning),
            $"{BlobService} --enable-versioning true") { IsOfBlobs = true },
        new(StorageRequirement.SoftDelete, "Storage.SoftDelete", "deleteRetentionPolicy",
            account is null ? null : account.SoftDeleteDays >= options.SoftDeleteDays,
            $"{account?.SoftDeleteDays ?? 0}",
            $"{BlobService} --enable-delete-retention true --delete-retention-days {options.SoftDeleteDays}")
        {
            IsOfBlobs = true, Wanted = $"{options.SoftDeleteDays}",
        },
    ]));

    /// <summary>
    /// The checks of settings that a container gets when it is created. An existing container can get them only by an irreversible migration.
    /// </summary>
    public IEnumerable<StorageCheck> OfContainer(StorageAccount? account, StorageContainer? container) => Required(
    [
        new(StorageRequirement.Immutability, "Storage.Immutability", "immutableStorageWithVersioning",
            account is null || container is null ? null : account.HasImmutability || container.HasImmutability,
            Flag(account?.HasImmutability == true || container?.HasImmutability == true),
            $"az storage container-rm migrate-vlw --storage-account {id.Account} {InGroup} --name {containerName}"),
    ]);

    /// <summary>Checks kind and location. An old kind can be upgraded; no other kind can change, and no account can move.</summary>
    private IEnumerable<StorageCheck> OfBirth(StorageAccount? account)
    {
        var isOld = account is { HoldsBlobs: true } && OldKinds.Contains(account.Kind);
        return Required(
        [
            new(StorageRequirement.AccountKind, "Storage.AccountKind", "kind",
                account is null ? null : account.HoldsBlobs && Kinds.Contains(account.Kind), account?.Kind ?? "",
                isOld ? $"az storage account update {Account} --set kind=StorageV2" : another.Cli) { IsForLife = !isOld },
            new(StorageRequirement.Location, "Storage.Location", "location",
                account is null ? null : IsInRegion(account), account?.Location ?? "", another.Cli) { IsForLife = true },
        ]);
    }

    /// <summary>Data Lake Storage keeps no versions of a blob and therefore cannot lock them.</summary>
    private IEnumerable<StorageCheck> Hierarchy(StorageAccount account) =>
        Required(
        [
            new(StorageRequirement.Versioning, "Storage.Hierarchy", "isHnsEnabled",
                !account.IsHierarchical, Flag(account.IsHierarchical), another.Cli) { IsForLife = true },
        ]);

    private IEnumerable<StorageCheck> Required(IReadOnlyList<StorageCheck> checks) =>
        checks.Where(c => options.Requires(c.Requirement) && (c.Requirement != StorageRequirement.Location || region.StorageLocations.Count > 0));

    private bool IsInRegion(StorageAccount account) => region.StorageLocations.Contains(account.Location, StringComparer.OrdinalIgnoreCase);

    private static string Flag(bool? value) => value == true ? "true" : "false";
}
