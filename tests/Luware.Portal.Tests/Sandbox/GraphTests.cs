using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Sandbox;

public sealed class GraphTests : SandboxTest
{
    [Fact]
    public async Task A_fresh_sign_in_reads_its_own_profile_and_the_verified_domains()
    {
        using var katrin = Person(Tenants.Fabrikam, "Katrin Vogel");
        var token = await GraphTokenAsync(katrin, "User.Read");

        var me = await GraphAsync(token, "/me");
        var organization = (await GraphAsync(token, "/organization")).Body.GetProperty("value")[0];

        me.Body.GetProperty("userPrincipalName").GetString().ShouldBe("katrin.vogel@fabrikam.de");
        organization.GetProperty("id").GetGuid().ShouldBe(Tenants.Fabrikam.Id);
        organization.GetProperty("countryLetterCode").GetString().ShouldBeNull();
        organization.GetProperty("verifiedDomains").EnumerateArray().Select(d => (d.GetProperty("name").GetString(), d.GetProperty("type").GetString()))
            .ShouldBe([("fabrikam.de", "Managed"), ("fabrikam.onmicrosoft.com", "Managed"), ("corp.fabrikam.de", "Federated")]);
    }

    [Fact]
    public async Task A_scope_that_is_missing_in_the_token_is_403_with_ids_for_support()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var token = await GraphTokenAsync(anna, "User.Read");

        var (status, body, headers) = await GraphAsync(token, "/groups");

        status.ShouldBe(403);
        body.GetProperty("error").GetProperty("code").GetString().ShouldBe("Authorization_RequestDenied");
        headers.GetValues("request-id").ShouldHaveSingleItem()
            .ShouldBe(body.GetProperty("error").GetProperty("innerError").GetProperty("request-id").GetString());
    }

    [Fact]
    public async Task An_expired_token_and_a_token_of_another_resource_are_401()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var signIn = await anna.SignInAsync(["User.Read", MsalPerson.TeamsScope], ["User.Read"]);
        var teams = await anna.SilentAsync(signIn.Account, force: false, MsalPerson.TeamsScope);
        World.Faults.AccessTokenLifetime = TimeSpan.FromTicks(1);
        var expired = await anna.SilentAsync(signIn.Account, force: true, "User.Read");

        (await GraphAsync(teams.AccessToken, "/me")).Status.ShouldBe(401);
        var (status, body, _) = await GraphAsync(expired.AccessToken, "/me");

        status.ShouldBe(401);
        body.GetProperty("error").GetProperty("code").GetString().ShouldBe("InvalidAuthenticationToken");
    }

    [Fact]
    public async Task Members_come_in_pages_whose_link_is_followed_as_it_is()
    {
        using var katrin = Person(Tenants.Fabrikam, "Katrin Vogel");
        var token = await GraphTokenAsync(katrin, "Directory.Read.All");
        var group = Tenants.Fabrikam.Groups.Single(g => g.DisplayName == "LuwareRecording-RecordedUsers");
        var names = new List<string?>();
        var next = new Uri($"{World.GraphAddress}/groups/{group.Id}/members?$top=15&$select=id,displayName");
        var pages = 0;

        while (next is not null)
        {
            var page = (await GraphAsync(token, next)).Body;
            names.AddRange(page.GetProperty("value").EnumerateArray().Select(m => m.GetProperty("displayName").GetString()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!) : null;
            pages++;
        }

        pages.ShouldBe(3);
        names.Count.ShouldBe(40);
        names.Distinct(StringComparer.Ordinal).Count().ShouldBe(40);
    }

    [Fact]
    public async Task The_next_link_of_a_search_is_followed_as_it_is()
    {
        using var katrin = Person(Tenants.Fabrikam, "Katrin Vogel");
        var token = await GraphTokenAsync(katrin, "User.ReadBasic.All");
        var search = Uri.EscapeDataString("\"userPrincipalName:fabrikam\"");

        var first = await GraphAsync(token, $"/users?$search={search}&$count=true&$top=1");
        var second = await GraphAsync(token, new Uri(first.Body.GetProperty("@odata.nextLink").GetString()!));

        second.Status.ShouldBe(200, second.Body.ToString());
        second.Body.GetProperty("value")[0].GetProperty("id").GetString().ShouldNotBe(first.Body.GetProperty("value")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Who_may_not_read_people_gets_members_without_names()
    {
        using var katrin = Person(Tenants.Fabrikam, "Katrin Vogel");
        var token = await GraphTokenAsync(katrin, "GroupMember.Read.All");
        var group = Tenants.Fabrikam.Groups.Single(g => g.DisplayName == "LuwareRecording-RecordedUsers");

        var members = (await GraphAsync(token, $"/groups/{group.Id}/members")).Body.GetProperty("value").EnumerateArray().ToList();

        members.Count.ShouldBe(40);
        members.ShouldAllBe(m => m.GetProperty("displayName").GetString() == null && m.GetProperty("@odata.type").GetString() == "#microsoft.graph.user");
    }

    [Theory]
    [InlineData("displayName eq 'Trading Floor'", 2)]
    [InlineData("startswith(displayName,'LuwareRecording')", 3)]
    [InlineData("displayName eq 'O''Brien'", 0)]
    [InlineData("startswith(displayName,'luware') and (displayName eq 'LuwareRecording-Supervisors' or displayName eq 'Nobody')", 1)]
    public async Task Groups_are_found_by_filter(string filter, int count)
    {
        using var katrin = Person(Tenants.Fabrikam, "Katrin Vogel");
        var token = await GraphTokenAsync(katrin, "Group.Read.All");

        var groups = await GraphAsync(token, $"/groups?$filter={Uri.EscapeDataString(filter)}");

        groups.Status.ShouldBe(200, groups.Body.ToString());
        groups.Body.GetProperty("value").GetArrayLength().ShouldBe(count);
    }

    [Theory]
    [InlineData("displayName eq")]
    [InlineData("endswith(displayName,'x')")]
    [InlineData("displayName eq 'open")]
    public async Task A_filter_that_is_not_understood_is_400(string filter)
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var token = await GraphTokenAsync(anna, "Group.Read.All");

        (await GraphAsync(token, $"/groups?$filter={Uri.EscapeDataString(filter)}")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Active_roles_are_shown_and_eligible_ones_are_not()
    {
        const string path = "/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true";
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        using var marco = Person(Tenants.Contoso, "Marco Bernasconi");

        var active = await GraphAsync(await GraphTokenAsync(anna, "User.Read"), path);
        var eligible = await GraphAsync(await GraphTokenAsync(marco, "User.Read"), path);

        active.Body.GetProperty("value")[0].GetProperty("roleTemplateId").GetGuid().ShouldBe(Roles.GlobalAdministrator.TemplateId);
        eligible.Body.GetProperty("value").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(429, "0.5")]
    [InlineData(503, "2")]
    [InlineData(503, null)]
    public async Task Failures_are_given_as_often_as_asked_with_the_header_as_asked(int status, string? retryAfter)
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var token = await GraphTokenAsync(anna, "User.Read");
        World.Faults.FailGraph(times: 2, status, retryAfter);

        var first = await GraphAsync(token, "/me");
        var second = await GraphAsync(token, "/me");

        first.Status.ShouldBe(status);
        first.Headers.TryGetValues("Retry-After", out var values).ShouldBe(retryAfter is not null);
        values?.Single().ShouldBe(retryAfter);
        second.Status.ShouldBe(status);
        (await GraphAsync(token, "/me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_tenant_that_was_half_done_by_hand_shows_its_consent()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var token = await GraphTokenAsync(stefan, "Application.Read.All");

        var principals = (await GraphAsync(token, $"/servicePrincipals?$filter=appId eq '{Applications.Germany1}'")).Body.GetProperty("value");
        var byKey = await GraphAsync(token, $"/servicePrincipals(appId='{Applications.Germany2}')");

        principals[0].GetProperty("displayName").GetString().ShouldBe("Luware Recording MTDE 1");
        byKey.Status.ShouldBe(404);
    }
}
