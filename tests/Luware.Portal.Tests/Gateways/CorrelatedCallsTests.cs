using System.Diagnostics;
using System.Net;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Gateways;

/// <summary>The correlation ids for Microsoft's support: the portal's and the service's.</summary>
public sealed class CorrelatedCallsTests : IDisposable
{
    private const string Theirs = "11111111-2222-3333-4444-555555555555";

    private static readonly TenantAccess Access = new(Guid.NewGuid(), Guid.NewGuid(), "account", "session");
    private static readonly StorageAccountId Account = new(Guid.NewGuid(), "recording", "contosorecordings");

    private readonly Guid _run = Guid.CreateVersion7();
    private readonly ScriptedGraph _graph = new();
    private readonly ScriptedAzure _azure = new();

    public void Dispose()
    {
        _graph.Dispose();
        _azure.Dispose();
    }

    [Fact]
    public async Task Within_a_run_graph_hears_the_runs_id()
    {
        Correlation.Begin(_run);
        _graph.Answers(HttpStatusCode.NotFound).Answers(HttpStatusCode.NotFound);

        await FindAsync();
        await FindAsync();

        Sent("client-request-id").ShouldBe([$"{_run}", $"{_run}"]);
        Sent("return-client-request-id").ShouldBe(["true", "true"]);
    }

    [Fact]
    public async Task Outside_of_runs_each_request_has_an_id_and_keeps_it_when_it_is_tried_again()
    {
        _graph.Answers(HttpStatusCode.ServiceUnavailable, retryAfter: "0").Answers(HttpStatusCode.NotFound).Answers(HttpStatusCode.NotFound);

        await FindAsync();
        await FindAsync();

        Sent("client-request-id").ShouldAllBe(id => Guid.Parse(id) != Guid.Empty);
        Sent("client-request-id").Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_shows_both_ids()
    {
        Correlation.Begin(_run);
        _graph.Answers(HttpStatusCode.Forbidden, ScriptedGraph.Error("Authorization_RequestDenied", "Insufficient privileges."));

        var answer = (await Should.ThrowAsync<RefusedException>(FindAsync)).Answer!;

        answer.WordForWord.ShouldBe(
            "Microsoft Graph: Insufficient privileges.\nAuthorization_RequestDenied 403\n"
            + $"correlation id 94fb3b52-452a-4535-a601-69e0a90e3aa2\nclient request id {_run}");
    }

    [Fact]
    public async Task Log_and_trace_hold_both_ids_and_not_whom_was_asked_about()
    {
        Correlation.Begin(_run);
        _graph.Answers(HttpStatusCode.NotFound);
        using var activity = new Activity("action").Start();

        await FindAsync();

        _graph.Log.Lines.ShouldBe([$"Microsoft Graph answered 404: its request id {Theirs}, our client request id {_run}"]);
        activity.Events.ShouldHaveSingleItem().Tags.ShouldBe(
            [new("service", "Microsoft Graph"), new("status", 404), new("client_request_id", $"{_run}"), new("request_id", Theirs)], ignoreOrder: true);
    }

    [Fact]
    public async Task Resource_manager_hears_the_runs_id_and_a_refusal_shows_it()
    {
        Correlation.Begin(_run);
        _azure.Answers(HttpStatusCode.Forbidden, ScriptedAzure.Error("AuthorizationFailed"));

        var refused = await Should.ThrowAsync<RefusedException>(() =>
            _azure.Storage.GetProviderStateAsync(Access, Account.SubscriptionId, "Microsoft.Network", default));

        _azure.ClientRequestIds.ShouldBe([$"{_run}"]);
        (refused.Answer!.CorrelationId, refused.Answer.ClientRequestId).ShouldBe(("the-correlation", $"{_run}"));
    }

    [Fact]
    public async Task Storage_hears_the_runs_id_and_a_refusal_shows_it()
    {
        Correlation.Begin(_run);
        _azure.Answers(HttpStatusCode.OK, """{ "properties": { "primaryEndpoints": { "blob": "https://contosorecordings.blob.core.windows.net/" } } }""")
            .Answers(HttpStatusCode.Forbidden, ScriptedAzure.Error("AuthorizationFailure"));

        var refused = await Should.ThrowAsync<RefusedException>(() => _azure.Storage.ProbeAsync(Access, Account, "luware-recording", default));

        _azure.ClientRequestIds.ShouldBe([$"{_run}", $"{_run}"]);
        refused.Answer!.ClientRequestId.ShouldBe($"{_run}");
    }

    private Task FindAsync() => _graph.Directory.FindGroupAsync(Access, Guid.NewGuid(), default);

    private IEnumerable<string> Sent(string header) => _graph.Requests.SelectMany(r => r.Headers.GetValues(header));
}
