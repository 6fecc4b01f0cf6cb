using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>One setting of the account that somebody asks for and that the portal leaves to the customer's own hands.</summary>
/// <param name="Text">The key of its sentences: Found, Different and Mend, or Unfit.</param>
/// <param name="Name">Azure's own name of the setting.</param>
/// <param name="IsMet">Null while there is no account.</param>
/// <param name="Found">The value that Azure names.</param>
/// <param name="Repair">What to run where it is not met.</param>
internal sealed record StorageCheck(StorageRequirement Requirement, string Text, string Name, bool? IsMet, string Found, string Repair)
{
    public string Key => Requirement.ToString();

    /// <summary>The account has it from its birth and no command changes it: recordings need another one.</summary>
    public bool IsForLife { get; init; }
}

/// <summary>Compares an account with what Luware, or good practice, asks of one.</summary>
internal sealed class StorageChecks(StorageOptions options, Region region, StorageAccountId id, string containerName, StorageRecipe another)
{
    private static readonly string[] Kinds = ["StorageV2", "BlockBlobStorage"];
    private static readonly string[] OldKinds = ["Storage", "BlobStorage"];
    private static readonly string[] OldTls = ["TLS1_0", "TLS1_1"];

    private string Account => $"--name {id.Account} --resource-group {id.ResourceGroup} --subscription {id.SubscriptionId}";

    private string BlobService => $"az storage account blob-service-properties update --account-name {id.Account} --resource-group {id.ResourceGroup} --subscription {id.SubscriptionId}";

    /// <summary>Why this account can never take the recordings; none where it can, or can be made to.</summary>
    public IEnumerable<StorageCheck> AgainstForLife(StorageAccount? account) => account is null
        ? []
        : OfBirth(account).Concat(Hierarchy(account)).Where(c => c is { IsMet: false, IsForLife: true });

    /// <summary>What holds for the account alone.</summary>
    public IEnumerable<StorageCheck> OfAccount(StorageAccount? account) => OfBirth(account).Concat(Required(
    [
        new(StorageRequirement.AnonymousAccess, "Storage.AnonymousAccess", "allowBlobPublicAccess", !account?.AllowsAnonymousAccess, Flag(account?.AllowsAnonymousAccess),
            $"az storage account update {Account} --allow-blob-public-access false"),
        new(StorageRequirement.MinimumTls, "Storage.MinimumTls", "minimumTlsVersion", account is null ? null : !OldTls.Contains(account.MinimumTls), account?.MinimumTls ?? "",
            $"az storage account update {Account} --min-tls-version TLS1_2"),
        new(StorageRequirement.Versioning, "Storage.Versioning", "isVersioningEnabled", account?.HasVersioning, Flag(account?.HasVersioning), $"{BlobService} --enable-versioning true"),
        new(StorageRequirement.SoftDelete, "Storage.SoftDelete", "deleteRetentionPolicy", account is null ? null : account.SoftDeleteDays >= options.SoftDeleteDays,
            $"{account?.SoftDeleteDays ?? 0}", $"{BlobService} --enable-delete-retention true --delete-retention-days {options.SoftDeleteDays}"),
    ]));

    /// <summary>What a container has from its birth: it cannot be given to one that is there, except by a migration that cannot be taken back.</summary>
    public IEnumerable<StorageCheck> OfContainer(StorageAccount? account, StorageContainer? container) => Required(
    [
        new(StorageRequirement.Immutability, "Storage.Immutability", "immutableStorageWithVersioning",
            account is null || container is null ? null : account.HasImmutability || container.HasImmutability,
            Flag(account?.HasImmutability == true || container?.HasImmutability == true),
            $"az storage container-rm migrate-vlw --storage-account {id.Account} --resource-group {id.ResourceGroup} --subscription {id.SubscriptionId} --name {containerName}"),
    ]);

    /// <summary>Kind and place. An old kind can be upgraded; nothing else becomes another, and no account moves.</summary>
    private IEnumerable<StorageCheck> OfBirth(StorageAccount? account)
    {
        var isOld = account is { HoldsBlobs: true } && OldKinds.Contains(account.Kind);
        return Required(
        [
            new(StorageRequirement.AccountKind, "Storage.AccountKind", "kind", account is null ? null : account.HoldsBlobs && Kinds.Contains(account.Kind), account?.Kind ?? "",
                isOld ? $"az storage account update {Account} --set kind=StorageV2" : another.Cli) { IsForLife = !isOld },
            new(StorageRequirement.Location, "Storage.Location", "location", account is null ? null : IsPlaced(account), account?.Location ?? "", another.Cli) { IsForLife = true },
        ]);
    }

    /// <summary>Data Lake Storage keeps no versions of a blob, and so locks none.</summary>
    private IEnumerable<StorageCheck> Hierarchy(StorageAccount account) =>
        Required([new(StorageRequirement.Versioning, "Storage.Hierarchy", "isHnsEnabled", !account.IsHierarchical, Flag(account.IsHierarchical), another.Cli) { IsForLife = true }]);

    private IEnumerable<StorageCheck> Required(IReadOnlyList<StorageCheck> checks) =>
        checks.Where(c => options.Requires(c.Requirement) && (c.Requirement != StorageRequirement.Location || region.StorageLocations.Count > 0));

    private bool IsPlaced(StorageAccount account) => region.StorageLocations.Contains(account.Location, StringComparer.OrdinalIgnoreCase);

    private static string Flag(bool? value) => value == true ? "true" : "false";
}
