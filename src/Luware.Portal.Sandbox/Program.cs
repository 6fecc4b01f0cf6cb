using Luware.Portal.Sandbox.Worker;

return args is ["worker", ..] ? await SandboxWorker.RunAsync(CancellationToken.None) : 0;
