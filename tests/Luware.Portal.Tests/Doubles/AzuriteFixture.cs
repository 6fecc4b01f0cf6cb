using Luware.Portal.Sandbox.Azure;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Luware.Portal.Tests.Doubles;

/// <summary>One Azurite for all tests that write blobs, started with the first of them; every world has its own containers in it.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly Lazy<Task<Azurite?>> _azurite = new(() => Azurite.StartIfInstalledAsync(CancellationToken.None));

    /// <summary>A world with blobs; skips the test if there is no Azurite.</summary>
    /// <param name="prepared">Further tenants that are onboarded except for one thing.</param>
    public async Task<SandboxWorld> StartWorldAsync(params IReadOnlyList<Prepared> prepared)
    {
        var azurite = await _azurite.Value;
        Assert.SkipWhen(azurite is null, "Azurite is not installed: eng/test.sh does that.");
        return await SandboxWorld.StartAsync(new SandboxOptions { Azurite = azurite, Prepared = prepared });
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite.IsValueCreated && await _azurite.Value is { } azurite)
            await azurite.DisposeAsync();
    }
}
