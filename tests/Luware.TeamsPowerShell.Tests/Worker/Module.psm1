# A module for the tests of worker.ps1: it keeps a session like the real one, and returns every kind of answer.
$script:Tenant = $null
$script:Audiences = $null

class PairedApplication {
    [string]$Id
}

function Connect-MicrosoftTeams {
    [CmdletBinding()] param([string]$TenantId, [Parameter(Mandatory)][string[]]$AccessTokens)
    $claims = foreach ($token in $AccessTokens) { Read-Claims $token }
    $script:Tenant = $claims[0].GetProperty('tid').GetGuid()
    $script:Audiences = @(foreach ($claim in $claims) { $claim.GetProperty('aud').GetString() })
}

function Read-Claims([string]$token) {
    $payload = $token.Split('.')[1].Replace('-', '+').Replace('_', '/')
    $payload = $payload.PadRight($payload.Length + (4 - $payload.Length % 4) % 4, '=')
    [System.Text.Json.JsonDocument]::Parse([System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($payload)), [System.Text.Json.JsonDocumentOptions]::new()).RootElement
}

function Get-CsTenant {
    [CmdletBinding()] param()
    if ($null -eq $script:Tenant) { throw 'Run Connect-MicrosoftTeams before running cmdlets.' }
    [pscustomobject]@{ TenantId = $script:Tenant; DisplayName = 'Contoso'; Audiences = $script:Audiences }
}

# Returns what it received, with types.
function New-CsTeamsComplianceRecordingPolicy {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
    param([string]$Identity, [bool]$Enabled, [string]$Description, [switch]$Force)
    if (-not $PSCmdlet.ShouldProcess($Identity)) { return }
    [pscustomobject]@{ Identity = $Identity; Description = $Description; Enabled = $Enabled; Bound = @($PSBoundParameters.Keys) }
}

function New-CsTeamsComplianceRecordingPairedApplication {
    [CmdletBinding()] param([Parameter(Mandatory)][string]$Id)
    [PairedApplication]@{ Id = $Id }
}

function Set-CsTeamsComplianceRecordingApplication {
    [CmdletBinding()] param([string]$Identity, [PairedApplication[]]$ComplianceRecordingPairedApplications, [uint32]$ConcurrentInvitationCount, $Priority, $Since)
    [pscustomobject]@{
        Identity = $Identity; Paired = $ComplianceRecordingPairedApplications; Count = $ConcurrentInvitationCount; Priority = $Priority; Since = $Since
        Bound = @($PSBoundParameters.Keys); Types = @($Priority, $Since | ForEach-Object GetType | ForEach-Object Name)
    }
}

function New-CsOnlineApplicationInstance {
    [CmdletBinding()] param([string]$UserPrincipalName, [guid]$ApplicationId, [string]$DisplayName)
    $inner = [InvalidOperationException]::new('The inner reason. CorrelationId: 5c0a8e1e-9f63-4a57-8e0f-1d0f5b6a77c2')
    $exception = [UnauthorizedAccessException]::new('Access Denied.', $inner)
    $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($exception, 'Forbidden', 'PermissionDenied', $UserPrincipalName))
}

# Returns objects of every shape.
function Get-CsOnlineUser {
    [CmdletBinding()] param([string]$Identity)
    [pscustomobject]@{
            Text = "O’Neil `0 `u{1F600}"; Number = 3; Fraction = 2.5; Flag = $true; Id = [guid]'085fd5ee-756a-4284-b81d-a62549f12293'
            Date = [datetimeoffset]'2026-11-22T07:00:00+02:00'; Enum = [DayOfWeek]::Friday; One = @('only'); None = @(); Nothing = $null
            Table = @{ Count = 1; Name = 'x' }; Nested = [pscustomobject]@{ A = [pscustomobject]@{ B = @([pscustomobject]@{ C = 1 }) } }
            Version = [version]'7.8.0'; Deep = @{ A = @{ A = @{ A = @{ A = @{ A = 1 } } } } }; Secret = 'never asked for'
    }
    [pscustomobject]@{ Text = 'second' }
}

# Writes to every stream, and noise to the process's own output.
function Get-CsTeamsComplianceRecordingPolicy {
    [CmdletBinding()] param([string]$Identity)
    $VerbosePreference = 'Continue'
    $DebugPreference = 'Continue'
    $PSCmdlet.WriteWarning('a warning')
    $PSCmdlet.WriteVerbose('a detail')
    $PSCmdlet.WriteDebug('a bug')
    $PSCmdlet.WriteInformation('an information', [string[]]@())
    $PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'Reading', 'half of it'))
    [Console]::Out.WriteLine('{"kind":"done","id":3}')
    [Console]::Error.WriteLine('noise')
    [pscustomobject]@{ Identity = 'Global' }
}

# Reports a non-terminating error, and continues.
function Get-CsGroupPolicyAssignment {
    [CmdletBinding()] param([string]$GroupId)
    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([InvalidOperationException]::new('Service is too busy.'), 'ServiceBusy', 'ResourceBusy', $GroupId))
    [pscustomobject]@{ GroupId = 'not reached' }
}

function Get-CsOnlineApplicationInstance {
    [CmdletBinding()] param([string]$Identity)
    exit 7
}

function Sync-CsOnlineApplicationInstance {
    [CmdletBinding()] param([guid]$ObjectId)
    [System.Threading.Thread]::Sleep(600000)
}

# Starts a process outside of the process tree, and hangs.
function Remove-CsGroupPolicyAssignment {
    [CmdletBinding()] param([string]$GroupId, [string]$PolicyType)
    $PSCmdlet.WriteWarning((& /bin/sh -c 'sleep 600 >/dev/null 2>&1 & echo $!'))
    [System.Threading.Thread]::Sleep(600000)
}

function Get-CsUserPolicyAssignment {
    [CmdletBinding()] param([string]$Identity, [string]$PolicyType)
    Get-Unlisted
}

function Get-Unlisted {
    [CmdletBinding()] param()
    [pscustomobject]@{ PolicyName = 'from inside' }
}
