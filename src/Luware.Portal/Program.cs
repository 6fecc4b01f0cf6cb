using Luware.Portal;

return await PortalApp.RunAsync(() => PortalApp.Build(args));
