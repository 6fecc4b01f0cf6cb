using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>Ready-to-run texts that create an account as required, for the people who create it. Redundancy and retention remain their decision.</summary>
internal sealed class StorageRecipe(StorageOptions options, Region region, Guid tenantId, StorageAccountId? id, string container)
{
    private const string Redundancy = "Standard_ZRS";
    private const string Group = "luware-recording";

    /// <summary>Used if Luware names no location, so that the texts can be run unchanged.</summary>
    private const string AnyLocation = "westeurope";

    /// <summary>Azure allows parentheses in the names of resource groups, which mean something to a shell.</summary>
    private readonly string group = Quoted(id?.ResourceGroup ?? Group);
    private readonly string account = id?.Account ?? NameFor(tenantId);
    private readonly string location = region.StorageLocations is [var first, ..] ? first : AnyLocation;

    public string Cli => string.Join('\n', CliLines());

    public string Bicep => $$"""
        param location string = '{{location}}'

        resource account 'Microsoft.Storage/storageAccounts@{{AzureRequest.StorageVersion}}' = {
          name: '{{account}}'
          location: location
          kind: 'StorageV2'
          sku: {
            name: '{{Redundancy}}'
          }
          properties: {
            supportsHttpsTrafficOnly: true
            minimumTlsVersion: 'TLS1_2'
            allowBlobPublicAccess: false
          }
        }

        resource blobs 'Microsoft.Storage/storageAccounts/blobServices@{{AzureRequest.StorageVersion}}' = {
          parent: account
          name: 'default'
          properties: {
            isVersioningEnabled: {{Flag(StorageRequirement.Versioning)}}
            deleteRetentionPolicy: {
              enabled: {{Flag(StorageRequirement.SoftDelete)}}
              days: {{options.SoftDeleteDays}}
            }
          }
        }

        resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@{{AzureRequest.StorageVersion}}' = {
          parent: blobs
          name: '{{container}}'
          properties: {
            publicAccess: 'None'
            immutableStorageWithVersioning: {
              enabled: {{Flag(StorageRequirement.Immutability)}}
            }
          }
        }

        output resourceId string = account.id
        """.ReplaceLineEndings("\n");

    /// <summary>
    /// The id for another account when the present one cannot hold the recordings: in the same subscription but in a new group, because an existing group
    /// keeps its location.
    /// </summary>
    public static StorageAccountId Instead(StorageAccountId unfit, Guid tenantId) =>
        unfit with { ResourceGroup = Group, Account = After(unfit.Account, NameFor(tenantId)) };

    /// <summary>Double quotes work in bash, PowerShell and cmd; a resource group's name holds no character that means anything between them.</summary>
    public static string Quoted(string group) => $"\"{group}\"";

    /// <summary>Account names are unique in all of Azure.</summary>
    private static string NameFor(Guid tenantId) => $"luwarerecording{tenantId:N}"[..23];

    /// <summary>
    /// The name after that of an unfit account, which keeps it: our own, or the next of our own with a digit. Names have at most 24 characters, so there is
    /// room for one.
    /// </summary>
    private static string After(string unfit, string ours) => unfit.StartsWith(ours, StringComparison.OrdinalIgnoreCase) ? unfit[ours.Length..] switch
    {
        "" => $"{ours}2",
        [>= '0' and <= '9' and var digit] => $"{ours}{(digit - '0' + 1) % 10}",
        _ => ours,
    } : ours;

    private IEnumerable<string> CliLines()
    {
        var of = $"--account-name {account} --resource-group {group}";
        if (id is not null)
            yield return $"az account set --subscription {id.SubscriptionId}";
        if (options.Requires(StorageRequirement.NetworkProvider))
            yield return $"az provider register --namespace {StorageReading.NetworkProvider}";
        yield return "# Leave the next line away where the group is there already.";
        yield return $"az group create --name {group} --location {location}";
        yield return $"az storage account create --name {account} --resource-group {group} --location {location} --kind StorageV2 --sku {Redundancy} --https-only true --min-tls-version TLS1_2 --allow-blob-public-access false";
        yield return $"az storage account blob-service-properties update {of} --enable-versioning {Flag(StorageRequirement.Versioning)}";
        if (options.Requires(StorageRequirement.SoftDelete))
            yield return $"az storage account blob-service-properties update {of} --enable-delete-retention true --delete-retention-days {options.SoftDeleteDays}";
        yield return $"az storage container-rm create --storage-account {account} --resource-group {group} --name {container} --enable-vlw {Flag(StorageRequirement.Immutability)}";
        yield return $"az storage account show --name {account} --resource-group {group} --query id --output tsv";
    }

    private string Flag(StorageRequirement requirement) => options.Requires(requirement) ? "true" : "false";
}
