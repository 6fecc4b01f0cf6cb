using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Luware.TeamsPowerShell.Protocol;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>A worker process without a module, correct or with one <see cref="Fault"/>; the test project's own program in another role.</summary>
internal sealed class FaultyWorker(Fault fault, WorkerLink link)
{
    public const string Command = "faulty-worker";

    /// <summary>
    /// Environment variable with a file to which the worker appends the name of every cmdlet that it runs, or its process id if it runs none.
    /// </summary>
    public const string JournalVariable = "FAULTY_WORKER_JOURNAL";

    /// <summary>Selected properties that are answered with facts about the process.</summary>
    public const string ProcessProperty = "Process";
    public const string EnvironmentProperty = "Environment";

    private static readonly TeamsError Busy = new("NotSpecified", "ServiceBusy", null, "Service is too busy.", [], null);
    private static readonly TeamsError Unavailable = new("NotSpecified", "Other", null, "The server answered 503 (Service Unavailable).", [], null);

    private string _tenant = "";
    private int _busy;

    public static async Task<int> RunAsync(Fault fault)
    {
        if (fault == Fault.ExitsAtStart)
        {
            await Console.Error.WriteLineAsync("The module could not be imported.");
            return 3;
        }
        if (fault == Fault.NeverOpensItsPipes)
        {
            await File.AppendAllTextAsync(Environment.GetEnvironmentVariable(JournalVariable)!, $"{Environment.ProcessId}\n");
            await Task.Delay(Timeout.Infinite);
        }
        await using var link = await WorkerLink.ConnectAsync(CancellationToken.None);
        return await new FaultyWorker(fault, link).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        if (fault == Fault.HangsAtStart)
            await Task.Delay(Timeout.Infinite);
        if (fault == Fault.ExitsBeforeHello)
        {
            await Console.Error.WriteLineAsync("The module ended the process.");
            Environment.Exit(9);
        }
        if (fault == Fault.SaysGarbageAtStart)
            await SendRawAsync("Welcome to the module!\n");
        await SendAsync(new HelloMessage(
            fault == Fault.SpeaksAnotherVersion ? 99 : WorkerProtocol.Version, "faulty", fault == Fault.HasAnotherModule ? "0.0.1" : "7.8.0"));
        if (fault == Fault.ExitsWhenIdle)
        {
            // A process that ends at once may be gone before the pool has taken it for warm.
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            return 5;
        }

        while (await link.ReadAsync(CancellationToken.None) is { } request)
        {
            if (request is ConnectMessage connect)
                await ConnectAsync(connect);
            else if (request is InvokeMessage { Command.Name: "Get-CsTenant" } tenant)
                await ProveAsync(tenant);
            else
                await InvokeAsync((InvokeMessage)request);
        }
        return 0;
    }

    private async Task ConnectAsync(ConnectMessage connect)
    {
        switch (fault)
        {
            case Fault.ExitsWhenConnected:
                Environment.Exit(4);
                break;
            case Fault.HangsWhenConnected:
                await Task.Delay(Timeout.Infinite);
                break;
            case Fault.IsBusyWhenConnectedTwice when ++_busy <= 2:
                await RefuseAsync(connect, Busy);
                return;
            case Fault.RefusesToConnect:
                await RefuseAsync(connect, new TeamsError("AuthenticationError", "Expired", null, "The token has expired.", [], null));
                return;
            case Fault.RepeatsTokens:
                var said = $"Bearer {connect.GraphToken} and {connect.TeamsToken}";
                await RefuseAsync(connect, new TeamsError("AuthenticationError", said, said, said, [said, said], said));
                return;
            case Fault.SaysTokensForGarbage:
                await SendRawAsync($"{connect.GraphToken} {connect.TeamsToken}\n");
                return;
            case Fault.SaysTokensForAKind:
                await SendRawAsync($"{{\"kind\":\"{connect.GraphToken}\",\"id\":\"{connect.TeamsToken}\"}}\n");
                return;
            case Fault.PrintsTokens:
                await Console.Error.WriteLineAsync($"Request failed: Authorization: Bearer {connect.GraphToken}");
                Environment.Exit(4);
                break;
        }
        _tenant = fault == Fault.AnswersForAnotherTenant ? Guid.NewGuid().ToString() : connect.TenantId.ToString();
        await SendAsync(new DoneMessage(connect.Id));
    }

    /// <summary>The first command after a connection, by which the pool checks the tenant.</summary>
    private async Task ProveAsync(InvokeMessage invoke)
    {
        if (fault == Fault.ExitsOnceConnected)
            Environment.Exit(8);
        if (fault == Fault.HangsOnceConnected)
            await Task.Delay(Timeout.Infinite);
        await SendResultAsync(invoke, _tenant);
    }

    private async Task InvokeAsync(InvokeMessage invoke)
    {
        if (Environment.GetEnvironmentVariable(JournalVariable) is { } journal)
            await File.AppendAllTextAsync(journal, invoke.Command.Name + "\n");
        switch (fault)
        {
            case Fault.ExitsInCommand:
                await Console.Error.WriteLineAsync("Unhandled exception.");
                Environment.Exit(6);
                break;
            case Fault.ExitsInCommandWithChild:
                await SendAsync(new OutputMessage(invoke.Id, "progress", StartOrphan()));
                Environment.Exit(6);
                break;
            case Fault.HangsInCommand:
                await SendAsync(new OutputMessage(invoke.Id, "progress", "hanging"));
                Thread.Sleep(Timeout.Infinite);
                break;
            case Fault.HangsInCommandWithChild:
                using (var child = Process.Start("/bin/sleep", "600"))
                {
                    await SendAsync(new OutputMessage(invoke.Id, "progress", $"{child.Id}"));
                    Thread.Sleep(Timeout.Infinite);
                }
                break;
            case Fault.SaysGarbageInCommand:
                await SendRawAsync("{\"kind\":\"result\", oops\n");
                break;
            case Fault.SaysNoKindOfMessage:
                await SendRawAsync("{}\n");
                break;
            case Fault.SaysHalfALine:
                await SendRawAsync($"{{\"kind\":\"done\",\"id\":{invoke.Id}");
                Environment.Exit(7);
                break;
            case Fault.SaysALongLine:
                await SendRawAsync(new string('x', 10 * 1024 * 1024) + "\n");
                break;
            case Fault.FloodsResults:
                await FloodResultsAsync(invoke);
                break;
            case Fault.AnswersAnotherRequest:
                await SendAsync(new DoneMessage(invoke.Id + 1));
                break;
            case Fault.FloodsOutputs:
                await FloodAsync();
                break;
            case Fault.EatsMemory:
                EatMemory();
                break;
            case Fault.IsBusyTwice when ++_busy <= 2:
                await RefuseAsync(invoke, Busy);
                return;
            case Fault.IsUnavailableTwice when ++_busy <= 2:
                await RefuseAsync(invoke, Unavailable);
                return;
            case Fault.IsBusyAndUnavailableTwice when ++_busy <= 2:
                await RefuseAsync(invoke, Busy with { Inner = [Unavailable.Message] });
                return;
            case Fault.Refuses:
                await RefuseAsync(invoke, new TeamsError("PermissionDenied", "Forbidden", "x@contoso.com", "Access Denied.", ["Inner"], "c0ffee"));
                return;
        }
        await SendResultAsync(invoke, invoke.Command.Name);
    }

    private async Task SendResultAsync(InvokeMessage invoke, string value)
    {
        var values = invoke.Command.Select.ToDictionary(name => name, name => Describe(name) ?? value);
        await SendAsync(new ResultMessage(invoke.Id, JsonSerializer.SerializeToElement(values)));
        await SendAsync(new DoneMessage(invoke.Id));
    }

    private static string? Describe(string property) => property switch
    {
        ProcessProperty => $"{Environment.ProcessId}",
        EnvironmentProperty => string.Join(';', Environment.GetEnvironmentVariables().Keys.Cast<string>()),
        _ => null,
    };

    private static async Task FloodAsync()
    {
        var noise = new string('#', 1024);
        for (var i = 0; i < 4096; i++)
            await Console.Out.WriteLineAsync(noise);
        for (var i = 0; i < 512; i++)
            await Console.Error.WriteLineAsync(noise);
    }

    private async Task FloodResultsAsync(InvokeMessage invoke)
    {
        var result = new ResultMessage(invoke.Id, JsonSerializer.SerializeToElement(new string('x', 1024 * 1024)));
        byte[] line = [.. ProtocolJson.WriteMessage(result), (byte)'\n'];
        while (true)
            await link.SendRawAsync(line, CancellationToken.None);
    }

    private static void EatMemory()
    {
        var eaten = new List<byte[]>();
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[1024 * 1024];
            Array.Fill(bytes, (byte)1);
            eaten.Add(bytes);
        }
        Thread.Sleep(Timeout.Infinite);
        GC.KeepAlive(eaten);
    }

    /// <summary>The id of a process whose parent has ended, so that it is in no process tree.</summary>
    private static string StartOrphan()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "sleep 600 >/dev/null 2>&1 & echo $!"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var shell = Process.Start(start)!;
        return shell.StandardOutput.ReadLine()!;
    }

    private Task RefuseAsync(WorkerRequest request, TeamsError error) => SendAsync(new ErrorMessage(request.Id, error));

    private Task SendAsync(WorkerMessage message) => link.SendAsync(message, CancellationToken.None);

    private Task SendRawAsync(string text) => link.SendRawAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
}
