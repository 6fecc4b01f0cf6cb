using Luware.Portal.Sandbox.Worker;
using Luware.Portal.Sandbox.World;

if (args is ["worker", ..]) return await SandboxWorker.RunAsync(CancellationToken.None);

await using var world = await SandboxWorld.StartAsync(new SandboxOptions { Port = 5210 });
Console.WriteLine(world.Address);
await world.WaitForShutdownAsync(CancellationToken.None);
return 0;
