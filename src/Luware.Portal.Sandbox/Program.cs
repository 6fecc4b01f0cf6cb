using Luware.Portal.Sandbox.World;

await using var world = await SandboxWorld.StartAsync(new SandboxOptions { Port = 5210 });
Console.WriteLine(world.Address);
await world.WaitForShutdownAsync(CancellationToken.None);
