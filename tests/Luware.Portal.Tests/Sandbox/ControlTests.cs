using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Sandbox;

public sealed partial class ControlTests : SandboxTest
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });

    [Fact]
    public async Task Faults_are_switched_by_the_forms_of_the_page()
    {
        (await SendFormAsync("/control/faults/form", ("ConsentDelay", "2.5"), ("EffectiveDelay", "60"))).ShouldBe(302);
        (await SendFormAsync("/control/faults/form", ("Graph.Times", "2"), ("Graph.Status", "503"), ("Graph.RetryAfter", "0.5"))).ShouldBe(302);
        (await SendFormAsync("/control/faults/form", ("TeamsBusy", "3"), ("TeamsAnswersFor", Tenants.Tailspin.Id.ToString()))).ShouldBe(302);
        (await SendFormAsync("/control/faults/form", ("Worker.Cmdlet", "Get-CsTenant"), ("Worker.Kind", "Hang"), ("Worker.AfterEffect", "true"))).ShouldBe(302);

        World.Faults.ConsentDelay.ShouldBe(TimeSpan.FromSeconds(2.5));
        World.Faults.EffectiveDelay.ShouldBe(TimeSpan.FromMinutes(1));
        World.Faults.GraphFailuresLeft.ShouldBe(2);
        World.Faults.TeamsBusyLeft.ShouldBe(3);
        World.Faults.TeamsAnswersFor.ShouldBe(Tenants.Tailspin.Id);
        (await SendFormAsync("/control/faults/form", ("ProofForWrites", "SecondFactor"), ("UserConsentOff", "true"))).ShouldBe(302);
        (World.Faults.ProofForWrites, World.Faults.UserConsentOff).ShouldBe((ProofForWrites.SecondFactor, true));
        World.Faults.WorkerFaults["Get-CsTenant"].ShouldBe(new WorkerFault(WorkerFaultKind.Hang, AfterEffect: true));
    }

    [Fact]
    public async Task Faults_are_switched_by_programs_and_all_at_once_switched_off()
    {
        using var on = await _client.PostAsJsonAsync(new Uri(World.Address, "/control/faults"),
            new
            {
                consentDenied = true, cmdlet = new { name = "New-CsOnlineApplicationInstance", before = 1.0, after = 2.0 },
                worker = new { cmdlet = "Get-CsTenant", kind = "Crash" },
            });
        World.Faults.Delays["New-CsOnlineApplicationInstance"].ShouldBe(new CmdletDelay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
        World.Faults.ConsentDenied.ShouldBeTrue();

        using var off = await _client.PostAsJsonAsync(new Uri(World.Address, "/control/faults"), new { clear = true });

        World.Faults.ConsentDenied.ShouldBeFalse();
        World.Faults.Delays.ShouldBeEmpty();
        World.Faults.WorkerFaults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Storage_accounts_are_broken_and_mended_with_what_was_made_in_them()
    {
        var fabrikam = Tenants.Fabrikam;
        (await SendFormAsync("/control/faults/form", ("Azure", "OldTls"))).ShouldBe(302);
        (World.Faults.Azure, fabrikam.Azure!.MinimumTls).ShouldBe((AzureFault.OldTls, "TLS1_0"));
        (await SendFormAsync("/control/faults/form", ("Azure", "NoSoftDelete"))).ShouldBe(302);
        (fabrikam.Azure.MinimumTls, fabrikam.Azure.SoftDeleteDays).ShouldBe(("TLS1_2", 0));

        (await SendFormAsync("/control/faults/form", ("Clear", "true"))).ShouldBe(302);

        (World.Faults.Azure, fabrikam.Azure.SoftDeleteDays, fabrikam.Azure.IsNetworkRegistered).ShouldBe((AzureFault.None, 14, false));
    }

    [Fact]
    public async Task Faults_of_one_tenant_leave_the_others_alone()
    {
        await SendFormAsync("/control/faults/form",
            ("Tenant", Tenants.Contoso.Id.ToString()), ("ConsentDenied", "true"), ("ConsentPartial", "true"),
            ("GroupHiddenFor", "3"), ("EffectiveSpread", "60"));
        await SendFormAsync("/control/faults/form", ("Tenant", "contoso.com"), ("Azure", "OldTls"), ("AccessTokenLifetime", "5"));

        var (contoso, fabrikam) = (World.Faults.Of(Tenants.Contoso), World.Faults.Of(Tenants.Fabrikam));
        (contoso.ConsentDenied, contoso.ConsentPartial, contoso.GroupHiddenFor, contoso.EffectiveSpread).ShouldBe((true, true, 3, TimeSpan.FromMinutes(1)));
        (contoso.AccessTokenLifetime, Tenants.Contoso.Azure!.MinimumTls).ShouldBe((TimeSpan.FromSeconds(5), "TLS1_0"));
        (fabrikam.ConsentDenied, World.Faults.ConsentDenied, Tenants.Fabrikam.Azure!.MinimumTls).ShouldBe((false, false, "TLS1_2"));

        World.Faults.ConsentDelay = TimeSpan.FromSeconds(9);
        fabrikam.ConsentDelay.ShouldBe(TimeSpan.FromSeconds(9), "What is wrong everywhere is wrong in every tenant.");
        await SendFormAsync("/control/faults/form", ("Clear", "true"));
        (contoso.ConsentDenied, contoso.GroupHiddenFor, Tenants.Contoso.Azure.MinimumTls).ShouldBe((false, 0, "TLS1_2"));
    }

    [Theory]
    [InlineData("Tenant")]
    [InlineData("TeamsAnswersFor")]
    [InlineData("RevokeSignIns")]
    public async Task A_tenant_or_person_that_does_not_exist_is_refused_by_name_and_nothing_is_switched(string field)
    {
        var path = new Uri(World.Address, "/control/faults");
        using var answer = await _client.PostAsJsonAsync(path, new Dictionary<string, object> { [field] = "contosso.com", ["consentDenied"] = true });
        var form = await SendFormAsync("/control/faults/form", (field, "contosso.com"), ("ConsentDenied", "true"));

        ((int)answer.StatusCode, form).ShouldBe((400, 400));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("contosso.com");
        World.Faults.ConsentDenied.ShouldBeFalse();
    }

    [Fact]
    public async Task A_number_on_the_page_cannot_be_sent_empty()
    {
        var numbers = Numbers().Matches(await _client.GetStringAsync(World.Address));

        numbers.Count.ShouldBeGreaterThan(8);
        numbers.ShouldAllBe(input => input.Value.Contains(" required", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_answers_are_switched_for_single_calls_and_cmdlets()
    {
        await SendFormAsync("/control/faults/form", ("Graph.Times", "2"), ("Graph.Status", "403"), ("Graph.Call", "PATCH /groups"), ("Graph.RetryAfter", ""));
        await SendFormAsync("/control/faults/form", ("Arm.Times", "1"), ("Arm.Status", "429"), ("Arm.RetryAfter", "date 3"));
        await SendFormAsync("/control/faults/form", ("Teams.Cmdlet", "Get-CsTenant"), ("Teams.Kind", "Forbidden"), ("Teams.Times", "4"));
        await SendFormAsync("/control/faults/form", ("ForeignNextLink", "true"), ("GroupMade", "LuwareRecording-RecordedUsers"), ("Tenant", "fabrikam.de"));

        (World.Faults.GraphFailuresLeft, World.Faults.AzureFailuresLeft).ShouldBe((2, 1));
        World.Faults.TeamsRefusals.ShouldBe([(4, ("Get-CsTenant", TeamsRefusal.Forbidden))]);
        (World.Faults.ForeignNextLink, World.Faults.Of(Tenants.Fabrikam).ForeignNextLink).ShouldBe((false, true));
        Tenants.Fabrikam.Groups.Count(g => g.DisplayName == "LuwareRecording-RecordedUsers").ShouldBe(2);
        Tenants.Contoso.Groups.ShouldNotContain(g => g.DisplayName == "LuwareRecording-RecordedUsers");
    }

    [Fact]
    public async Task The_page_shows_the_faults_of_the_tenant_that_was_chosen()
    {
        World.Faults.Of(Tenants.Contoso).GroupHiddenFor = 17;

        (await _client.GetStringAsync(World.Address)).ShouldNotContain("value=\"17\"");
        (await _client.GetStringAsync(new Uri(World.Address, $"/?faults={Tenants.Contoso.Id}"))).ShouldContain("value=\"17\"");
    }

    [Fact]
    public async Task Another_sites_form_switches_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(World.Address, "/control/faults/form"))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("ConsentDenied", "true")]),
        };
        request.Headers.Add("Origin", "https://elsewhere.example");

        using var response = await _client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(400);
        World.Faults.ConsentDenied.ShouldBeFalse();
    }

    [Fact]
    public async Task The_page_shows_what_the_tenants_hold_and_runs_no_script()
    {
        using var response = await _client.GetAsync(World.Address);
        var page = await response.Content.ReadAsStringAsync();

        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        page.ShouldContain("luwarerecording-mtde-1@northwind.de");
        page.ShouldContain("luwarerecordingfailclose1");
        page.ShouldNotContain("<script");
    }

    [Fact]
    public async Task An_eligible_role_is_activated_on_the_page()
    {
        var marco = Tenants.Contoso.FindPerson("marco.bernasconi@contoso.com")!;

        await SendFormAsync($"/control/roles/{Tenants.Contoso.Id}/{marco.Id}");

        Tenants.Contoso.FindPerson("marco.bernasconi@contoso.com")!.Roles.ShouldBe([Roles.GlobalAdministrator]);
    }

    [Fact]
    public async Task The_ready_flag_without_a_portal_says_so()
    {
        using var response = await _client.PostAsync(
            new Uri(World.Address, $"/control/ready/{Tenants.Contoso.Id}"), new FormUrlEncodedContent([KeyValuePair.Create("ready", "true")]));
        var page = await _client.GetStringAsync(new Uri(World.Address, response.Headers.Location!));

        page.ShouldContain("The portal did not take the ready flag");
    }

    private async Task<int> SendFormAsync(string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await _client.PostAsync(new Uri(World.Address, path), form);
        return (int)response.StatusCode;
    }

    [GeneratedRegex("<input type=\"number\"[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
