using Luware.Portal;

await PortalApp.Build(args).RunAsync();
