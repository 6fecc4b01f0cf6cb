using Luware.Onboarding.Regions;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Doubles;

/// <summary>The article's two regions; Germany's applications redirect to the portal.</summary>
internal sealed class FakeRegions : IRegionCatalog
{
    public static readonly Region Switzerland = new(
        "MTCH", "Multi-Tenant Switzerland",
        [new RecordingApplication(1, Applications.Switzerland1, "Luware Recording MTCH 1", "luwarerecording-mtch-1", new Uri("https://luware.com"))])
    {
        Chat = new ChatApplication(Applications.Chat, "Luware Recording Chat", null),
    };

    public static readonly Region Germany = new(
        "MTDE", "Multi-Tenant Germany",
        [
            new RecordingApplication(1, Applications.Germany1, "Luware Recording MTDE 1", "luwarerecording-mtde-1", null),
            new RecordingApplication(2, Applications.Germany2, "Luware Recording MTDE 2", "luwarerecording-mtde-2", null),
        ]);

    public IReadOnlyCollection<Region> All { get; } = [Switzerland, Germany];

    public Region? Find(string key) => All.FirstOrDefault(r => r.Key == key);
}
