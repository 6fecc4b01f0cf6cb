using Luware.Portal.Sandbox;
using Luware.Portal.Sandbox.Worker;

return args switch
{
    ["worker", ..] => await SandboxWorker.RunAsync(CancellationToken.None),
    [var command, .. var rest] => await SandboxCommands.RunAsync(command, rest),
    [] => await SandboxCommands.RunAsync("help", []),
};
