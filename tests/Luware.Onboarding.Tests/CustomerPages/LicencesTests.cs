using Luware.Onboarding.Data;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Tests.Data;
using Luware.Onboarding.Tests.Steps;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class LicencesTests
{
    private readonly FakeDirectory directory = new();

    [Fact]
    public async Task Only_those_with_which_Microsoft_records_are_named()
    {
        directory.Licences.AddRange([new Licence("SPE_E5", 40), new Licence("FLOW_FREE", 1000), new Licence("spb", 3), new Licence("ENTERPRISEPACK", 0)]);

        (await ReadAsync()).ShouldBe([new Licence("SPE_E5", 40), new Licence("spb", 3)]);
    }

    [Fact]
    public async Task What_may_not_be_read_is_nothing_that_is_missing()
    {
        directory.Refusal = new TransientException("busy");

        (await ReadAsync()).ShouldBeNull();
    }

    private async Task<IReadOnlyList<Licence>?> ReadAsync()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var sessions = database.Get<ISessions>();
        var access = Scenes.Jonas.Access;
        await sessions.PutAsync(new SessionTicket(access.SessionId, access.TenantId, access.PersonId, [1], database.Clock.GetUtcNow().AddHours(1)), default);
        var options = Options.Create(new SecurityGroupsOptions { RecordingLicences = { "SPE_E5", "SPB", "ENTERPRISEPACK" } });
        return await new Licences(directory, sessions, options).ReadAsync(Scenes.Jonas, default);
    }
}
