using Luware.Onboarding.Data;
using Luware.Onboarding.Tests.Data;

namespace Luware.Portal.Tests.Doubles;

/// <summary>The stand-in keeps to the rules of the real tables.</summary>
public sealed class MemoryStoresTests : SessionRules
{
    private readonly MemoryStores _stores = new(TimeProvider.System);

    protected override ISessions Sessions => _stores;

    protected override ITokenCaches Caches => _stores;

    protected override DateTimeOffset Now => DateTimeOffset.UtcNow;
}
