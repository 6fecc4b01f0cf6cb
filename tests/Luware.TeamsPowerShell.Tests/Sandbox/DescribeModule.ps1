# Writes PowerShell's own description of the module's cmdlets: one line for each parameter of each set.
$module = Import-Module $env:DESCRIBED_MODULE -PassThru
$common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
foreach ($command in $module.ExportedCommands.Values) {
    foreach ($set in $command.ParameterSets) {
        $name = if ($command.ParameterSets.Count -gt 1) { $set.Name }
        $default = if ($command.ParameterSets.Count -gt 1 -and $set.IsDefault) { ' (default)' }
        foreach ($parameter in $set.Parameters) {
            if ($parameter.Name -in $common) { continue }
            $position = if ($parameter.Position -ge 0) { $parameter.Position }
            [Console]::Out.WriteLine("$($command.Name) $name${default}: $($parameter.Name) $($parameter.ParameterType.Name) $($parameter.IsMandatory) $position")
        }
    }
    [Console]::Out.WriteLine("$($command.Name) ShouldProcess: $($command.Parameters.ContainsKey('WhatIf'))")
}
