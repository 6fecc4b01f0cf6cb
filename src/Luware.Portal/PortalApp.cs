namespace Luware.Portal;

/// <summary>The portal's composition root.</summary>
public static class PortalApp
{
    /// <param name="args">Command line settings, as in --Portal:PublicAddress=https://portal.example.com.</param>
    /// <param name="configure">Runs before the portal's own registrations and configuration are read.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        return builder.Build();
    }
}
