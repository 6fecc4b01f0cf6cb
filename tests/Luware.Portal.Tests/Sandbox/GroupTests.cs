using System.Net.Http.Headers;
using System.Net.Http.Json;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Sandbox;

/// <summary>Entra's refusals when groups are written.</summary>
public sealed class GroupTests : SandboxTest
{
    private static readonly object Good = new { displayName = "Desk", mailEnabled = false, mailNickname = "desk-1", securityEnabled = true };

    [Theory]
    [InlineData("with space")]
    [InlineData("dot.ted")]
    [InlineData("brack[et]")]
    [InlineData("ümlaut")]
    [InlineData("")]
    public async Task A_mail_nickname_that_cannot_be_is_refused(string nickname)
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var token = await GraphTokenAsync(anna, "Group.ReadWrite.All");

        (await PatchAsync(token, new { displayName = "Desk", mailEnabled = false, mailNickname = nickname, securityEnabled = true })).ShouldBe(400);
        (await PatchAsync(token, new { displayName = "Desk", mailEnabled = false, mailNickname = new string('x', 65), securityEnabled = true })).ShouldBe(400);
        Tenants.Contoso.Groups.ShouldNotContain(g => g.DisplayName == "Desk");
    }

    [Fact]
    public async Task Without_the_preference_it_is_an_update_of_what_is_not_there()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var token = await GraphTokenAsync(anna, "Group.ReadWrite.All");

        (await PatchAsync(token, Good, prefer: null)).ShouldBe(404);
        (await PatchAsync(token, Good)).ShouldBe(201);
        (await PatchAsync(token, Good)).ShouldBe(204);
        (await PatchAsync(token, Good, prefer: null)).ShouldBe(204);
    }

    [Fact]
    public async Task Scope_and_role_are_both_needed()
    {
        using var katrin = Person(Tenants.Fabrikam, "Katrin Vogel");
        var reading = await GraphTokenAsync(katrin, "Group.Read.All");
        (await PatchAsync(reading, Good)).ShouldBe(403);

        var writing = await GraphTokenAsync(katrin, "Group.ReadWrite.All");
        Tenants.Fabrikam.SetRoles(katrin.Person.Id, Roles.TeamsAdministrator);
        (await PatchAsync(writing, Good)).ShouldBe(403);
        Tenants.Fabrikam.SetRoles(katrin.Person.Id, Roles.GroupsAdministrator);
        (await PatchAsync(writing, Good)).ShouldBe(201);
    }

    [Fact]
    public void A_fresh_tenant_has_none_of_Luwares_groups_and_others_have_some()
    {
        string[] Names(SandboxTenant tenant) =>
            [.. tenant.Groups.Select(g => g.DisplayName).Where(n => n.StartsWith("LuwareRecording-", StringComparison.Ordinal))];

        Names(Tenants.Contoso).ShouldBeEmpty();
        Names(Tenants.Fabrikam).Length.ShouldBe(3);
        Names(Tenants.Northwind).ShouldBe(["LuwareRecording-RecordedUsers"]);
    }

    private async Task<int> PatchAsync(string token, object body, string? prefer = "create-if-missing")
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri($"{World.GraphAddress}/groups(uniqueName='desk')"))
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
