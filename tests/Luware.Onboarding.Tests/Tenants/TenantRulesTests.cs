using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Tenants;

public sealed class TenantRulesTests
{
    private const string First = "11111111-aaaa-4aaa-8aaa-111111111111";
    private const string Second = "22222222-bbbb-4bbb-8bbb-222222222222";
    private const string Chat = "33333333-cccc-4ccc-8ccc-333333333333";
    private const string Own = "44444444-dddd-4ddd-8ddd-444444444444";

    [Theory]
    [InlineData(Own, "", "", null)]
    [InlineData(Second, First, "", null)]
    [InlineData(First, "", "", null)]
    [InlineData(Second, "", "", Second)]
    [InlineData("", "", First, First)]
    [InlineData(Own, Own, "", Own)]
    [InlineData(" 44444444DDDD4DDD8DDD444444444444 ", Own, "", "44444444DDDD4DDD8DDD444444444444")]
    [InlineData(" 4444 ", "", "", "4444")]
    [InlineData("", Own, "{44444444-DDDD-4DDD-8DDD-444444444444}", Own)]
    public void Each_application_of_a_tenant_has_an_id_of_its_own(string first, string second, string chat, string? wrong)
    {
        var regions = new EngineHost.OneRegion();
        regions.Switzerland = regions.Switzerland with
        {
            Applications = [new RecordingApplication(1, Guid.Parse(First), "1", "1", null), new RecordingApplication(2, Guid.Parse(Second), "2", "2", null)],
            Chat = new ChatApplication(Guid.Parse(Chat), "Chat", null),
        };
        var details = new TenantDetails("Contoso", "", "MTCH")
        {
            ApplicationIds = new Dictionary<string, string> { ["1"] = first, ["2"] = second, ["chat"] = chat },
        };

        var fault = new TenantRules(regions, Options.Create(new PackageOptions())).FindFault(details);

        (fault?.Key, fault?.Arguments[0]).ShouldBe(wrong is null ? (null, null) : ("Tenants.Fault.ApplicationId", wrong));
    }
}
