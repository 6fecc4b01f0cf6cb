using System.Net;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Gateways.Graph;

public sealed class GraphPagingTests : IDisposable
{
    private static readonly TenantAccess Access = new(Guid.NewGuid(), Guid.NewGuid(), "account", "session");
    private static readonly Guid GroupId = Guid.NewGuid();

    private readonly ScriptedGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task Every_page_is_read_also_after_an_empty_one()
    {
        var next = "https://graph.test/v1.0/groups/x/members?$top=2&$skiptoken=X%274453%27";
        _graph.Answers(HttpStatusCode.OK, Page(next, User("Ada"), User("Bert")))
            .Answers(HttpStatusCode.OK, Page(next + "2"))
            .Answers(HttpStatusCode.OK, Page(
                null, User("Cleo"), """{"@odata.type":"#microsoft.graph.group","id":"45b7d2e7-b882-4a80-ba97-10b7a63b8fa4","displayName":"Nested"}"""));

        var members = await MembersAsync();

        members.Select(m => (m.Kind, m.DisplayName)).ShouldBe([
            (MemberKind.User, "Ada"), (MemberKind.User, "Bert"), (MemberKind.User, "Cleo"), (MemberKind.Group, "Nested")]);
        _graph.Requests[1].RequestUri!.AbsoluteUri.ShouldBe(next);
        _graph.Requests.Select(r => $"{r.Headers.Authorization}").ShouldBe(Enumerable.Repeat("Bearer Directory-1", 3));
    }

    [Theory]
    [InlineData("https://graph.elsewhere.example/v1.0/groups/x/members?$skiptoken=1")]
    [InlineData("http://graph.test/v1.0/groups/x/members?$skiptoken=1")]
    [InlineData("https://graph.test:8443/v1.0/groups/x/members?$skiptoken=1")]
    [InlineData("/v1.0/groups/x/members?$skiptoken=1")]
    public async Task A_link_to_another_place_is_never_followed(string link)
    {
        _graph.Answers(HttpStatusCode.OK, Page(link, User("Ada")));

        var refused = await Should.ThrowAsync<RefusedException>(MembersAsync);

        refused.Answer!.Code.ShouldBe("nextLink");
        _graph.Requests.Count.ShouldBe(1);
    }

    private Task<IReadOnlyList<GroupMember>> MembersAsync() => _graph.Directory.GetMembersAsync(Access, GroupId, TestContext.Current.CancellationToken);

    private static string Page(string? next, params IEnumerable<string> items) =>
        $$"""{ {{(next is null ? "" : $"\"@odata.nextLink\": \"{next}\",")}} "value": [{{string.Join(',', items)}}] }""";

    private static string User(string name) =>
        $$"""{"@odata.type":"#microsoft.graph.user","id":"{{Guid.NewGuid()}}","displayName":"{{name}}","userPrincipalName":"{{name}}@contoso.com"}""";
}
