@{
    RootModule        = 'Module.psm1'
    ModuleVersion     = '7.8.0'
    GUID              = '3f9d1a0e-6f0b-4d44-9d8e-5f5c0e9c2a11'
    Author            = 'Luware'
    FunctionsToExport = '*'
    CmdletsToExport   = @()
    AliasesToExport   = @()
}
