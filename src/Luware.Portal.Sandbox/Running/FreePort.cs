using System.Net;
using System.Net.Sockets;

namespace Luware.Portal.Sandbox.Running;

/// <summary>Finds a port before the portal starts, because the portal's own address is one of its settings.</summary>
public static class FreePort
{
    private const int Tries = 100;

    /// <returns>The first unused port from <paramref name="preferred"/> on; any free port for 0.</returns>
    public static int From(int preferred)
    {
        for (var port = preferred; port < preferred + Tries; port++)
        {
            if (TryListen(preferred == 0 ? 0 : port) is { } free)
                return free;
        }

        throw new IOException($"The ports {preferred} to {preferred + Tries - 1} are all taken. Choose another with --port.");
    }

    public static Uri Address(int port) => new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), port).Uri;

    private static int? TryListen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
