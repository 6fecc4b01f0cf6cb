using System.IO.Pipes;
using System.Text;
using Luware.TeamsPowerShell.Protocol;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>
/// A correct worker in a minimal real process: no threads, no serializer, hardly any compilation, so that every test run can start a thousand of them.
/// </summary>
internal static class LightWorker
{
    public const string Command = "light-worker";

    /// <summary>Settings that use it as the pool's worker program.</summary>
    public static void Use(TeamsWorkerOptions options)
    {
        options.Arguments.Clear();
        options.Arguments.Add(Command);
        // Neither pays off in a process that lives for milliseconds.
        options.Environment["DOTNET_TieredPGO"] = "0";
        options.Environment["DOTNET_gcConcurrent"] = "0";
    }

    public static int Run()
    {
        using var lifeLine = Connect(WorkerProtocol.LifeLineVariable, PipeDirection.In);
        using var messages = Connect(WorkerProtocol.PipeVariable, PipeDirection.InOut);
        using var requests = new StreamReader(messages, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        Send(messages, """{"kind":"hello","protocol":1,"worker":"light","module":"7.8.0"}""");
        var tenant = "";
        while (requests.ReadLine() is { } request)
        {
            var id = Value(request, "\"id\":");
            if (request.Contains("\"kind\":\"connect\"", StringComparison.Ordinal))
                tenant = Value(request, "\"tenantId\":");
            else
                Send(messages, $$"""{"kind":"result","id":{{id}},"value":{"TenantId":{{tenant}} } }""");
            Send(messages, $$"""{"kind":"done","id":{{id}} }""");
        }
        return 0;
    }

    private static string Value(string request, string name)
    {
        var begin = request.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return request[begin..request.IndexOfAny([',', '}'], begin)];
    }

    private static void Send(Stream messages, string message) => messages.Write(Encoding.ASCII.GetBytes(message + "\n"));

    private static NamedPipeClientStream Connect(string variable, PipeDirection direction)
    {
        var pipe = new NamedPipeClientStream(".", Environment.GetEnvironmentVariable(variable)!, direction, PipeOptions.CurrentUserOnly);
        pipe.Connect();
        return pipe;
    }
}
