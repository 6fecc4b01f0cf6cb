using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.Data.Sqlite;

namespace Luware.Portal.Tests.Browser;

public sealed class SuddenDeathInSwitzerlandTests(BrowserFixture browser, AzuriteFixture azurite, ITestOutputHelper output)
    : SuddenDeathTests(browser, azurite, output)
{
    [Fact]
    public async Task Killing_the_portal_in_the_middle_of_a_run_loses_nothing_and_makes_nothing_twice() =>
        await DieAndGoOnAsync("Contoso", "Anna Keller", applications: 1, people: 1, objects: 10);
}

public sealed class SuddenDeathInGermanyTests(BrowserFixture browser, AzuriteFixture azurite, ITestOutputHelper output)
    : SuddenDeathTests(browser, azurite, output)
{
    [Fact]
    public async Task Killing_the_portal_in_the_middle_of_a_run_loses_nothing_and_makes_nothing_twice() =>
        await DieAndGoOnAsync("Fabrikam", "Katrin Vogel", applications: 2, people: 40, objects: 7);
}

/// <summary>SIGKILL at random moments of a run: afterwards the tenant contains everything once, and the journal matches.</summary>
public abstract class SuddenDeathTests(BrowserFixture browser, AzuriteFixture azurite, ITestOutputHelper output)
{
    private static readonly string[] Makers =
    [
        "PATCH /groups", "POST /groups/members",
        "New-CsOnlineApplicationInstance", "New-CsTeamsComplianceRecordingPolicy", "New-CsTeamsComplianceRecordingApplication", "New-CsGroupPolicyAssignment",
    ];

    /// <summary>Actions that grant or revoke, which may run twice.</summary>
    private const string Trial = "Grant-CsTeamsComplianceRecordingPolicy";

    protected async Task DieAndGoOnAsync(string name, string person, int applications, int people, int objects)
    {
        var seed = Environment.TickCount + objects;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        var cancellation = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("portal-death-").FullName;
        await using var world = await azurite.StartWorldAsync();
        foreach (var cmdlet in Makers.Append(Trial))
            world.Faults.Delay(cmdlet, TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(400));
        await using var portal = new PortalProcess(world, data);
        await portal.StartAsync(cancellation);
        await using var context = await browser.NewContextAsync();
        var customer = new Customer(await context.NewPageAsync(), portal.Address);
        var tenant = world.Tenants.All.Single(t => t.Name == name);

        await customer.SignInAsync(person);
        await customer.AllowAsync();
        await customer.ChooseTestUserAsync();
        await customer.NameStorageAsync(tenant.Azure!.Id);
        await customer.ApproveAsync();
        await DieAsync(portal, random, times: 5);
        await customer.ReturnAsync();
        await customer.OpenConsentAsync();
        await customer.AcceptAsync(applications);
        await customer.SeesTextAsync("The recorders are still to be reported ready");
        await SetReadyAsync(world, tenant, cancellation);
        await customer.ConfirmAsync(people);
        await customer.SeesGateGoAsync();
        await DieAsync(portal, random, times: 5);
        await customer.ReturnAsync();
        await customer.SeesAsync("Recording is set up");

        var made = tenant.Writes.Where(w => Makers.Contains(w.What)).Select(w => (w.What, w.Target)).ToList();
        made.ShouldBeUnique();
        made.Count.ShouldBe(objects);
        tenant.DirectAssignments.ShouldBeEmpty("what one test user was given to try it goes again");
        (tenant.Policies.Single().Applications.Single().Paired is not null).ShouldBe(applications == 2);
        await portal.KillAsync();
        JournalledAsBegun(portal.Database).ShouldBe(made.Count, "every object that was made was journalled before it was made");
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Kills the portal after up to two seconds, again and again, and restarts it each time.</summary>
    private static async Task DieAsync(PortalProcess portal, Random random, int times)
    {
        for (var i = 0; i < times; i++)
        {
            // The only wait that is not for a condition, because the moment of the kill is random.
            await Task.Delay(random.Next(2_000), TestContext.Current.CancellationToken);
            await portal.KillAsync();
            await portal.StartAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task SetReadyAsync(SandboxWorld world, SandboxTenant tenant, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = world.Address };
        using var form = new FormUrlEncodedContent([new("ready", "true")]);
        using var answer = await client.PostAsync($"/control/ready/{tenant.Id}", form, cancellationToken);
        ((int)answer.StatusCode).ShouldBeLessThan(400);
    }

    /// <summary>Actions that were begun and created an object. If the process died before it recorded the result, the next reading finds the object.</summary>
    private static int JournalledAsBegun(string database)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT COUNT(DISTINCT "Step" || "ActionKey") FROM "Journal"
            WHERE "Kind" = 'ActionStarted' AND "Step" IN ('security-groups', 'whitelisting', 'policies', 'grants')
              AND "ActionKey" NOT LIKE 'await-%' AND "ActionKey" NOT LIKE 'pair%' AND "ActionKey" NOT LIKE '%trial/%'
            """;
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
