using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Luware.TeamsPowerShell.Protocol;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>How a worker process is started: its program, and an environment built from nothing.</summary>
internal static class WorkerStartInfo
{
    /// <summary>The variables that a process needs to reach Microsoft from this machine. No others are inherited.</summary>
    private static readonly string[] Inherited =
    [
        "PATH", "DOTNET_ROOT", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "SystemRoot", "SystemDrive", "windir", "PATHEXT", "ProgramFiles", "ProgramData",
    ];

    private static readonly Lazy<string> Script = new(ReadScript);

    public static ProcessStartInfo Create(TeamsWorkerOptions options, WorkerFolder folder, WorkerChannel channel)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = folder.Home,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetProgram(start, options, folder);
        SetEnvironment(start.Environment, options, folder, channel);
        return start;
    }

    private static void SetProgram(ProcessStartInfo start, TeamsWorkerOptions options, WorkerFolder folder)
    {
        // Restrictions on the scripts that a person may start on this Windows machine do not apply to the library's own script.
        string[] arguments = options.Arguments.Count > 0
            ? [.. options.Arguments]
            : ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "RemoteSigned", "-File", folder.Write("worker.ps1", Script.Value)];
        if (OperatingSystem.IsWindows())
        {
            start.FileName = options.Executable;
            Add(start, arguments);
            return;
        }

        // No core files, because they would hold tokens. setsid makes the worker the leader of a group with everything that it starts, and leaves Ctrl-C at a
        // terminal to the application, which drains the pool. Without setsid (macOS has none) the trap ignores Ctrl-C. exec replaces the shell, so the
        // process is the worker itself.
        start.FileName = "/bin/sh";
        Add(start, ["-c", "ulimit -c 0; trap '' INT; command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"", "sh", options.Executable, .. arguments]);
    }

    private static void Add(ProcessStartInfo start, IEnumerable<string> arguments)
    {
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
    }

    private static void SetEnvironment(
        IDictionary<string, string?> environment, TeamsWorkerOptions options, WorkerFolder folder, WorkerChannel channel)
    {
        var inherited = Inherited.Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name))).Where(v => v.Value is not null);
        (string, string)[] own =
        [
            ("HOME", folder.Home), ("USERPROFILE", folder.Home), ("TMPDIR", folder.Home), ("TEMP", folder.Home), ("TMP", folder.Home),
            ("LANG", "C.UTF-8"), ("NO_COLOR", "1"),

            // No telemetry, and no file or socket that a kill would leave behind.
            ("POWERSHELL_TELEMETRY_OPTOUT", "1"), ("POWERSHELL_UPDATECHECK", "Off"), ("POWERSHELL_DIAGNOSTICS_OPTOUT", "1"),
            ("DOTNET_EnableDiagnostics", "0"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),

            (WorkerProtocol.PipeVariable, channel.MessagesName), (WorkerProtocol.LifeLineVariable, channel.LifeLineName),
            (WorkerProtocol.ConnectLimitVariable, ((long)options.StartLimit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)),
            (WorkerProtocol.ModuleVariable, options.ModulePath), (WorkerProtocol.ModuleVersionVariable, options.ModuleVersion),
            (WorkerProtocol.CmdletsVariable, string.Join(';', TeamsCmdlets.All.Select(c => c.Name))),
        ];
        environment.Clear();
        foreach (var (name, value) in inherited)
            environment[name] = value;
        foreach (var (name, value) in own)
            environment[name] = value;
        foreach (var (name, value) in options.Environment)
            environment[name] = value;
    }

    private static string ReadScript()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("worker.ps1")
            ?? throw new InvalidOperationException("worker.ps1 is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
