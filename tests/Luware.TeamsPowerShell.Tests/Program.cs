using Luware.TeamsPowerShell.Tests.Processes;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [FaultyWorker.Command, var fault] => await FaultyWorker.RunAsync(Enum.Parse<Fault>(fault)),
    [LightWorker.Command] => LightWorker.Run(),
    [PortalProcess.Command, var powerShell] => await PortalProcess.RunAsync(powerShell),
    ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", _, "-File", var script] => PowerShellEngine.Run(script),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, Luware.TeamsPowerShell.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
