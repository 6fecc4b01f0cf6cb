# The worker process of Luware.TeamsPowerShell, for PowerShell 7.4 and later.
#
# It imports the MicrosoftTeams module into a second runspace without language, in which only the listed cmdlets are visible,
# sends a hello message on a pipe, and then answers one request after the other: one JSON message per line, as Protocol/Messages.cs defines them.
# It never evaluates received text, and only lines on the pipe count as answers.

using namespace System.Collections
using namespace System.IO
using namespace System.IO.Pipes
using namespace System.Management.Automation
using namespace System.Management.Automation.Runspaces
using namespace System.Text.Json

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$ProtocolVersion = 1
$ConnectCmdlet = 'Connect-MicrosoftTeams'
$MaxDepth = 5
$StreamsEvery = 200 # milliseconds

# ---- the pipes ----

# If the pool died while this process was starting, nobody answers; without a limit the worker would wait for ever.
function Connect-Pipe([string]$name, [PipeDirection]$direction) {
    $pipe = [NamedPipeClientStream]::new('.', $name, $direction, [PipeOptions]::CurrentUserOnly)
    $pipe.Connect([int]$env:TEAMS_WORKER_CONNECT_LIMIT)
    $pipe
}

# When the life line closes, the portal is gone: end at once with everything that was started here, even while a cmdlet runs. On Windows
# the portal's job object does that; elsewhere this process leads a group, and only a shell can send a signal to a group.
function Watch-LifeLine([NamedPipeClientStream]$lifeLine) {
    $watcher = [powershell]::Create([InitialSessionState]::CreateDefault2()).AddScript({
            param($pipe)
            try { $null = $pipe.ReadByte() } catch { }
            try { if (-not $IsWindows) { $null = & /bin/sh -c 'kill -KILL -"$1"' sh $PID } } catch { }
            [System.Diagnostics.Process]::GetCurrentProcess().Kill()
        }).AddArgument($lifeLine)
    $null = $watcher.BeginInvoke()
}

function Send-Message([string]$kind, [scriptblock]$write) {
    $line = [MemoryStream]::new()
    $json = [Utf8JsonWriter]::new([Stream]$line, [JsonWriterOptions]::new())
    $json.WriteStartObject()
    $json.WriteString('kind', $kind)
    & $write $json
    $json.WriteEndObject()
    $json.Flush()
    $line.WriteByte(10)
    $line.WriteTo($messages)
    $messages.Flush()
}

# ---- values out ----

function Write-Value([Utf8JsonWriter]$json, $value, [int]$depth) {
    if ($null -eq $value) { $json.WriteNullValue() }
    elseif ($value -is [bool] -or $value -is [switch]) { $json.WriteBooleanValue([bool]$value) }
    elseif ($value -is [int] -or $value -is [long] -or $value -is [uint] -or $value -is [short] -or $value -is [byte]) { $json.WriteNumberValue([long]$value) }
    elseif ($value -is [datetime] -or $value -is [datetimeoffset]) { $json.WriteStringValue($value.ToString('o')) }
    elseif ($value -is [string] -or $value -is [ValueType] -or $value -is [uri] -or $value -is [version] -or $depth -le 0) { $json.WriteStringValue([string]$value) }
    elseif ($value -is [IDictionary]) {
        $json.WriteStartObject()
        foreach ($key in $value.Keys) { Write-Property $json ([string]$key) $value[$key] $depth }
        $json.WriteEndObject()
    }
    elseif ($value -is [IEnumerable]) {
        $json.WriteStartArray()
        foreach ($item in $value) { Write-Value $json $item ($depth - 1) }
        $json.WriteEndArray()
    }
    else {
        $json.WriteStartObject()
        foreach ($property in $value.psobject.Properties) { Write-Property $json $property.Name (Read-Property $property) $depth }
        $json.WriteEndObject()
    }
}

function Write-Property([Utf8JsonWriter]$json, [string]$name, $value, [int]$depth) {
    $json.WritePropertyName($name)
    Write-Value $json $value ($depth - 1)
}

# A property's getter may throw; an unreadable value becomes null. The comma keeps a one-element array an array.
function Read-Property([PSPropertyInfo]$property) {
    try { , $property.Value } catch { $null }
}

function Send-Result([int]$id, $object, [string[]]$select) {
    Send-Message 'result' {
        param($json)
        $json.WriteNumber('id', $id)
        $json.WriteStartObject('value')
        foreach ($name in $select) {
            $property = $object.psobject.Properties[$name]
            $value = $null
            if ($null -ne $property) { $value = Read-Property $property }
            Write-Property $json $name $value $MaxDepth
        }
        $json.WriteEndObject()
    }
}

function Send-Output([int]$id, [string]$stream, [string]$text) {
    Send-Message 'output' {
        param($json)
        $json.WriteNumber('id', $id)
        $json.WriteString('stream', $stream)
        $json.WriteString('text', $text)
    }
}

function Send-Streams([int]$id, [PSDataStreams]$streams) {
    foreach ($record in $streams.Warning.ReadAll()) { Send-Output $id 'warning' $record.Message }
    foreach ($record in $streams.Verbose.ReadAll()) { Send-Output $id 'verbose' $record.Message }
    foreach ($record in $streams.Debug.ReadAll()) { Send-Output $id 'debug' $record.Message }
    foreach ($record in $streams.Information.ReadAll()) { Send-Output $id 'information' ([string]$record.MessageData) }
    foreach ($record in $streams.Progress.ReadAll()) { Send-Output $id 'progress' "$($record.Activity): $($record.StatusDescription)" }
}

function Send-Done([int]$id) {
    Send-Message 'done' { param($json) $json.WriteNumber('id', $id) }
}

# ---- errors out ----

function Send-Error([int]$id, [ErrorRecord]$record) {
    $inner = [Generic.List[string]]::new()
    if ($null -ne $record.ErrorDetails) { $inner.Add($record.ErrorDetails.Message) }
    for ($cause = $record.Exception.InnerException; $null -ne $cause; $cause = $cause.InnerException) { $inner.Add($cause.Message) }
    $correlation = [regex]::Match("$($record.Exception.Message) $inner", '(?i)correlation.?id\W+([0-9a-f-]{36})')

    Send-Message 'error' {
        param($json)
        $json.WriteNumber('id', $id)
        $json.WriteStartObject('error')
        $json.WriteString('category', [string]$record.CategoryInfo.Category)
        $json.WriteString('errorId', $record.FullyQualifiedErrorId)
        Write-Property $json 'target' $record.CategoryInfo.TargetName 1
        $json.WriteString('message', $record.Exception.Message)
        Write-Property $json 'inner' $inner 2
        Write-Property $json 'correlationId' $(if ($correlation.Success) { $correlation.Groups[1].Value }) 1
        $json.WriteEndObject()
    }
}

# Returns the error record inside an exception that EndInvoke threw.
function Get-Record([Exception]$exception) {
    while ($exception -is [MethodInvocationException] -and $null -ne $exception.InnerException) { $exception = $exception.InnerException }
    if ($exception -is [IContainsErrorRecord]) { $exception.ErrorRecord }
    else { [ErrorRecord]::new($exception, $exception.GetType().Name, 'NotSpecified', $null) }
}

# ---- values in ----

function Read-Value([int]$id, [JsonElement]$value) {
    switch ($value.GetProperty('type').GetString()) {
        'text' { $value.GetProperty('value').GetString() }
        'flag' { $value.GetProperty('value').GetBoolean() }
        'number' { $value.GetProperty('value').GetInt32() }
        'id' { $value.GetProperty('value').GetGuid() }
        'date' { $value.GetProperty('value').GetDateTimeOffset() }
        'null' { $null }
        'list' { , @(foreach ($item in $value.GetProperty('items').EnumerateArray()) { Read-Value $id $item }) }
        'nested' { Invoke-Listed $id $value.GetProperty('command') }
        default { throw "The type of value '$_' is not known." }
    }
}

# ---- the cmdlets ----

function Open-Runspace([string]$module, [string]$version, [string[]]$visible) {
    $state = [InitialSessionState]::CreateDefault2()
    $state.ThreadOptions = [PSThreadOptions]::ReuseThread
    # Otherwise a cmdlet would continue after reporting a non-terminating error, and nobody would see the error.
    $state.Variables.Add([SessionStateVariableEntry]::new('ErrorActionPreference', 'Stop', ''))
    $state.Variables.Add([SessionStateVariableEntry]::new('ConfirmPreference', 'None', ''))
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()

    $import = [powershell]::Create($runspace).AddCommand('Import-Module').AddParameter('PassThru')
    if ($version) { $null = $import.AddParameter('FullyQualifiedName', @{ ModuleName = $module; RequiredVersion = $version }) }
    else { $null = $import.AddParameter('Name', $module) }
    $script:ModuleVersion = [string]$import.Invoke()[0].Version

    $proxy = $runspace.SessionStateProxy
    foreach ($command in $proxy.InvokeCommand.GetCommands('*', [CommandTypes]'Alias, Function, Filter, Cmdlet', $true)) {
        if ($command.Name -notin $visible) { $command.Visibility = [SessionStateEntryVisibility]::Private }
    }
    $proxy.Applications.Clear()
    $proxy.Scripts.Clear()
    $proxy.LanguageMode = [PSLanguageMode]::NoLanguage
    $runspace
}

# Runs a cmdlet, sends the records of its streams, and returns its output. Every error record ends it.
function Invoke-Cmdlet([int]$id, [string]$name, [IDictionary]$parameters) {
    $shell = [powershell]::Create($runspace)
    try {
        $null = $shell.AddCommand($name)
        foreach ($parameter in $parameters.GetEnumerator()) { $null = $shell.AddParameter($parameter.Key, $parameter.Value) }
        $nothing = [PSDataCollection[psobject]]::new()
        $nothing.Complete()
        $objects = [PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke($nothing, $objects)
        do {
            $ended = $running.AsyncWaitHandle.WaitOne($StreamsEvery)
            Send-Streams $id $shell.Streams
        } until ($ended)
        try { $null = $shell.EndInvoke($running) } catch { throw (Get-Record $_.Exception) }
        if ($shell.Streams.Error.Count -gt 0) { throw $shell.Streams.Error[0] }
        $objects
    }
    finally { $shell.Dispose() }
}

function Invoke-Listed([int]$id, [JsonElement]$command) {
    $name = $command.GetProperty('name').GetString()
    if ($name -cnotin $cmdlets) { throw "$name is not one of the cmdlets that may run." }
    $parameters = [ordered]@{}
    foreach ($parameter in $command.GetProperty('parameters').EnumerateArray()) {
        $parameters[$parameter.GetProperty('name').GetString()] = Read-Value $id $parameter.GetProperty('value')
    }
    Invoke-Cmdlet $id $name $parameters
}

# ---- the requests ----

function Invoke-Connect([int]$id, [JsonElement]$request) {
    # Graph first, as on the cmdlet's reference page.
    $tokens = [string[]]@($request.GetProperty('graphToken').GetString(), $request.GetProperty('teamsToken').GetString())
    $null = Invoke-Cmdlet $id $ConnectCmdlet @{ AccessTokens = $tokens }
}

function Invoke-Request([JsonElement]$request) {
    $id = $request.GetProperty('id').GetInt32()
    try {
        switch ($request.GetProperty('kind').GetString()) {
            'connect' { Invoke-Connect $id $request }
            'invoke' {
                $command = $request.GetProperty('command')
                $select = [string[]]@(foreach ($name in $command.GetProperty('select').EnumerateArray()) { $name.GetString() })
                $objects = @(Invoke-Listed $id $command)
                if ($select.Count -gt 0) { foreach ($object in $objects) { Send-Result $id $object $select } }
            }
            default { throw "The kind of request '$_' is not known." }
        }
        Send-Done $id
    }
    catch { Send-Error $id $_ }
}

function Send-Hello {
    Send-Message 'hello' {
        param($json)
        $json.WriteNumber('protocol', $ProtocolVersion)
        $json.WriteString('worker', "PowerShell $($PSVersionTable.PSVersion)")
        $json.WriteString('module', $ModuleVersion)
    }
}

# The process must end here: threads of the second runspace would keep it alive.
$exitCode = 1
try {
    $cmdlets = $env:TEAMS_WORKER_CMDLETS.Split(';')
    $lifeLine = Connect-Pipe $env:TEAMS_WORKER_LIFELINE ([PipeDirection]::In)
    Watch-LifeLine $lifeLine
    $messages = Connect-Pipe $env:TEAMS_WORKER_PIPE ([PipeDirection]::InOut)
    $runspace = Open-Runspace $env:TEAMS_WORKER_MODULE $env:TEAMS_WORKER_MODULE_VERSION ($cmdlets + $ConnectCmdlet)
    Send-Hello

    # Without a byte order mark, and refusing what is not UTF-8.
    $requests = [StreamReader]::new($messages, [System.Text.UTF8Encoding]::new($false, $true))
    while ($null -ne ($line = $requests.ReadLine())) {
        $document = [JsonDocument]::Parse($line, [JsonDocumentOptions]::new())
        Invoke-Request $document.RootElement
        $document.Dispose()
    }
    $exitCode = 0
}
catch { [Console]::Error.WriteLine("$_") }
finally { [Environment]::Exit($exitCode) }
