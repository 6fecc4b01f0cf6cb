using System.Net;
using System.Net.Sockets;

namespace Luware.Portal.Sandbox.Running;

/// <summary>Finds a port before the portal starts, because the portal's own address is one of its settings.</summary>
public static class FreePort
{
    private const int Tries = 100;

    private static int Last = Random.Shared.Next(20_000, 31_000);

    /// <summary>
    /// A free port for something that listens later: outside the range from which systems hand out ports, so that nobody is given it meanwhile, and never one
    /// twice in a process.
    /// </summary>
    public static int ForLater()
    {
        for (var i = 0; i < Tries; i++)
        {
            if (TryListen(Interlocked.Increment(ref Last)) is { } free)
                return free;
        }

        throw new IOException($"{Tries} ports up to {Last} are all taken.");
    }

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
