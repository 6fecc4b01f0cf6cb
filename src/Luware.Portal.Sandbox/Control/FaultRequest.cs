using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Control;

/// <summary>Faults to switch; what is left away stays as it is. Times are in seconds.</summary>
internal sealed record FaultRequest(
    bool? Clear = null,
    double? ConsentDelay = null,
    bool? ConsentDenied = null,
    double? VisibilityDelay = null,
    double? EffectiveDelay = null,
    double? AccessTokenLifetime = null,
    int? TeamsBusy = null,
    string? TeamsAnswersFor = null,
    string? RevokeSignIns = null,
    FaultRequest.Failures? Graph = null,
    FaultRequest.Loss? Worker = null,
    FaultRequest.Slowness? Cmdlet = null,
    AzureFault? Azure = null)
{
    internal sealed record Failures(int Times, int Status, string? RetryAfter = null);

    internal sealed record Loss(string Cmdlet, WorkerFaultKind Kind, bool AfterEffect = false);

    internal sealed record Slowness(string Name, double Before, double After = 0);

    /// <summary>From the control page's form, whose field names are paths: Graph.Times.</summary>
    public static FaultRequest From(IFormCollection form)
    {
        var json = new JsonObject();
        foreach (var (path, value) in form)
        {
            var parent = json;
            if (path.Split('.') is [var first, _])
                parent = (JsonObject)(json[first] ??= new JsonObject());
            parent[path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]] = bool.TryParse(value, out var flag) ? flag : value.ToString();
        }

        return json.Deserialize<FaultRequest>(JsonSerializerOptions.Web)!;
    }

    public void ApplyTo(SandboxFaults faults, SandboxTenants tenants)
    {
        if (Clear is true)
            faults.Clear();
        if ((Clear is true ? AzureFault.None : Azure) is { } azure)
            tenants.BreakAzure(faults.Azure = azure);
        faults.ConsentDelay = Seconds(ConsentDelay, faults.ConsentDelay);
        faults.ConsentDenied = ConsentDenied ?? faults.ConsentDenied;
        faults.VisibilityDelay = Seconds(VisibilityDelay, faults.VisibilityDelay);
        faults.EffectiveDelay = Seconds(EffectiveDelay, faults.EffectiveDelay);
        faults.AccessTokenLifetime = Seconds(AccessTokenLifetime, faults.AccessTokenLifetime);
        if (TeamsBusy is { } busy)
            faults.BusyTeams(busy);
        if (TeamsAnswersFor is not null)
            faults.TeamsAnswersFor = tenants.Find(TeamsAnswersFor)?.Id;
        if (tenants.FindPerson(RevokeSignIns) is { Person: var person })
            faults.RevokeSignIns(person.Id);
        if (Graph is { Times: > 0 } failures)
            faults.FailGraph(failures.Times, failures.Status, string.IsNullOrEmpty(failures.RetryAfter) ? null : failures.RetryAfter);
        if (Worker is { Cmdlet.Length: > 0 } loss)
            faults.LoseWorker(loss.Cmdlet, loss.Kind, loss.AfterEffect);
        if (Cmdlet is { Name.Length: > 0 } slow)
            faults.Delay(slow.Name, TimeSpan.FromSeconds(slow.Before), TimeSpan.FromSeconds(slow.After));
    }

    private static TimeSpan Seconds(double? asked, TimeSpan otherwise) => asked is { } seconds ? TimeSpan.FromSeconds(seconds) : otherwise;
}
