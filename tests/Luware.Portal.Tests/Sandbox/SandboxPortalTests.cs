namespace Luware.Portal.Tests.Sandbox;

/// <summary>The whole portal with a world in the same process.</summary>
public sealed class SandboxPortalTests : SandboxTest
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });

    [Fact]
    public async Task A_portal_that_is_built_for_a_world_runs_and_sends_people_there()
    {
        await using var portal = await RunningPortal.StartAsync(World, [new("Teams:WarmWorkers", "0")]);

        using var ready = await _client.GetAsync(new Uri(portal.Address, "/health/ready"));
        using var signIn = await _client.GetAsync(new Uri(portal.Address, "/sign-in"));

        ready.IsSuccessStatusCode.ShouldBeTrue();
        signIn.Headers.Location!.GetLeftPart(UriPartial.Authority).ShouldBe(World.Address.GetLeftPart(UriPartial.Authority));
        using var page = await _client.GetAsync(signIn.Headers.Location);
        ((int)page.StatusCode).ShouldBe(200, "The portal's redirect address is registered.");
    }

    [Fact]
    public async Task The_ready_flag_is_set_on_the_control_page_for_customers_alone()
    {
        await using var portal = await RunningPortal.StartAsync(World);

        (await SetReadyAsync(Tenants.Contoso.Id)).ShouldContain("ready flag is set for Contoso");
        (await SetReadyAsync(Tenants.Tailspin.Id)).ShouldContain("did not take the ready flag");
    }

    [Fact]
    public async Task The_ready_flag_is_not_taken_from_other_sites()
    {
        await using var portal = await RunningPortal.StartAsync(World);

        using var response = await _client.PostAsync(new Uri(portal.Address, $"/sandbox/ready/{Tenants.Contoso.Id}?ready=true"), null);

        response.IsSuccessStatusCode.ShouldBeFalse();
    }

    private async Task<string> SetReadyAsync(Guid tenantId)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("ready", "true")]);
        using var response = await _client.PostAsync(new Uri(World.Address, $"/control/ready/{tenantId}"), form);
        return await _client.GetStringAsync(new Uri(World.Address, response.Headers.Location!));
    }
}
