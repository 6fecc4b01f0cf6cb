@{
    RootModule        = 'MicrosoftTeams.psm1'
    # The current version when the reference pages were taken that the cmdlets follow.
    ModuleVersion     = '7.9.0'
    GUID              = '8f6f5c3e-1f0d-4b6a-9c55-6d1c1f0a7b21'
    Author            = 'Luware'
    CompanyName       = 'Luware'
    Description       = 'Stands in for the MicrosoftTeams module of Microsoft and talks to the sandbox of the Luware Portal.'
    PowerShellVersion = '7.4'
    FunctionsToExport = @(
        'Connect-MicrosoftTeams',
        'Disconnect-MicrosoftTeams',
        'Get-CsTenant',
        'Get-CsOnlineApplicationInstance',
        'New-CsOnlineApplicationInstance',
        'Set-CsOnlineApplicationInstance',
        'Sync-CsOnlineApplicationInstance',
        'Get-CsTeamsComplianceRecordingPolicy',
        'New-CsTeamsComplianceRecordingPolicy',
        'Set-CsTeamsComplianceRecordingPolicy',
        'Remove-CsTeamsComplianceRecordingPolicy',
        'Get-CsTeamsComplianceRecordingApplication',
        'New-CsTeamsComplianceRecordingApplication',
        'Set-CsTeamsComplianceRecordingApplication',
        'Remove-CsTeamsComplianceRecordingApplication',
        'New-CsTeamsComplianceRecordingPairedApplication',
        'Get-CsGroupPolicyAssignment',
        'New-CsGroupPolicyAssignment',
        'Remove-CsGroupPolicyAssignment',
        'Get-CsUserPolicyAssignment',
        'Grant-CsTeamsComplianceRecordingPolicy',
        'Get-CsOnlineUser'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
