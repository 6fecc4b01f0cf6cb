using Luware.Onboarding.Steps.Storage;

namespace Luware.Onboarding.Tests.Steps.Storage;

public sealed class StorageNamesTests
{
    private const string Good =
        "/subscriptions/6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01/resourceGroups/recording/providers/Microsoft.Storage/storageAccounts/contosorecordings";

    [Theory]
    [InlineData(Good)]
    [InlineData(" " + Good + "/\n")]
    [InlineData("https://portal.azure.com/#@contoso.com/resource" + Good + "/overview")]
    [InlineData("/SUBSCRIPTIONS/6F0F9F1A-1F4E-4B7D-9A55-2F5D9C2B7E01/resourcegroups/recording/providers/microsoft.storage/STORAGEACCOUNTS/contosorecordings")]
    public void An_id_is_read_as_people_copy_it(string pasted)
    {
        var (id, fault) = StorageNames.Read(pasted);

        fault.ShouldBeNull();
        id!.ToString().ShouldBe(Good);
    }

    [Theory]
    [InlineData(null, "Storage.Id.Empty")]
    [InlineData("  ", "Storage.Id.Empty")]
    [InlineData("contosorecordings", "Storage.Id.NoSubscription")]
    [InlineData("https://contosorecordings.blob.core.windows.net/", "Storage.Id.BlobAddress")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0", "Storage.Id.Secret")]
    [InlineData("https://contosorecordings.blob.core.windows.net/?sv=2024&sig=abc", "Storage.Id.Secret")]
    [InlineData("/subscriptions/contoso/resourceGroups/g", "Storage.Id.SubscriptionId")]
    [InlineData("/subscriptions/6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01", "Storage.Id.ResourceGroup")]
    [InlineData("/subscriptions/6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01/resourceGroups/../providers/Microsoft.Storage/storageAccounts/abc", "Storage.Id.ResourceGroup")]
    [InlineData("/subscriptions/6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01/resourceGroups/a?b/providers/Microsoft.Storage/storageAccounts/abc", "Storage.Id.ResourceGroup")]
    [InlineData("/subscriptions/6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01/resourceGroups/recording", "Storage.Id.Type")]
    [InlineData("/subscriptions/6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01/resourceGroups/recording/providers/Microsoft.Web/sites/abc", "Storage.Id.Type")]
    [InlineData("/subscriptions/6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01/resourceGroups/recording/providers/Microsoft.Storage/storageAccounts/", "Storage.Id.Account")]
    [InlineData("/subscriptions/6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01/resourceGroups/recording/providers/Microsoft.Storage/storageAccounts/Contoso_1", "Storage.Id.Account")]
    [InlineData(Good + "/blobServices/default", "Storage.Id.TooMuch")]
    public void What_is_wrong_is_said(string? pasted, string says)
    {
        var (id, fault) = StorageNames.Read(pasted);

        id.ShouldBeNull();
        fault!.Key.ShouldBe(says);
        StepTextsTests.ShouldBeSayable([fault]);
    }

    [Fact]
    public void A_novel_is_no_id() => StorageNames.Read(Good + new string('a', 400)).Fault!.Key.ShouldBe("Storage.Id.TooLong");

    [Theory]
    [InlineData("luware-recording", null)]
    [InlineData("abc", null)]
    [InlineData("a1", "Storage.ContainerName.Length")]
    [InlineData(null, "Storage.ContainerName.Length")]
    [InlineData("Luware", "Storage.ContainerName.Characters")]
    [InlineData("a--b", "Storage.ContainerName.Characters")]
    [InlineData("-abc", "Storage.ContainerName.Characters")]
    [InlineData("abc-", "Storage.ContainerName.Characters")]
    [InlineData("abc\n", "Storage.ContainerName.Characters")]
    [InlineData("a/../b", "Storage.ContainerName.Characters")]
    [InlineData("$web", "Storage.ContainerName.Characters")]
    public void A_containers_name_follows_azures_rules(string? name, string? says) => StorageNames.CheckContainer(name)?.Key.ShouldBe(says);
}
