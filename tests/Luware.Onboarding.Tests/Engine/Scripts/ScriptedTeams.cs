using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Steps;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Engine.Scripts;

/// <summary>Turns what a script calls into the commands that <see cref="FakeTeams"/> knows, and its answers into objects of PowerShell.</summary>
public sealed class ScriptedTeams
{
    private static readonly string[] Properties =
    [
        "ObjectId", "UserPrincipalName", "ApplicationId", "Identity", "Enabled", "Description",
        "RequiredBeforeCallEstablishment", "RequiredDuringCall", "RequiredBeforeMeetingJoin", "RequiredDuringMeeting",
        "ConcurrentInvitationCount", "ComplianceRecordingPairedApplications", "GroupId", "PolicyType", "PolicyName", "PolicySource",
    ];

    private readonly FakeTeams teams;
    private readonly TenantAccess access;

    internal ScriptedTeams(FakeTeams teams, Guid tenant) =>
        (this.teams, Tenant, access) = (teams, tenant, new TenantAccess(tenant, Guid.NewGuid(), "home", "session"));

    /// <summary>
    /// Functions of the cmdlets: those of Teams with the parameters that may be used, and a few of PowerShell's own. What writes asks whether that
    /// is meant, as some of Microsoft's do, and nobody is here to answer. A module's functions do not see the preference of a script.
    /// </summary>
    public static string Functions { get; } = string.Join('\n',
    [
        .. TeamsCmdlets.All.Select(c => $$"""
            function global:{{c.Name}} {
                [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess, ConfirmImpact = '{{(c.Name.StartsWith("Get-", StringComparison.Ordinal) ? "None" : "High")}}')]
                param({{string.Join(", ", c.Parameters.Where(p => p.Name != "Confirm").Select(p => $"${p.Name}"))}})
                if (-not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'High' }
                if ($PSCmdlet.ShouldProcess('Teams')) { $global:Teams.Invoke('{{c.Name}}', $PSBoundParameters) }
            }
            """),
        """
        function global:Set-Evil { $global:Evil = 1 }
        function global:Import-Module { param($Name, $MinimumVersion) $global:Teams.Import() }
        function global:Connect-MicrosoftTeams { [CmdletBinding()] param([string]$TenantId) [pscustomobject]@{ TenantId = $TenantId } }
        function global:Disconnect-MicrosoftTeams { [CmdletBinding()] param() }
        function global:Start-Transcript { param($Path, [switch]$Append) [IO.File]::AppendAllText($Path, 'begun'); 'Transcript started' }
        function global:Stop-Transcript { 'Transcript stopped' }
        function global:Start-Sleep { param($Seconds) $global:Teams.Wait($Seconds) }
        function global:Write-Host { param($Text) $global:Teams.Say($Text) }
        function global:Write-Warning { param($Text) $global:Teams.Say($Text) }
        function global:Sort-Object {
            param([object[]]$Property)
            $items = @($input)
            $last = if ($Property[0] -is [scriptblock]) { @($items | Where-Object $Property[0]) } else { @() }
            $items | Where-Object { $_ -notin $last }
            $last
        }
        function global:ConvertTo-Json { param($InputObject, $Depth) [Luware.Onboarding.Tests.Engine.Scripts.ScriptedTeams]::Json($InputObject) }
        """,
    ]);

    internal Guid Tenant { get; set; }

    internal string? ModuleFault { get; set; }

    internal Action<int>? OnWait { get; set; }

    internal List<string> Said { get; } = [];

    public object[] Invoke(string cmdlet, IDictionary bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var parameters = bound.Keys.Cast<string>().Where(k => k is not ("ErrorAction" or "Confirm"))
            .Select(k => new TeamsParameter(k, Value(Bare(bound[k])))).ToList();
        var command = new TeamsCommand(cmdlet, parameters, Properties);
        return cmdlet switch
        {
            "Get-CsTenant" => [Record(("TenantId", Tenant))],
            "New-CsTeamsComplianceRecordingPairedApplication" => [Record(("Id", bound["Id"]!))],
            _ => [.. teams.InvokeAsync(access, command, CancellationToken.None).GetAwaiter().GetResult().Objects.Select(Object)],
        };
    }

    public void Import()
    {
        if (ModuleFault is not null)
            throw new InvalidOperationException(ModuleFault);
    }

    public void Say(string text) => Said.Add(text);

    public void Wait(int seconds) => (OnWait ?? throw new InvalidOperationException("Nothing was to be waited for."))(seconds);

    public static string Json(object value) => JsonSerializer.Serialize(Plain(value));

    private static object? Plain(object? value) => Bare(value) switch
    {
        IDictionary table => table.Keys.Cast<string>().ToDictionary(k => k, k => Plain(table[k])),
        string text => text,
        IEnumerable list => list.Cast<object>().Select(Plain).ToList(),
        var other => other,
    };

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static TeamsValue Value(object? value) => value switch
    {
        bool flag => new TeamsValue.Flag(flag),
        null => new TeamsValue.Null(),
        int number => new TeamsValue.Number(number),
        PSObject paired => new TeamsValue.List([new TeamsValue.Nested(new TeamsCommand(
            "New-CsTeamsComplianceRecordingPairedApplication", [new("Id", new TeamsValue.Text(paired.Properties["Id"].Value.ToString()!))], []))]),
        object[] list => Value(list.ShouldHaveSingleItem()),
        _ => Guid.TryParse(value.ToString(), out var id) ? new TeamsValue.Id(id) : new TeamsValue.Text(value.ToString()!),
    };

    private static PSObject Object(JsonElement element) => Record([.. element.EnumerateObject().Select(p => (p.Name, Value(p.Value)))]);

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetInt32(),
        JsonValueKind.Array => element.EnumerateArray().Select(e => (object)Object(e)).ToArray(),
        _ => element.GetString(),
    };

    private static PSObject Record(params (string Name, object? Value)[] properties)
    {
        var record = new PSObject();
        foreach (var (name, value) in properties)
            record.Properties.Add(new PSNoteProperty(name, value));
        return record;
    }
}
