using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Luware.Portal.Operations;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Operations;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.Portal.Tests.Deployment;

/// <summary>
/// deploy/alerts.yaml against a running portal: every metric that a rule asks for is an instrument that the portal exports, under the name that Prometheus
/// makes of it. <see cref="AlertRulesTests"/> compares the portal's own with the documents, tags included.
/// </summary>
[Collection(nameof(TelemetryTests))]
public sealed partial class AlertMetricsTests(OtlpReceiver collector) : IClassFixture<OtlpReceiver>
{
    private static readonly string Rules = RepositoryFile.Read("deploy/alerts.yaml");

    [Fact]
    public async Task Every_metric_of_a_rule_is_one_that_the_portal_exports_and_has_the_labels_that_the_rule_asks_for()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (!Telemetry.Exports(instrument.Meter))
                    return;
                lock (names)
                    names.UnionWith(NamesOf(instrument));
            },
        };
        listener.Start();
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, [.. collector.Settings, new("Teams:WarmWorkers", "0")]);
        using var anna = new Visitor(world.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person);
        foreach (var path in (string[])["/sign-in", "/consent/landing?state=guessed&error=access_denied", HealthPaths.Ready])
            await anna.GoAsync(new Uri(portal.Address, path));
        using var page = await PageConnection.OpenAsync(anna, portal.Address, bySocket: true);

        var used = Metric().Matches(Rules).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToList();
        used.Count.ShouldBeGreaterThan(12);
        await Until.TrueAsync(() => Missing(used, names).Count == 0, $"there is each of {string.Join(", ", used)}");

        // The framework's labels, under the names with dots that they are exported by, and with the values that the rules compare.
        string[] exported = ["http.server.request.duration", "http.route", HealthPaths.Ready, "http.response.status_code", "service.instance.id"];
        foreach (var text in exported)
            await collector.ReceivesAsync("metrics", text);
        AlertRulesTests.Selector().Matches(Rules).Where(m => m.Groups["metric"].Value.StartsWith("http_", StringComparison.Ordinal))
            .SelectMany(m => m.Groups["label"].Captures).Select(c => c.Value)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(["http_response_status_code", "http_route", "job"]);
    }

    private static List<string> Missing(IEnumerable<string> used, HashSet<string> names)
    {
        lock (names)
            return [.. used.Where(name => !names.Contains(name))];
    }

    /// <summary>How Prometheus names what it receives by OTLP: dots become underscores, then the unit follows, and _total for a sum that only grows.</summary>
    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        // A unit in braces is only a remark, and one that the name holds already is not added.
        if (instrument.Unit switch { "s" => "seconds", "By" => "bytes", _ => "" } is { Length: > 0 } unit && !name.Contains(unit, StringComparison.Ordinal))
            name = $"{name}_{unit}";
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return kind == typeof(Histogram<>) ? [$"{name}_bucket", $"{name}_count", $"{name}_sum"]
            : kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? [$"{name}_total"]
            : [name];
    }

    [GeneratedRegex(@"\b(onboarding|portal|teams|http|aspnetcore|kestrel)_[a-z_]+(?=[\[{)]| [=><]| offset)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();
}
