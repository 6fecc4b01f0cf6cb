using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Azure;

/// <summary>Azure Resource Manager, limited to what onboarding needs for storage.</summary>
public static class ArmEndpoints
{
    public const string BasePath = "/azure";

    private const string Account = "/subscriptions/{subscription:guid}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}";
    private const string Provider = "/subscriptions/{subscription:guid}/providers/{provider}";

    public static IServiceCollection AddAzure(this IServiceCollection services, Azurite? azurite) => services
        .AddSingleton<ArmGate>()
        .AddSingleton(s => ActivatorUtilities.CreateInstance<BlobFront>(s, new BlobBackend(azurite)));

    public static void MapAzure(this IEndpointRouteBuilder routes)
    {
        var manager = routes.MapGroup(BasePath);
        Map(manager.MapGet, Account, call => ArmJson.Account(Existing(call)));
        Map(manager.MapGet, Account + "/blobServices/default", call => ArmJson.BlobService(WithBlobs(call)));
        Map(manager.MapGet, Account + "/blobServices/default/containers/{container}", call => ArmJson.Container(FindContainer(call)
            ?? throw new ArmException(ArmError.NoContainer)));
        Map(manager.MapPut, Account + "/blobServices/default/containers/{container}", CreateContainer);
        Map(manager.MapGet, Provider, call => ArmJson.Provider(call.Route("provider"), call.Account.IsNetworkRegistered));
        Map(manager.MapPost, Provider + "/register", Register);
        routes.Map(BlobFront.BasePath + "/{account}/{**path}", (HttpContext context, BlobFront blobs) => blobs.AnswerAsync(context));
    }

    private static void Map(Func<string, Delegate, IEndpointConventionBuilder> map, string path, Func<ArmCall, JsonObject> answer) =>
        map(path, (HttpContext context, ArmGate gate) => gate.AnswerAsync(context, answer));

    private static AzureAccount Existing(ArmCall call) =>
        call.Account is { Exists: true } account && call.Is("group", account.ResourceGroup) && call.Is("account", account.Name)
            ? account : throw new ArmException(ArmError.NoResource(call.Route("account")));

    private static AzureAccount WithBlobs(ArmCall call) =>
        Existing(call) is { HasBlobService: true } account ? account : throw new ArmException(ArmError.NoBlobs);

    private static AzureContainer? FindContainer(ArmCall call) => WithBlobs(call).Containers.Find(c => c.Name == call.Route("container"));

    private static JsonObject CreateContainer(ArmCall call)
    {
        var immutable = call.Body?["properties"]?["immutableStorageWithVersioning"]?["enabled"]?.GetValue<bool>() == true;
        return call.Tenant.Change(() =>
        {
            if (FindContainer(call) is { } found)
                return ArmJson.Container(found);
            if (immutable && !Existing(call).IsVersioned)
                throw new ArmException(ArmError.NeedsVersioning);

            var made = new AzureContainer(call.Route("container"), immutable);
            call.Tenant.Azure = Existing(call) with { Containers = Existing(call).Containers.Add(made) };
            call.Record("PUT container", made.Name);
            return ArmJson.Container(made);
        });
    }

    private static JsonObject Register(ArmCall call) => call.Tenant.Change(() =>
    {
        call.Tenant.Azure = call.Account with { IsNetworkRegistered = true };
        call.Record("POST register", call.Route("provider"));
        return ArmJson.Provider(call.Route("provider"), registered: true);
    });
}
