using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Luware.Onboarding.Engine;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Deployment;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Operations;

/// <summary>docs/operations.md lists every metric of the portal's own, and none that is not there.</summary>
public sealed partial class MetricsListTests
{
    [Fact]
    public async Task The_list_of_metrics_is_what_the_portal_measures()
    {
        var instruments = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                lock (instruments)
                {
                    if (instrument.Meter.Name.StartsWith("Luware.", StringComparison.Ordinal))
                        instruments.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, [new("Teams:WarmWorkers", "0")]);
        var assemblies = new[] { typeof(IEngine).Assembly, typeof(PortalApp).Assembly, typeof(TeamsCommand).Assembly };
        foreach (var owner in assemblies.SelectMany(a => a.GetTypes()).Where(MakesMeters))
            portal.Services.GetRequiredService(owner);

        lock (instruments)
            Listed().ShouldBe(instruments);
    }

    private static bool MakesMeters(Type type) =>
        type is { IsAbstract: false }
        && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public).Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(IMeterFactory)));

    /// <summary>The first cell of each row of the table of metrics.</summary>
    private static IEnumerable<string> Listed() =>
        File.ReadLines(RepositoryFile.Path("docs/operations.md"))
            .SkipWhile(line => line != "## Metrics").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => Row().Match(line)).Where(m => m.Success).Select(m => m.Groups["name"].Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^\| `(?<name>[a-z_.]+)` \|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
