#Requires -Version 7.4
<#
.SYNOPSIS
Creates or updates the portal's registration in Luware's own Entra tenant.

.DESCRIPTION
Needs the Azure CLI, signed in (az login) as an Application Administrator of that tenant. A second run changes only what is not as it should be; with -Vault
each run also creates another client secret. Earlier secrets stay valid until somebody deletes them: docs/operations.md says when. Objects are found by name
(uniqueName, permission names), never by a copied id. The script prints the ids that the portal's settings need, and never prints a secret.

.EXAMPLE
./register-apps.ps1 -PublicAddress https://onboarding.example.com -Vault luware-kv-abc123
#>
[CmdletBinding()]
param(
    # The portal's Portal:PublicAddress.
    [Parameter(Mandatory)] [uri] $PublicAddress,

    [string] $UniqueName = 'luware-portal',

    [string] $DisplayName = 'Luware Onboarding',

    # A key vault that receives a new client secret (as the secret entra-client-secret) and its expiry date; without it no secret is created.
    [string] $Vault
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if ($PublicAddress.Scheme -ne 'https' -or $PublicAddress.PathAndQuery -ne '/') {
    throw "-PublicAddress is '$PublicAddress'. Give the https address of the portal without a path."
}

$graph = 'https://graph.microsoft.com/v1.0'

# Calls Graph directly instead of through az: on Windows az is a batch file, and cmd would interpret characters in the addresses.
$answer = & az account get-access-token --resource https://graph.microsoft.com --output json
if ($LASTEXITCODE -ne 0) { throw 'The Azure CLI has no token for Graph: az login.' }
$token = ConvertTo-SecureString ($answer | Out-String | ConvertFrom-Json).accessToken -AsPlainText

# Try again after these: Graph throttles, is unavailable, or has not replicated an object that was created a moment ago.
$passing = @(404, 429, 503)

function Invoke-Graph([string] $Method, [string] $Path, [object] $Body, [hashtable] $Headers = @{}, [int[]] $TryAgainAt = $passing) {
    $request = @{ Method = $Method; Uri = "$graph$Path"; Authentication = 'Bearer'; Token = $token; Headers = $Headers; TimeoutSec = 60 }
    if ($null -ne $Body) {
        $request.Body = ConvertTo-Json -InputObject $Body -Depth 10
        $request.ContentType = 'application/json; charset=utf-8'
    }
    for ($try = 1; ; $try++) {
        $answer = Invoke-RestMethod @request -SkipHttpErrorCheck -StatusCodeVariable status
        if ($status -lt 300) { return $answer }
        if ($status -notin $TryAgainAt -or $try -eq 10) { throw "Graph refused ($status): $Method $Path $(ConvertTo-Json -InputObject $answer -Compress)" }
        Start-Sleep -Seconds 5
    }
}

# Returns a service's service principal in this tenant and creates it if the service was never used there. While Entra replicates a new application, it calls its id invalid (400).
function Get-Principal([string] $AppId) {
    $found = (Invoke-Graph GET "/servicePrincipals?`$filter=appId eq '$AppId'").value
    if ($found) { $found[0] } else { Invoke-Graph POST '/servicePrincipals' @{ appId = $AppId } -TryAgainAt (@(400) + $passing) }
}

function Get-RequiredAccess([string] $AppId, [string[]] $Names) {
    $service = Get-Principal $AppId
    @{
        resourceAppId  = $AppId
        resourceAccess = @(foreach ($name in $Names) {
                $scope = $service.oauth2PermissionScopes | Where-Object value -EQ $name
                if (-not $scope) { throw "$($service.displayName) has no delegated permission '$name'." }
                @{ id = $scope.id; type = 'Scope' }
            })
    }
}

# The permissions that the portal asks for, per route (Entra:* in its settings). The registration lists them so that an organisation can consent to all at once.
$permissions = @(
    # Microsoft Graph
    Get-RequiredAccess '00000003-0000-0000-c000-000000000000' @('openid', 'profile', 'offline_access', 'User.Read', 'Directory.Read.All', 'Group.ReadWrite.All')
    # Skype and Teams Tenant Admin API
    Get-RequiredAccess '48ac35b8-9aa8-4d74-927d-1f4a14a0b239' @('user_impersonation')
    # Azure Service Management, which is Azure Resource Manager
    Get-RequiredAccess '797f4846-ba00-4fd7-ba43-dac1f8f63013' @('user_impersonation')
    # Azure Storage
    Get-RequiredAccess 'e406a681-f3d4-42a8-90b6-c2b029497af1' @('user_impersonation')
)

# Fixed ids, so that a second run finds its own roles.
$appRoles = @(
    @{
        id = '5b0d3c6e-0f53-4c0a-9d4b-6f1f6a3b7a01'; value = 'SuccessSpecialist'; displayName = 'Success specialist'; isEnabled = $true
        description = 'Sees and accompanies all customers that are being onboarded.'; allowedMemberTypes = @('User')
    }
    @{
        id = '5b0d3c6e-0f53-4c0a-9d4b-6f1f6a3b7a02'; value = 'PortalAdministrator'; displayName = 'Portal administrator'; isEnabled = $true
        description = 'Administers the onboarding portal.'; allowedMemberTypes = @('User')
    }
)

$address = $PublicAddress.GetLeftPart([UriPartial]::Authority)
$registration = @{
    displayName            = $DisplayName
    signInAudience         = 'AzureADMultipleOrgs'
    # Without the claim wids nobody counts as an administrator.
    groupMembershipClaims  = 'DirectoryRole'
    appRoles               = $appRoles
    requiredResourceAccess = $permissions
    web                    = @{
        redirectUris          = @("$address/sign-in/callback", "$address/signed-out")
        homePageUrl           = "$address/"
        implicitGrantSettings = @{ enableIdTokenIssuance = $false; enableAccessTokenIssuance = $false }
    }
}

Invoke-Graph PATCH "/applications(uniqueName='$UniqueName')" $registration @{ Prefer = 'create-if-missing' } | Out-Null
$application = Invoke-Graph GET "/applications(uniqueName='$UniqueName')"
$principal = Get-Principal $application.appId
$tenant = (Invoke-Graph GET '/organization').value[0].id

if ($Vault) {
    $credential = Invoke-Graph POST "/applications/$($application.id)/addPassword" @{ passwordCredential = @{ displayName = "portal $(Get-Date -Format yyyy-MM-dd)" } }
    $expires = ([datetime]$credential.endDateTime).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
    foreach ($secret in @{ name = 'entra-client-secret'; value = $credential.secretText }, @{ name = 'entra-client-secret-expires'; value = $expires }) {
        $file = New-TemporaryFile
        try {
            Set-Content -LiteralPath $file -Value $secret.value -NoNewline
            & az keyvault secret set --vault-name $Vault --name $secret.name --file $file --expires $expires --output none
            if ($LASTEXITCODE -ne 0) { throw "$($secret.name) could not be written to '$Vault'." }
        }
        finally {
            Remove-Item -LiteralPath $file
        }
    }
}

[pscustomobject]@{
    'Entra:ClientId'              = $application.appId
    'Staff:TenantId'              = $tenant
    'Enterprise application (id)' = $principal.id
}
