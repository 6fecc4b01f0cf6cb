using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Sandbox;

/// <summary>Compares the sandbox's MicrosoftTeams module with the reference pages, and runs it under worker.ps1.</summary>
public sealed class StandInModuleTests
{
    private static readonly string[] Sessions = ["Connect-MicrosoftTeams", "Disconnect-MicrosoftTeams"];

    public static TheoryData<string> Documented => [.. CmdletFacts.All.Keys];

    [Theory, MemberData(nameof(Documented))]
    public void Every_cmdlet_has_the_parameters_of_its_reference_page(string cmdlet)
    {
        var wanted = CmdletFacts.All[cmdlet];

        ModuleText.Read(cmdlet, wanted).Describe().ShouldBe(wanted.Describe());
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task PowerShell_itself_finds_every_cmdlet_with_the_parameters_of_its_reference_page(string powerShell)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Sandbox", "DescribeModule.ps1");

        var found = await PowerShell.RunAsync(powerShell, script, ("DESCRIBED_MODULE", ModuleText.Manifest));

        var wanted = CmdletFacts.All.Values.SelectMany(c => c.DescribeAsPowerShellDoes()).ToList();
        found.Except(wanted).ShouldBeEmpty("on no reference page");
        wanted.Except(found).ShouldBeEmpty("not in the module");
    }

    [Fact]
    public void The_module_has_every_cmdlet_that_may_run() =>
        ModuleText.Exported.ShouldBe([.. TeamsCmdlets.All.Select(c => c.Name), .. Sessions], ignoreOrder: true);

    [Fact]
    public void Every_parameter_that_may_be_used_is_documented_with_its_type()
    {
        foreach (var cmdlet in TeamsCmdlets.All)
        {
            var documented = CmdletFacts.All[cmdlet.Name].Sets.SelectMany(s => s.Parameters).ToLookup(p => p.Name, p => p.Type, StringComparer.Ordinal);
            foreach (var parameter in cmdlet.Parameters.Where(p => p.Name is not ("Confirm" or "WhatIf")))
                documented[parameter.Name].ShouldContain(type => Fits(parameter.Type, type), $"{cmdlet.Name} -{parameter.Name}");
        }
    }

    [Fact]
    public void Every_mandatory_parameter_of_the_used_set_is_mandatory_here_too()
    {
        foreach (var cmdlet in TeamsCmdlets.All)
        {
            var used = CmdletFacts.All[cmdlet.Name].Sets[0];
            used.Parameters.Where(p => p.Mandatory).ShouldAllBe(p => cmdlet.Find(p.Name)!.Mandatory, cmdlet.Name);
        }
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task The_module_reaches_the_sandbox_from_worker_ps1(string powerShell)
    {
        PowerShell.SkipUnlessThere(powerShell);
        List<TeamsOutput> output = [];
        await using var teams = await SmallTeams.StartAsync();
        await using var pool = new TestPool(configure: options =>
        {
            PowerShell.Use(options, powerShell, ModuleText.Manifest, $"{TeamsCmdlets.OldestModule}");
            options.Environment["SANDBOX_TEAMS_ADDRESS"] = teams.Address;
        });
        await using var lease = await pool.LeaseAsync(output: output.Add);
        TeamsParameter[] parameters = [new("UserPrincipalName", new TeamsValue.Text("x")), new("ApplicationId", new TeamsValue.Id(Guid.NewGuid()))];

        var sent = (await lease.InvokeAsync(Commands.Pairing with { Select = ["Sent"] }, CancellationToken.None)).Objects.Single().GetProperty("Sent");
        var refused = await Should.ThrowAsync<CommandRefusedException>(
            () => lease.InvokeAsync(new TeamsCommand("New-CsOnlineApplicationInstance", parameters, []), CancellationToken.None));

        sent.GetProperty("ComplianceRecordingPairedApplications").GetRawText().ShouldBe("""[{"Id":"52097e72-d9b8-4a1a-8d23-d44e2e03c27b"}]""");
        output.ShouldContain(new TeamsOutput("warning", "A warning."));
        refused.Error.Category.ShouldBe("PermissionDenied");
        refused.Error.Message.ShouldBe("Access Denied.");
    }

    private static bool Fits(TeamsParameterType used, string documented) => used switch
    {
        TeamsParameterType.Text => documented is "string" or "XdsIdentity" or "UserIdParameter",
        TeamsParameterType.PolicyType => documented is "string",
        TeamsParameterType.Flag => documented is "bool",
        TeamsParameterType.Switch => documented is "switch",
        TeamsParameterType.Number => documented is "int" or "uint32" or "Unlimited",
        TeamsParameterType.Id => documented is "guid",
        TeamsParameterType.Date => documented is "datetime",
        _ => documented is "ComplianceRecordingPairedApplication[]",
    };
}
