using Luware.Portal;

return await PortalApp.RunAsync(args);
