# A stand-in for Microsoft's MicrosoftTeams module: the cmdlets that the portal uses, with the parameter sets, types, positions and
# mandatory flags of their reference pages. It passes calls on to the sandbox. A test compares the cmdlets with those pages.

using namespace System.Collections
using namespace System.Management.Automation
using namespace System.Net.Http
using namespace System.Text.Json

class ComplianceRecordingPairedApplication {
    [string]$Id
}

class ComplianceRecordingApplication {
    [string]$Id
    [int]$Priority
    [bool]$RequiredBeforeMeetingJoin
    [bool]$RequiredDuringMeeting
    [bool]$RequiredBeforeCallEstablishment
    [bool]$RequiredDuringCall
    [int]$ConcurrentInvitationCount
    [ComplianceRecordingPairedApplication[]]$ComplianceRecordingPairedApplications
}

# One session per process, as in the real module.
$script:Session = $null
$script:Http = [HttpClient]::new()
$script:Http.Timeout = [System.Threading.Timeout]::InfiniteTimeSpan
$script:Address = "$env:SANDBOX_TEAMS_ADDRESS".TrimEnd('/')

# ---- the sandbox ----

function Connect-Sandbox([PSCmdlet]$cmdlet, [IDictionary]$bound) {
    $body = [Generic.Dictionary[string, object]]::new()
    if ($bound.ContainsKey('AccessTokens')) {
        if ($bound['AccessTokens'].Count -ne 2) { throw 'Two access tokens are needed: Microsoft Graph and Teams.' }
        $body['graphToken'], $body['teamsToken'] = $bound['AccessTokens']
        $body['tenantId'] = Read-Tenant $body['graphToken']
        $answer = Send-Sandbox $cmdlet 'teams/connect' $body
    }
    elseif ($env:SANDBOX_TEAMS_ACCOUNT) {
        $body['tenantId'] = $bound['TenantId']
        $body['userPrincipalName'] = $env:SANDBOX_TEAMS_ACCOUNT
        $answer = Send-Sandbox $cmdlet 'teams/sign-in' $body
    }
    else { throw 'The sandbox opens no window to sign in: name an account in SANDBOX_TEAMS_ACCOUNT, or give two access tokens.' }
    $script:Session = $answer.session
    [pscustomobject]@{ Account = $null; Environment = 'AzureCloud'; Tenant = $answer.tenantId; TenantId = $answer.tenantId }
}

function Invoke-Sandbox([PSCmdlet]$cmdlet, [IDictionary]$bound) {
    if ($null -eq $script:Session) { throw 'Run Connect-MicrosoftTeams before running cmdlets.' }
    $common = [PSCmdlet]::CommonParameters + [PSCmdlet]::OptionalCommonParameters
    $parameters = [Generic.Dictionary[string, object]]::new()
    foreach ($name in $bound.Keys) {
        if ($name -in $common) { continue }
        $parameters[$name] = $bound[$name]
        if ($bound[$name] -is [switch]) { $parameters[$name] = [bool]$bound[$name] }
        # A string parameter cannot hold $null; PowerShell turns it into an empty string.
        if ($bound[$name] -is [string] -and -not $bound[$name]) { $parameters[$name] = $null }
    }
    $body = [Generic.Dictionary[string, object]]::new()
    $body['parameters'] = $parameters
    $answer = Send-Sandbox $cmdlet "teams/cmdlets/$($cmdlet.MyInvocation.MyCommand.Name)" $body
    foreach ($warning in $answer.warnings) { $cmdlet.WriteWarning($warning) }
    $answer.objects
}

function Send-Sandbox([PSCmdlet]$cmdlet, [string]$path, [Generic.Dictionary[string, object]]$body) {
    $request = [HttpRequestMessage]::new([HttpMethod]::Post, "$script:Address/$path")
    if ($script:Session) { $request.Headers.Add('X-Teams-Session', [string]$script:Session) }
    $json = [JsonSerializer]::Serialize($body, $body.GetType(), [JsonSerializerOptions]::new())
    $request.Content = [StringContent]::new($json, [System.Text.Encoding]::UTF8, 'application/json')
    $response = $script:Http.Send($request)
    $text = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    $answer = Read-Element ([JsonDocument]::Parse($text, [JsonDocumentOptions]::new()).RootElement)
    if ($response.IsSuccessStatusCode) { return $answer }

    $refusal = $answer.error
    $inner = [System.Exception]::new("CorrelationId: $($refusal.correlationId)")
    $category = $refusal.category -as [ErrorCategory]
    if ($null -eq $category) { $category = [ErrorCategory]::NotSpecified }
    $cmdlet.ThrowTerminatingError([ErrorRecord]::new([System.InvalidOperationException]::new($refusal.message, $inner), $refusal.errorId, $category, $refusal.target))
}

function Read-Element([JsonElement]$element) {
    switch ($element.ValueKind) {
        'Object' {
            $object = [ordered]@{}
            foreach ($property in $element.EnumerateObject()) { $object[$property.Name] = Read-Element $property.Value }
            [pscustomobject]$object
        }
        'Array' { , @(foreach ($item in $element.EnumerateArray()) { Read-Element $item }) }
        'String' { $element.GetString() }
        'Number' { if ($element.GetRawText().Contains('.')) { $element.GetDouble() } else { $element.GetInt64() } }
        'True' { $true }
        'False' { $false }
    }
}

# Returns the tenant for which a token was issued.
function Read-Tenant([string]$token) {
    $payload = $token.Split('.')[1].Replace('-', '+').Replace('_', '/')
    $payload = $payload.PadRight($payload.Length + (4 - $payload.Length % 4) % 4, '=')
    $claims = [JsonDocument]::Parse([System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($payload)), [JsonDocumentOptions]::new())
    $claims.RootElement.GetProperty('tid').GetString()
}

# ---- the cmdlets ----

function Connect-MicrosoftTeams {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'UserCredential', SupportsShouldProcess)]
    param(
        [Parameter(ParameterSetName = 'UserCredential')][Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)][Parameter(ParameterSetName = 'ServicePrincipalCertificateThumbprint', Mandatory)][Parameter(ParameterSetName = 'AccessTokens')] [string]$TenantId,
        [Parameter(ParameterSetName = 'UserCredential')] [pscredential]$Credential,
        [Parameter(ParameterSetName = 'UserCredential')] [string]$AccountId,
        [string]$LogLevel,
        [string]$LogFilePath,
        [Parameter(ParameterSetName = 'UserCredential')] [string]$TeamsEnvironmentName,
        [Parameter(ParameterSetName = 'UserCredential')] [switch]$UseDeviceAuthentication,
        [Parameter(ParameterSetName = 'UserCredential')] [switch]$DisableWAM,
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)] [System.Security.Cryptography.X509Certificates.X509Certificate2]$Certificate,
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)][Parameter(ParameterSetName = 'ServicePrincipalCertificateThumbprint', Mandatory)] [string]$ApplicationId,
        [Parameter(ParameterSetName = 'ServicePrincipalCertificateThumbprint', Mandatory)] [string]$CertificateThumbprint,
        [Parameter(ParameterSetName = 'AccessTokens', Mandatory)] [string[]]$AccessTokens
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Connect-Sandbox $PSCmdlet $PSBoundParameters }
}

function Disconnect-MicrosoftTeams {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param()
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { $script:Session = $null }
}

function Get-CsTenant {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [string]$Filter,
        [string]$DomainController,
        [Parameter(Position = 0)] [string]$Identity,
        [int]$ResultSize
    )
    Invoke-Sandbox $PSCmdlet $PSBoundParameters
}

function Get-CsOnlineApplicationInstance {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [Parameter(Position = 0)] [string]$Identity,
        [Parameter(Position = 1)] [string]$Identities,
        [Parameter(Position = 2)] [int]$ResultSize,
        [Parameter(Position = 3)] [int]$Skip,
        [switch]$Force
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function New-CsOnlineApplicationInstance {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)] [string]$UserPrincipalName,
        [Parameter(Position = 1)] [guid]$ApplicationId,
        [Parameter(Position = 2)] [string]$DisplayName,
        [switch]$Force
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Set-CsOnlineApplicationInstance {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)] [string]$Identity,
        [Parameter(Position = 1)] [string]$OnpremPhoneNumber,
        [Parameter(Position = 2)] [guid]$ApplicationId,
        [Parameter(Position = 3)] [guid]$AcsResourceId,
        [Parameter(Position = 4)] [string]$DisplayName,
        [switch]$Force
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Sync-CsOnlineApplicationInstance {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [guid]$ObjectId,
        [string]$CallbackUri,
        [switch]$Force,
        [guid]$ApplicationId,
        [guid]$AcsResourceId
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Get-CsTeamsComplianceRecordingPolicy {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [guid]$Tenant,
        [Parameter(ParameterSetName = 'Identity')] [string]$Identity,
        [Parameter(ParameterSetName = 'Identity')] [guid]$Id,
        [Parameter(ParameterSetName = 'Identity')] [string]$Parent,
        [switch]$LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string]$Filter
    )
    Invoke-Sandbox $PSCmdlet $PSBoundParameters
}

function New-CsTeamsComplianceRecordingPolicy {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [guid]$Tenant,
        [string]$Identity,
        [bool]$Enabled,
        [bool]$WarnUserOnRemoval,
        [bool]$DisableComplianceRecordingAudioNotificationForCalls,
        [bool]$RecordReroutedCalls,
        [string]$Description,
        [ComplianceRecordingApplication[]]$ComplianceRecordingApplications,
        [guid]$CustomBanner,
        [bool]$CustomPromptsEnabled,
        [string]$CustomPromptsPackageId,
        [switch]$InMemory,
        [switch]$Force
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Set-CsTeamsComplianceRecordingPolicy {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity', SupportsShouldProcess)]
    param(
        [guid]$Tenant,
        [Parameter(ParameterSetName = 'Identity')] [string]$Identity,
        [bool]$Enabled,
        [bool]$WarnUserOnRemoval,
        [string]$Description,
        [Parameter(ParameterSetName = 'Identity')] [bool]$DisableComplianceRecordingAudioNotificationForCalls,
        [Parameter(ParameterSetName = 'Identity')] [bool]$RecordReroutedCalls,
        [ComplianceRecordingApplication[]]$ComplianceRecordingApplications,
        [Parameter(ParameterSetName = 'Identity')] [guid]$CustomBanner,
        [switch]$Force,
        [Parameter(ParameterSetName = 'Instance')] [psobject]$Instance
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Remove-CsTeamsComplianceRecordingPolicy {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [guid]$Tenant,
        [string]$Identity,
        [switch]$Force
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Get-CsTeamsComplianceRecordingApplication {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [guid]$Tenant,
        [Parameter(ParameterSetName = 'Identity')] [string]$Identity,
        [switch]$LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string]$Filter
    )
    Invoke-Sandbox $PSCmdlet $PSBoundParameters
}

function New-CsTeamsComplianceRecordingApplication {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity', SupportsShouldProcess)]
    param(
        [guid]$Tenant,
        [Parameter(ParameterSetName = 'Identity')] [string]$Identity,
        [bool]$RequiredBeforeMeetingJoin,
        [bool]$RequiredDuringMeeting,
        [bool]$RequiredBeforeCallEstablishment,
        [bool]$RequiredDuringCall,
        [uint32]$ConcurrentInvitationCount,
        [ComplianceRecordingPairedApplication[]]$ComplianceRecordingPairedApplications,
        [int]$Priority,
        [switch]$InMemory,
        [switch]$Force,
        [Parameter(ParameterSetName = 'ParentAndRelativeKey', Mandatory)] [string]$Parent,
        [Parameter(ParameterSetName = 'ParentAndRelativeKey', Mandatory)] [string]$Id
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Set-CsTeamsComplianceRecordingApplication {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity', SupportsShouldProcess)]
    param(
        [guid]$Tenant,
        [Parameter(ParameterSetName = 'Identity')] [string]$Identity,
        [bool]$RequiredBeforeMeetingJoin,
        [bool]$RequiredDuringMeeting,
        [bool]$RequiredBeforeCallEstablishment,
        [bool]$RequiredDuringCall,
        [uint32]$ConcurrentInvitationCount,
        [ComplianceRecordingPairedApplication[]]$ComplianceRecordingPairedApplications,
        [int]$Priority,
        [Parameter(ParameterSetName = 'Identity')] [guid]$Id,
        [Parameter(ParameterSetName = 'Identity')] [string]$Parent,
        [switch]$Force,
        [Parameter(ParameterSetName = 'Instance')] [psobject]$Instance
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Remove-CsTeamsComplianceRecordingApplication {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [guid]$Tenant,
        [string]$Identity,
        [guid]$Id,
        [string]$Parent,
        [switch]$Force
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function New-CsTeamsComplianceRecordingPairedApplication {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Mandatory)] [string]$Id
    )
    [ComplianceRecordingPairedApplication]@{ Id = $Id }
}

function Get-CsGroupPolicyAssignment {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [string]$GroupId,
        [string]$PolicyType
    )
    Invoke-Sandbox $PSCmdlet $PSBoundParameters
}

function New-CsGroupPolicyAssignment {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string]$GroupId,
        [Parameter(Mandatory)] [string]$PolicyType,
        [Parameter(Mandatory)] [string]$PolicyName,
        [int]$Rank,
        [switch]$PassThru
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Remove-CsGroupPolicyAssignment {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string]$GroupId,
        [Parameter(Mandatory)] [string]$PolicyType,
        [switch]$Break,
        [object[]]$HttpPipelineAppend,
        [object[]]$HttpPipelinePrepend,
        [switch]$PassThru,
        [uri]$Proxy,
        [pscredential]$ProxyCredential,
        [switch]$ProxyUseDefaultCredentials
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Get-CsUserPolicyAssignment {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Get')]
    param(
        [Parameter(ParameterSetName = 'Get', Mandatory)] [string]$Identity,
        [string]$PolicyType,
        [switch]$Break,
        [object[]]$HttpPipelineAppend,
        [object[]]$HttpPipelinePrepend,
        [uri]$Proxy,
        [pscredential]$ProxyCredential,
        [switch]$ProxyUseDefaultCredentials,
        [Parameter(ParameterSetName = 'GetViaIdentity', Mandatory)] [psobject]$InputObject
    )
    Invoke-Sandbox $PSCmdlet $PSBoundParameters
}

function Grant-CsTeamsComplianceRecordingPolicy {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity', SupportsShouldProcess)]
    param(
        [Parameter(ParameterSetName = 'Identity')] [string]$Identity,
        [Parameter(ParameterSetName = 'Identity')][Parameter(ParameterSetName = 'GrantToTenant')][Parameter(ParameterSetName = 'GrantToGroup', Position = 0)] [string]$PolicyName,
        [Parameter(ParameterSetName = 'Identity')][Parameter(ParameterSetName = 'GrantToTenant')] [guid]$Tenant,
        [Parameter(ParameterSetName = 'Identity')][Parameter(ParameterSetName = 'GrantToTenant')] [string]$DomainController,
        [switch]$PassThru,
        [Parameter(ParameterSetName = 'GrantToTenant')] [switch]$Global,
        [Parameter(ParameterSetName = 'GrantToGroup')] [string]$MsftInternalProcessingMode,
        [Parameter(ParameterSetName = 'GrantToGroup', Mandatory)] [string]$Group,
        [Parameter(ParameterSetName = 'GrantToGroup')] [int]$Rank
    )
    if ($PSCmdlet.ShouldProcess('Microsoft Teams')) { Invoke-Sandbox $PSCmdlet $PSBoundParameters }
}

function Get-CsOnlineUser {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0)] [string]$Identity,
        [string]$AccountType,
        [string]$Filter,
        [string]$Properties,
        [string]$ResultSize,
        [switch]$SkipUserPolicies,
        [switch]$SoftDeletedUser,
        [switch]$Sort
    )
    Invoke-Sandbox $PSCmdlet $PSBoundParameters
}

Export-ModuleMember -Function '*-MicrosoftTeams', '*-Cs*'
