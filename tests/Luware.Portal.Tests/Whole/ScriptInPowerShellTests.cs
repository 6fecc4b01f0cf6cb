using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Whole;

/// <summary>The downloaded script, run by a real PowerShell as a person does, signed in to the sandbox's Teams.</summary>
public sealed class ScriptInPowerShellTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("script-");

    private SandboxWorld _world = null!;
    private RunningPortal _portal = null!;

    private IEngine Engine => _portal.Services.GetRequiredService<IEngine>();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(InstalledPowerShell.Program is null, InstalledPowerShell.Missing);
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = await RunningPortal.StartAsync(_world, [new("Logging:LogLevel:Default", "Warning")]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null)
            await _portal.DisposeAsync();
        if (_world is not null)
            await _world.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_whole_script_makes_what_is_missing_once_and_the_portal_verifies_it()
    {
        var (tenant, person) = _world.Tenants.FindPerson("anna.keller@contoso.com")!.Value;
        using var browser = new Visitor(person);
        var actor = await PlanAsync(browser, person);
        var script = (await Engine.GetScriptAsync(actor, null, default)).ShouldNotBeNull();

        var first = await RunAsync(script, person);
        var writes = tenant.Writes.Count(w => w.What.Contains("-Cs", StringComparison.Ordinal));
        var second = await RunAsync(script, person);

        first.ExitCode.ShouldBe(2, first.Said);
        tenant.Instances.ShouldHaveSingleItem();
        tenant.Policies.ShouldHaveSingleItem().Applications.ShouldHaveSingleItem();
        (second.ExitCode, second.States.Contains("made")).ShouldBe((2, false), second.Said);
        tenant.Writes.Count(w => w.What.Contains("-Cs", StringComparison.Ordinal)).ShouldBe(writes);
        (await Engine.TakeScriptResultAsync(actor, second.Result, default)).Problem.ShouldBeNull();
        (await Engine.ReadAsync(actor, default))!.Steps.Where(s => s.Step is "whitelisting" or "policies").ShouldAllBe(s => s.Status == StepStatus.Verified);
    }

    [Fact]
    public async Task A_person_of_another_tenant_is_told_so_and_nothing_is_made()
    {
        var (tenant, person) = _world.Tenants.FindPerson("anna.keller@contoso.com")!.Value;
        using var browser = new Visitor(person);
        var script = (await Engine.GetScriptAsync(await PlanAsync(browser, person), null, default)).ShouldNotBeNull();

        var (exitCode, said, _, states) = await RunAsync(script, _world.Tenants.FindPerson("katrin.vogel@fabrikam.de")!.Value.Person);

        exitCode.ShouldBe(1);
        said.ShouldContain("The account does not exist in the tenant.");
        states.ShouldBeEmpty();
        tenant.Instances.ShouldBeEmpty();
    }

    private async Task<Actor> PlanAsync(Visitor browser, Portal.Sandbox.World.Person person)
    {
        await browser.GoAsync(new Uri(_portal.Address, "/sign-in"));
        await browser.GoAsync(new Uri(_portal.Address, "/sign-in/more"));
        var actor = await _portal.ActorAsync(person);
        await Engine.PlanAsync(actor, null, default);
        var testUser = Guid.Parse((await Engine.ReadAsync(actor, default))!.Steps[0].Plan!.Options[SecurityGroupsStep.PersonOption][0].Value);
        await Engine.ChooseAsync(actor, SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = [testUser] }, default);
        await Engine.PlanAsync(actor, null, default);
        return actor;
    }

    private async Task<(int ExitCode, string Said, string Result, IReadOnlyList<string?> States)> RunAsync(string script, Portal.Sandbox.World.Person person)
    {
        var path = Path.Combine(_folder.FullName, "script.ps1");
        await File.WriteAllTextAsync(path, script, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var start = new ProcessStartInfo(InstalledPowerShell.Program!, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", path])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        start.Environment["PSModulePath"] = SandboxSettings.ModuleFolder;
        start.Environment["SANDBOX_TEAMS_ADDRESS"] = _world.Address.AbsoluteUri;
        start.Environment["SANDBOX_TEAMS_ACCOUNT"] = person.UserPrincipalName;
        using var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        var result = await File.ReadAllTextAsync(_folder.GetFiles("*.result.json").ShouldHaveSingleItem().FullName);
        var states = JsonDocument.Parse(result).RootElement.GetProperty("steps").EnumerateArray()
            .SelectMany(s => s.GetProperty("objects").EnumerateArray()).Select(o => o.GetProperty("state").GetString());
        return (shell.ExitCode, said, result, [.. states]);
    }
}
