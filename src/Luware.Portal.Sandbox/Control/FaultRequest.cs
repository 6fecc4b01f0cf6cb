using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Control;

/// <summary>Faults to switch; null leaves a fault as it is. Times are in seconds.</summary>
internal sealed record FaultRequest
{
    /// <summary>Id or domain of the tenant to which they apply; empty for all tenants.</summary>
    public string? Tenant { get; init; }

    /// <summary>Switches every fault off, before the others of this request are switched on.</summary>
    public bool? Clear { get; init; }

    public double? ConsentDelay { get; init; }

    public bool? ConsentDenied { get; init; }

    public bool? ConsentPartial { get; init; }

    public bool? UserConsentOff { get; init; }

    public bool? SecondFactor { get; init; }

    public ProofForWrites? ProofForWrites { get; init; }

    public double? VisibilityDelay { get; init; }

    public int? GroupHiddenFor { get; init; }

    public double? EffectiveDelay { get; init; }

    public double? EffectiveSpread { get; init; }

    public double? AccessTokenLifetime { get; init; }

    public int? TeamsBusy { get; init; }

    /// <summary>Id or domain of the tenant for which Get-CsTenant answers instead of its own.</summary>
    public string? TeamsAnswersFor { get; init; }

    /// <summary>Object id or sign-in name of the person whose sign-ins end.</summary>
    public string? RevokeSignIns { get; init; }

    public bool? ForeignNextLink { get; init; }

    /// <summary>The name of a group that somebody creates by hand, possibly a second one of the same name.</summary>
    public string? GroupMade { get; init; }

    public Failures? Graph { get; init; }

    public Failures? Arm { get; init; }

    public Refusal? Teams { get; init; }

    public Loss? Worker { get; init; }

    public Slowness? Cmdlet { get; init; }

    public AzureFault? Azure { get; init; }

    internal sealed record Failures(int Times, int Status, string? RetryAfter = null, string? Call = null);

    internal sealed record Refusal(int Times, string Cmdlet, TeamsRefusal Kind);

    internal sealed record Loss(string Cmdlet, WorkerFaultKind Kind, bool AfterEffect = false);

    internal sealed record Slowness(string Name, double Before, double After = 0);

    /// <summary>Reads the control page's form, whose field names are paths such as Graph.Times.</summary>
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

    /// <summary>The first named tenant or person that this world does not have; null if it has all of them.</summary>
    public string? Unknown(SandboxTenants tenants) =>
        new[] { Tenant, TeamsAnswersFor }.FirstOrDefault(name => name is { Length: > 0 } && tenants.Find(name) is null)
        ?? (RevokeSignIns is { Length: > 0 } person && tenants.FindPerson(person) is null ? person : null);

    public void ApplyTo(SandboxFaults world, SandboxTenants tenants)
    {
        var only = tenants.Find(Tenant);
        var faults = only is null ? world : world.Of(only);
        if (Clear is true)
            faults.Clear();
        if ((Clear is true ? AzureFault.None : Azure) is { } azure)
            tenants.BreakAzure(faults.Azure = azure, only);
        SwitchTimes(faults);
        SwitchAnswers(faults, tenants);
        Count(faults);
        foreach (var tenant in GroupMade is { Length: > 0 } ? tenants.All.Where(t => (only ?? t) == t) : [])
            tenant.MakeGroup(GroupMade!);
    }

    private void SwitchTimes(SandboxFaults faults)
    {
        faults.ConsentDelay = Seconds(ConsentDelay, faults.ConsentDelay);
        faults.VisibilityDelay = Seconds(VisibilityDelay, faults.VisibilityDelay);
        faults.EffectiveDelay = Seconds(EffectiveDelay, faults.EffectiveDelay);
        faults.EffectiveSpread = Seconds(EffectiveSpread, faults.EffectiveSpread);
        faults.GroupHiddenFor = GroupHiddenFor ?? faults.GroupHiddenFor;
        if (AccessTokenLifetime is { } lifetime)
            faults.AccessTokenLifetime = TimeSpan.FromSeconds(lifetime);
    }

    private void SwitchAnswers(SandboxFaults faults, SandboxTenants tenants)
    {
        faults.ConsentDenied = ConsentDenied ?? faults.ConsentDenied;
        faults.ConsentPartial = ConsentPartial ?? faults.ConsentPartial;
        faults.UserConsentOff = UserConsentOff ?? faults.UserConsentOff;
        faults.SecondFactor = SecondFactor ?? faults.SecondFactor;
        faults.ProofForWrites = ProofForWrites ?? faults.ProofForWrites;
        faults.ForeignNextLink = ForeignNextLink ?? faults.ForeignNextLink;
        if (TeamsAnswersFor is not null)
            faults.TeamsAnswersFor = tenants.Find(TeamsAnswersFor)?.Id;
        if (tenants.FindPerson(RevokeSignIns) is { Person: var person })
            faults.RevokeSignIns(person.Id);
    }

    private void Count(SandboxFaults faults)
    {
        if (TeamsBusy is { } busy)
            faults.BusyTeams(busy);
        if (Graph is { } graph)
            faults.FailGraph(graph.Times, graph.Status, Empty(graph.RetryAfter), graph.Call ?? "");
        if (Arm is { } arm)
            faults.FailAzure(arm.Times, arm.Status, Empty(arm.RetryAfter), arm.Call ?? "");
        if (Teams is { Cmdlet.Length: > 0 } refusal)
            faults.RefuseTeams(refusal.Times, refusal.Cmdlet, refusal.Kind);
        if (Worker is { Cmdlet.Length: > 0 } loss)
            faults.LoseWorker(loss.Cmdlet, loss.Kind, loss.AfterEffect);
        if (Cmdlet is { Name.Length: > 0 } slow)
            faults.Delay(slow.Name, TimeSpan.FromSeconds(slow.Before), TimeSpan.FromSeconds(slow.After));
    }

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static TimeSpan Seconds(double? asked, TimeSpan otherwise) => asked is { } seconds ? TimeSpan.FromSeconds(seconds) : otherwise;
}
