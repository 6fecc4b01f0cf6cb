# ---- From here on the script is the same for every customer and every step. ----

# Restored in the end: some editors run a file in the session's own scope.
$before = $ErrorActionPreference, $PSDefaultParameterValues
$ErrorActionPreference = 'Stop'
# A module does not see the line above where the script was started from a prompt. Nor does it ask anything: nobody may be there to answer.
$PSDefaultParameterValues = @{ '*-Cs*:ErrorAction' = 'Stop'; '*-MicrosoftTeams:ErrorAction' = 'Stop'; '*-Cs*:Confirm' = $false }

$folder = if ($PSScriptRoot) { $PSScriptRoot } else { $PWD.Path }
$file = [System.IO.Path]::Combine($folder, "luware-$scriptName-$tenant")
$result = [ordered]@{
    format    = 'luware-portal-script'
    version   = 1
    tenant    = $tenant
    script    = $scriptName
    startedAt = [DateTimeOffset]::UtcNow.ToString('o')
    endedAt   = $null
    problem   = $null
    steps     = [System.Collections.Generic.List[object]]::new()
}

# The step that the objects after it belong to.
function Start-Step([string]$Step, [string]$Title) {
    Write-Host "`n$Title"
    $result.steps.Add([ordered]@{ step = $Step; objects = [System.Collections.Generic.List[object]]::new() })
}

# A line for people and one for the portal. States: found, made, byHand, leftOut, failed.
function Add-Object([string]$Id, [string]$State, [string]$Message) {
    $result.steps[$result.steps.Count - 1].objects.Add([ordered]@{ id = $Id; state = $State; message = $Message })
    Write-Host "  $($words[$State]): $Message"
}

# Looks for the object and makes it where it is not there. What was made a moment ago is not known everywhere in Teams at once, and
# the service can be busy: both pass by waiting, and each time it looks again first.
function Use-Object([string]$Id, [string]$Title, [scriptblock]$Find, [scriptblock]$Make, [scriptblock]$When = { $true }, [string]$Otherwise) {
    $isBegun = $false
    for ($attempt = 1; ; $attempt++) {
        try {
            $there = & $Find
            if ($there) {
                Add-Object $Id $(if ($isBegun) { 'made' } else { 'found' }) $Title
                return $there
            }
            if (-not (& $When)) {
                Add-Object $Id 'byHand' $Otherwise
                return
            }
            $isBegun = $true
            $made = & $Make
            Add-Object $Id 'made' $Title
            return $made
        }
        catch {
            if ($attempt -ge 10 -or $_.Exception.Message -notmatch 'not found|does not exist|too busy|timed out|\b(429|503)\b') {
                Add-Object $Id 'failed' "$Title ($($_.Exception.Message))"
                throw
            }
            Write-Host "  $($words.waiting) $($_.Exception.Message)"
            Start-Sleep -Seconds 30
        }
    }
}

# Looks, but leaves making it out: the comment above says why.
function Skip-Object([string]$Id, [string]$Title, [scriptblock]$Find) {
    if (& $Find) { Add-Object $Id 'found' $Title } else { Add-Object $Id 'leftOut' $Title }
}

# Whether the object was there before this run.
function Test-Found([string]$Id) {
    "$Id found" -in ($result.steps | ForEach-Object { $_.objects } | ForEach-Object { "$($_.id) $($_.state)" })
}

# What another step has made.
function Get-Needed([string]$Id, [string]$Missing, [scriptblock]$Find) {
    $there = & $Find
    if ($there) { return $there }
    Add-Object $Id 'failed' $Missing
    throw $Missing
}

function Connect-Teams {
    try { Import-Module MicrosoftTeams -MinimumVersion $oldestModule } catch { throw "$($words.module) $($_.Exception.Message)" }
    Connect-MicrosoftTeams -TenantId $tenant | Out-Null
    if ("$((Get-CsTenant).TenantId)" -ne $tenant) { throw $words.otherTenant }
}

$exitCode = 1
Start-Transcript -Path "$file.log" -Append | Out-Null
try {
    if ($usesTeams) { Connect-Teams }
    # A strict mode of the person's own would refuse to read properties of what is not there yet. In a scope of its own, so that it stays theirs.
    & { Set-StrictMode -Off; . $steps }
    $left = @($result.steps | ForEach-Object { $_.objects } | Where-Object { $_.state -in 'byHand', 'leftOut' })
    $exitCode = if ($left.Count) { 2 } else { 0 }
}
catch {
    $result.problem = $_.Exception.Message
    Write-Host "$($words.stopped) $($result.problem)"
}
finally {
    $result.endedAt = [DateTimeOffset]::UtcNow.ToString('o')
    [System.IO.File]::WriteAllText("$file.result.json", (ConvertTo-Json -InputObject $result -Depth 6), [System.Text.UTF8Encoding]::new($false))
    Write-Host "`n$($words.report) $file.result.json"
    if ($usesTeams) { try { Disconnect-MicrosoftTeams | Out-Null } catch { Write-Host $_.Exception.Message } }
    $ErrorActionPreference, $PSDefaultParameterValues = $before
    Stop-Transcript | Out-Null
}
exit $exitCode
