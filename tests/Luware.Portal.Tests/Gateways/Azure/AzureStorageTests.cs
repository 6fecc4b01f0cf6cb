using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Gateways.Azure;

/// <summary>The real gateway and Blob SDK with this world's Resource Manager and a real Azurite.</summary>
public sealed class AzureStorageTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Anna = "anna.keller@contoso.com";
    private const string Container = "luware-recording";

    private static readonly CancellationToken Never = CancellationToken.None;

    private SandboxWorld _world = null!;

    private AzureAccount Contoso => _world.Tenants.Contoso.Azure!;

    private StorageAccountId Id => new(Contoso.SubscriptionId, Contoso.ResourceGroup, Contoso.Name);

    public async ValueTask InitializeAsync() => _world = await azurite.StartWorldAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_good_account_is_read_as_it_is()
    {
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        var account = (await anna.Storage.FindAccountAsync(anna.Access, Id, Never)).ShouldNotBeNull();

        (account with { PrivateEndpoints = [] }).ShouldBeEquivalentTo(new StorageAccount(
            "StorageV2", "switzerlandnorth", "TLS1_2", IsHierarchical: false, AllowsAnonymousAccess: false,
            IsOpenToNetworks: true, HasVersioning: true, HasImmutability: false, SoftDeleteDays: 14, []));
        account.PrivateEndpoints.ShouldBe([new PrivateEndpoint("contosorecordings.luware", Contoso.Endpoints[0].SubscriptionId, "Approved")]);
        (await anna.Storage.FindContainerAsync(anna.Access, Id, Container, Never)).ShouldBe(new StorageContainer(Container, HasImmutability: true));
        (await anna.Storage.FindContainerAsync(anna.Access, Id, "another", Never)).ShouldBeNull();
        (await anna.Storage.GetProviderStateAsync(anna.Access, Id.SubscriptionId, "Microsoft.Network", Never)).ShouldBe("Registered");
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_none()
    {
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        (await anna.Storage.FindAccountAsync(anna.Access, Id with { Account = "nobodys" }, Never)).ShouldBeNull();
        (await anna.Storage.FindAccountAsync(anna.Access, Id with { ResourceGroup = "another" }, Never)).ShouldBeNull();
    }

    [Theory]
    [InlineData("reto.baumann@contoso.com", "AuthorizationFailed")]
    [InlineData("katrin.vogel@fabrikam.de", "InvalidAuthenticationTokenTenant")]
    public async Task Whoever_has_no_right_is_refused_with_azures_own_code(string person, string code)
    {
        using var other = await AzurePerson.SignInAsync(_world, person);

        (await Should.ThrowAsync<RefusedException>(() => other.Storage.FindAccountAsync(other.Access, Id, Never))).Answer!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_reader_of_the_account_alone_sees_the_account_and_not_its_subscription()
    {
        _world.Tenants.BreakAzure(AzureFault.ReaderOfAccount);
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        (await anna.Storage.FindAccountAsync(anna.Access, Id, Never)).ShouldNotBeNull();
        (await anna.Storage.FindContainerAsync(anna.Access, Id, Container, Never)).ShouldNotBeNull();
        foreach (var call in (Func<Task>[])[() => anna.Storage.GetProviderStateAsync(anna.Access, Id.SubscriptionId, "Microsoft.Network", Never),
            () => anna.Storage.ChangeAsync(anna.Access, AzureRequest.CreateContainer(Id, Container, immutable: true), Never)])
            (await Should.ThrowAsync<RefusedException>(call)).Answer!.Code.ShouldBe("AuthorizationFailed");
    }

    [Fact]
    public async Task A_subscription_that_cannot_be_seen_is_refused_and_not_missing()
    {
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        var refused = await Should.ThrowAsync<RefusedException>(() =>
            anna.Storage.FindAccountAsync(anna.Access, Id with { SubscriptionId = Guid.NewGuid() }, Never));

        (refused.Answer!.Code, refused.Answer.CorrelationId)
            .ShouldSatisfyAllConditions(a => a.Item1.ShouldBe("SubscriptionNotFound"), a => a.Item2.ShouldNotBeNullOrEmpty());
    }

    [Fact]
    public async Task The_container_is_made_once_and_the_provider_registered()
    {
        _world.Tenants.BreakAzure(AzureFault.NoContainer);
        using var anna = await AzurePerson.SignInAsync(_world, Anna);
        var create = AzureRequest.CreateContainer(Id, Container, immutable: true);

        await anna.Storage.ChangeAsync(anna.Access, create, Never);
        await anna.Storage.ChangeAsync(anna.Access, create, Never);
        await anna.Storage.ChangeAsync(anna.Access, AzureRequest.RegisterProvider(Id, "Microsoft.Network"), Never);

        (await anna.Storage.FindContainerAsync(anna.Access, Id, Container, Never))!.HasImmutability.ShouldBeTrue();
        _world.Tenants.Contoso.Writes.Count(w => w.What == "PUT container").ShouldBe(1);
        _world.Tenants.Contoso.Writes.ShouldContain(w => w.What == "POST register" && w.Target == "Microsoft.Network");
    }

    [Fact]
    public async Task A_test_blob_is_written_read_and_deleted_as_often_as_asked()
    {
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        await anna.Storage.ProbeAsync(anna.Access, Id, Container, Never);
        await anna.Storage.ProbeAsync(anna.Access, Id, Container, Never);
    }

    [Theory]
    [InlineData(AzureFault.NoBlobRights, "AuthorizationPermissionMismatch")]
    [InlineData(AzureFault.Closed, "AuthorizationFailure")]
    public async Task A_test_blob_that_may_not_be_written_is_refused(AzureFault fault, string code)
    {
        _world.Tenants.BreakAzure(fault);
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        (await Should.ThrowAsync<RefusedException>(() => anna.Storage.ProbeAsync(anna.Access, Id, Container, Never))).Answer!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_container_that_is_not_known_yet_is_asked_for_again_later()
    {
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        (await Should.ThrowAsync<TransientException>(() => anna.Storage.ProbeAsync(anna.Access, Id, "another", Never)))
            .Answer!.Code.ShouldBe("ContainerNotFound");
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_host_outside_the_known_domains()
    {
        using var anna = await AzurePerson.SignInAsync(_world, Anna);
        anna.Settings.BlobSuffixes.Clear();
        anna.Settings.BlobSuffixes.Add("blob.example.com");

        var refused = await Should.ThrowAsync<RefusedException>(() => anna.Storage.ProbeAsync(anna.Access, Id, Container, Never));

        refused.Answer!.Code.ShouldBe(StorageFailureCodes.HostNotTrusted);
    }

    [Theory]
    [InlineData(AzureFault.Kind, "Storage switzerlandnorth TLS1_2 False True True 14 Approved")]
    [InlineData(AzureFault.Location, "StorageV2 westeurope TLS1_2 False True True 14 Approved")]
    [InlineData(AzureFault.OldTls, "StorageV2 switzerlandnorth TLS1_0 False True True 14 Approved")]
    [InlineData(AzureFault.AnonymousAccess, "StorageV2 switzerlandnorth TLS1_2 True True True 14 Approved")]
    [InlineData(AzureFault.Closed, "StorageV2 switzerlandnorth TLS1_2 False False True 14 Approved")]
    [InlineData(AzureFault.NoVersioning, "StorageV2 switzerlandnorth TLS1_2 False True False 14 Approved")]
    [InlineData(AzureFault.NoSoftDelete, "StorageV2 switzerlandnorth TLS1_2 False True True  Approved")]
    [InlineData(AzureFault.NoEndpoint, "StorageV2 switzerlandnorth TLS1_2 False True True 14 ")]
    [InlineData(AzureFault.PendingEndpoint, "StorageV2 switzerlandnorth TLS1_2 False True True 14 Pending")]
    [InlineData(AzureFault.RejectedEndpoint, "StorageV2 switzerlandnorth TLS1_2 False True True 14 Rejected")]
    public async Task Whatever_is_wrong_with_an_account_is_seen(AzureFault fault, string seen)
    {
        _world.Tenants.BreakAzure(fault);
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        var a = (await anna.Storage.FindAccountAsync(anna.Access, Id, Never)).ShouldNotBeNull();

        var endpoints = string.Concat(a.PrivateEndpoints.Select(e => e.State));
        $"{a.Kind} {a.Location} {a.MinimumTls} {a.AllowsAnonymousAccess} {a.IsOpenToNetworks} {a.HasVersioning} {a.SoftDeleteDays} {endpoints}".ShouldBe(seen);
    }

    [Theory]
    [InlineData(AzureFault.None, "StorageV2", false, true)]
    [InlineData(AzureFault.NoBlobService, "FileStorage", false, false)]
    [InlineData(AzureFault.PageBlobs, "StorageV2", false, false)]
    [InlineData(AzureFault.Hierarchical, "StorageV2", true, true)]
    public async Task What_an_account_is_for_life_is_seen(AzureFault fault, string kind, bool hierarchical, bool holdsBlobs)
    {
        _world.Tenants.BreakAzure(fault);
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        var account = (await anna.Storage.FindAccountAsync(anna.Access, Id, Never)).ShouldNotBeNull();

        (account.Kind, account.IsHierarchical, account.HoldsBlobs).ShouldBe((kind, hierarchical, holdsBlobs));
    }

    [Fact]
    public async Task A_missing_registration_and_immutability_are_seen()
    {
        using var anna = await AzurePerson.SignInAsync(_world, Anna);

        _world.Tenants.BreakAzure(AzureFault.NoNetworkProvider);
        (await anna.Storage.GetProviderStateAsync(anna.Access, Id.SubscriptionId, "Microsoft.Network", Never)).ShouldBe("NotRegistered");
        _world.Tenants.BreakAzure(AzureFault.NoImmutability);
        (await anna.Storage.FindContainerAsync(anna.Access, Id, Container, Never))!.HasImmutability.ShouldBeFalse();
        _world.Tenants.BreakAzure(AzureFault.None);
        (await anna.Storage.FindContainerAsync(anna.Access, Id, Container, Never))!.HasImmutability.ShouldBeTrue();
    }
}
