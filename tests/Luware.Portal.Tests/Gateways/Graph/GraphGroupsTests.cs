using System.Net;
using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using Person = Luware.Onboarding.Gateways.Person;

namespace Luware.Portal.Tests.Gateways.Graph;

public sealed class GraphGroupsTests : IAsyncLifetime
{
    private static readonly NewGroup Recorded = new("LuwareRecording-RecordedUsers", "Recorded people", "luwarerecording-recordedusers-1a2b3c4d");

    private TestPortal _portal = null!;

    private IDirectory Directory => _portal.Services.GetRequiredService<IDirectory>();

    private SandboxTenant Contoso => _portal.World.Tenants.Contoso;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_group_is_made_once_however_often_it_is_asked_for()
    {
        var access = await SignInAsync("anna.keller@contoso.com");

        await Directory.CreateGroupAsync(access, Recorded, CancellationToken.None);
        await Directory.CreateGroupAsync(access, Recorded, CancellationToken.None);

        var made = (await Directory.FindGroupsAsync(access, Recorded.DisplayName, CancellationToken.None)).ShouldHaveSingleItem();
        (made.SecurityEnabled, made.MailEnabled, made.TakesMembers).ShouldBe((true, false, true));
        (await Directory.FindGroupAsync(access, Recorded.UniqueName, CancellationToken.None)).ShouldBe(made);
        Contoso.Writes.Count(w => w.What == "PATCH /groups").ShouldBe(1);
    }

    [Fact]
    public async Task A_group_that_does_not_show_yet_is_not_made_a_second_time_and_takes_its_first_member_after_a_while()
    {
        var access = await SignInAsync("anna.keller@contoso.com");
        _portal.World.Faults.VisibilityDelay = TimeSpan.FromHours(1);
        await Directory.CreateGroupAsync(access, Recorded, CancellationToken.None);
        await Directory.CreateGroupAsync(access, Recorded, CancellationToken.None);
        var id = Contoso.Groups.Single(g => g.UniqueName == Recorded.UniqueName).Id;

        (await Directory.FindGroupsAsync(access, Recorded.DisplayName, CancellationToken.None)).ShouldBeEmpty();
        (await Directory.FindGroupAsync(access, Recorded.UniqueName, CancellationToken.None)).ShouldBeNull();
        (await Should.ThrowAsync<RefusedException>(() => AddAsync(access, id, GroupRelation.Member))).Answer!.Category.ShouldBe("404");
    }

    [Fact]
    public async Task Members_and_owners_are_added_and_whoever_is_there_already_is_a_400()
    {
        var access = await SignInAsync("anna.keller@contoso.com");
        await Directory.CreateGroupAsync(access, Recorded, CancellationToken.None);
        var group = (await Directory.FindGroupAsync(access, Recorded.UniqueName, CancellationToken.None))!;

        await AddAsync(access, group.Id, GroupRelation.Member);
        await AddAsync(access, group.Id, GroupRelation.Owner);

        (await Directory.GetMembersAsync(access, group.Id, CancellationToken.None)).Single().DisplayName.ShouldBe("Nina Graf");
        (await Directory.GetOwnersAsync(access, group.Id, CancellationToken.None)).Single().DisplayName.ShouldBe("Nina Graf");
        (await Should.ThrowAsync<RefusedException>(() => AddAsync(access, group.Id, GroupRelation.Member))).Answer!.Category.ShouldBe("400");
        Contoso.Writes.Count(w => w.What.StartsWith("POST /groups", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_group_that_a_rule_or_another_directory_fills_takes_nobody()
    {
        var access = await SignInAsync("anna.keller@contoso.com");
        var groups = (await Directory.FindGroupsAsync(access, "", CancellationToken.None)).Where(g => g.IsDynamic || g.IsSynced).ToList();

        groups.Count.ShouldBe(2);
        groups.ShouldAllBe(g => !g.TakesMembers);
        foreach (var group in groups)
            (await Should.ThrowAsync<RefusedException>(() => AddAsync(access, group.Id, GroupRelation.Member))).Answer!.Category.ShouldBe("400");
    }

    [Fact]
    public async Task A_group_under_restricted_management_takes_nobody_even_from_a_Global_Administrator()
    {
        var access = await SignInAsync("anna.keller@contoso.com");
        var restricted = new DirectoryGroup(Guid.NewGuid(), "Board", "", GroupKind.Security, []) { IsRestricted = true };
        Contoso.Change(() => Contoso.Groups = Contoso.Groups.Add(restricted));

        var group = (await Directory.FindGroupAsync(access, restricted.Id, CancellationToken.None))!;

        (group.IsRestricted, group.TakesMembers).ShouldBe((true, false));
        (await Should.ThrowAsync<RefusedException>(() => AddAsync(access, group.Id, GroupRelation.Member))).Answer!.Category.ShouldBe("403");
    }

    [Fact]
    public async Task Who_has_consented_to_reading_alone_reads_and_is_asked_for_more_before_a_write()
    {
        var access = await SignInAsync("anna.keller@contoso.com", makesGroups: false);

        (await Directory.SearchPeopleAsync(access, "nina", CancellationToken.None)).ShouldHaveSingleItem();
        var missing = await Should.ThrowAsync<ScopesMissingException>(() => Directory.CreateGroupAsync(access, Recorded, CancellationToken.None));

        missing.Scopes.ShouldContain("Group.ReadWrite.All");
        Contoso.Writes.ShouldNotContain(w => w.What == "PATCH /groups");
    }

    [Fact]
    public async Task A_role_that_ended_meanwhile_is_a_refusal()
    {
        var access = await SignInAsync("anna.keller@contoso.com");
        Contoso.SetRoles(access.PersonId, Roles.GlobalReader);

        (await Should.ThrowAsync<RefusedException>(() => Directory.CreateGroupAsync(access, Recorded, CancellationToken.None)))
            .Answer!.Code.ShouldBe("Authorization_RequestDenied");
    }

    [Theory]
    [InlineData("gra", "Nina Graf")]
    [InlineData("nina.graf@contoso", "Nina Graf")]
    [InlineData("Lea Wid", "Lea Widmer")]
    [InlineData("x\" OR \"displayName:Nina", null)]
    [InlineData("\\", null)]
    public async Task People_are_found_by_the_beginning_of_a_name_and_a_quote_is_a_quote(string text, string? name)
    {
        var access = await SignInAsync("anna.keller@contoso.com");

        var people = await Directory.SearchPeopleAsync(access, text, CancellationToken.None);

        people.Select(p => p.Name).ShouldBe(name is null ? [] : [name]);
    }

    [Fact]
    public async Task Without_a_text_a_few_people_are_offered_and_one_is_found_by_id()
    {
        var access = await SignInAsync("katrin.vogel@fabrikam.de");

        (await Directory.SearchPeopleAsync(access, "", CancellationToken.None)).Count.ShouldBe(8);
        (await Directory.FindPersonAsync(access, access.PersonId, CancellationToken.None))
            .ShouldBe(new Person(access.PersonId, "Katrin Vogel", "katrin.vogel@fabrikam.de"));
        (await Directory.FindPersonAsync(access, Guid.NewGuid(), CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("")]
    public async Task Somebody_of_another_tenant_is_not_offered_even_as_a_member(string text)
    {
        var access = await SignInAsync("anna.keller@contoso.com");
        Contoso.Change(() => Contoso.People = Contoso.People.Insert(0, Contoso.People[0] with
        {
            Id = Guid.NewGuid(), DisplayName = "Anna Sister", UserPrincipalName = "anna_sister.com#EXT#@contoso.onmicrosoft.com",
        }));

        var people = await Directory.SearchPeopleAsync(access, text, CancellationToken.None);

        people.ShouldContain(p => p.Name == "Anna Keller");
        people.ShouldNotContain(p => p.Name == "Anna Sister");
    }

    [Fact]
    public async Task Licences_in_their_grace_period_count_and_suspended_ones_do_not()
    {
        using var graph = new ScriptedGraph();
        graph.Answers(
            HttpStatusCode.OK, """{"value": [{"skuPartNumber": "SPE_E5", "prepaidUnits": {"enabled": 3, "warning": 20, "suspended": 100}}]}""");

        (await graph.Directory.GetLicencesAsync(new TenantAccess(Guid.NewGuid(), Guid.NewGuid(), "account", "session"), CancellationToken.None))
            .ShouldBe([new Licence("SPE_E5", 23)]);
    }

    [Fact]
    public async Task Licences_are_read_by_product()
    {
        var access = await SignInAsync("anna.keller@contoso.com");

        (await Directory.GetLicencesAsync(access, CancellationToken.None)).ShouldBe([new Licence("SPE_E5", Contoso.People.Count + 5)]);
    }

    [Fact]
    public async Task A_write_is_never_repeated_without_a_reading_and_says_when_to_come_again()
    {
        using var graph = new ScriptedGraph();
        graph.Answers(HttpStatusCode.TooManyRequests, ScriptedGraph.Error("TooManyRequests", "Please retry again later."), "0.5");

        var busy = await Should.ThrowAsync<TransientException>(() => graph.Directory.CreateGroupAsync(
            new TenantAccess(Guid.NewGuid(), Guid.NewGuid(), "account", "session"), Recorded, CancellationToken.None));

        busy.RetryAfter.ShouldBe(TimeSpan.FromSeconds(0.5));
        var request = graph.Requests.ShouldHaveSingleItem();
        (request.Method, request.RequestUri!.AbsolutePath).ShouldBe((HttpMethod.Patch, "/v1.0/groups(uniqueName='luwarerecording-recordedusers-1a2b3c4d')"));
        request.Headers.GetValues("Prefer").ShouldBe(["create-if-missing"]);
    }

    [Fact]
    public async Task A_reference_to_a_person_names_the_cloud_that_is_asked()
    {
        var (graph, group, person, body) = (new ScriptedGraph(), Guid.NewGuid(), Guid.NewGuid(), "");
        using var _ = graph;
        graph.Answers(request =>
        {
            body = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        });

        await graph.Directory.AddToGroupAsync(
            new TenantAccess(Guid.NewGuid(), Guid.NewGuid(), "account", "session"), group, GroupRelation.Member, person, CancellationToken.None);

        graph.Requests.Single().RequestUri!.AbsolutePath.ShouldBe($"/v1.0/groups/{group}/members/$ref");
        body.ShouldContain($"https://graph.test/v1.0/directoryObjects/{person}");
    }

    private Task AddAsync(TenantAccess access, Guid group, GroupRelation place) =>
        Directory.AddToGroupAsync(access, group, place, Contoso.People.Single(p => p.DisplayName == "Nina Graf").Id, CancellationToken.None);

    private async Task<TenantAccess> SignInAsync(string userPrincipalName, bool makesGroups = true)
    {
        var tenant = _portal.World.Tenants.FindPerson(userPrincipalName)!.Value.Tenant;
        _portal.Engine.View = makesGroups ? Views.Of(FakeRegions.Switzerland, tenant.Id) : null;
        var (visitor, access) = await _portal.SignInAsync(userPrincipalName, more: true);
        visitor.Dispose();
        return access;
    }
}
