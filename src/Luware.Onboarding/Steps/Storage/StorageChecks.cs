using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>One setting of the account that somebody asks for and that the portal leaves to the customer's own hands.</summary>
/// <param name="Text">The key of its sentences: Found, Different, Mend.</param>
/// <param name="Name">Azure's own name of the setting.</param>
/// <param name="IsMet">Null while there is no account.</param>
/// <param name="Found">The value that Azure names.</param>
/// <param name="Repair">What to run where it is not met.</param>
internal sealed record StorageCheck(StorageRequirement Requirement, string Text, string Name, bool? IsMet, string Found, string Repair)
{
    public string Key => Requirement.ToString();
}

/// <summary>Compares an account with what Luware, or good practice, asks of one.</summary>
internal sealed class StorageChecks(StorageOptions options, Region region, StorageAccountId id, string containerName, StorageRecipe recipe)
{
    private static readonly string[] Kinds = ["StorageV2", "BlockBlobStorage"];
    private static readonly string[] OldTls = ["TLS1_0", "TLS1_1"];

    private string Account => $"--name {id.Account} --resource-group {id.ResourceGroup} --subscription {id.SubscriptionId}";

    private string BlobService => $"az storage account blob-service-properties update --account-name {id.Account} --resource-group {id.ResourceGroup} --subscription {id.SubscriptionId}";

    /// <summary>What holds for the account alone; the kind and the place first, because they cannot be changed.</summary>
    public IEnumerable<StorageCheck> OfAccount(StorageAccount? account) => Required(
    [
        new(StorageRequirement.AccountKind, "Storage.AccountKind", "kind", account is null ? null : Kinds.Contains(account.Kind), account?.Kind ?? "", recipe.Cli),
        new(StorageRequirement.Location, "Storage.Location", "location", account is null ? null : IsPlaced(account), account?.Location ?? "", recipe.Cli),
        new(StorageRequirement.AnonymousAccess, "Storage.AnonymousAccess", "allowBlobPublicAccess", !account?.AllowsAnonymousAccess, Flag(account?.AllowsAnonymousAccess),
            $"az storage account update {Account} --allow-blob-public-access false"),
        new(StorageRequirement.MinimumTls, "Storage.MinimumTls", "minimumTlsVersion", account is null ? null : !OldTls.Contains(account.MinimumTls), account?.MinimumTls ?? "",
            $"az storage account update {Account} --min-tls-version TLS1_2"),
        new(StorageRequirement.Versioning, "Storage.Versioning", "isVersioningEnabled", account?.HasVersioning, Flag(account?.HasVersioning), $"{BlobService} --enable-versioning true"),
        new(StorageRequirement.SoftDelete, "Storage.SoftDelete", "deleteRetentionPolicy", account is null ? null : account.SoftDeleteDays >= options.SoftDeleteDays,
            $"{account?.SoftDeleteDays ?? 0}", $"{BlobService} --enable-delete-retention true --delete-retention-days {options.SoftDeleteDays}"),
    ]);

    /// <summary>What a container has from its birth: it cannot be given to one that is there, except by a migration that cannot be taken back.</summary>
    public IEnumerable<StorageCheck> OfContainer(StorageAccount? account, StorageContainer? container) => Required(
    [
        new(StorageRequirement.Immutability, "Storage.Immutability", "immutableStorageWithVersioning",
            account is null || container is null ? null : account.HasImmutability || container.HasImmutability,
            account is { IsHierarchical: true } ? "isHnsEnabled" : Flag(account?.HasImmutability == true || container?.HasImmutability == true),
            $"az storage container-rm migrate-vlw --storage-account {id.Account} --resource-group {id.ResourceGroup} --subscription {id.SubscriptionId} --name {containerName}"),
    ]);

    private IEnumerable<StorageCheck> Required(IReadOnlyList<StorageCheck> checks) =>
        checks.Where(c => options.Requires(c.Requirement) && (c.Requirement != StorageRequirement.Location || region.StorageLocations.Count > 0));

    private bool IsPlaced(StorageAccount account) => region.StorageLocations.Contains(account.Location, StringComparer.OrdinalIgnoreCase);

    private static string Flag(bool? value) => value == true ? "true" : "false";
}
