using System.ComponentModel;
using System.Text.Json;
using Luware.TeamsPowerShell.Protocol;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// One worker process from its start to its kill. It is connected once, to one tenant, and answers one request at a time. Any protocol violation ends it,
/// because it cannot be trusted with the next command.
/// </summary>
internal sealed class TeamsWorker : IAsyncDisposable
{
    private static readonly TimeSpan MemoryWatch = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long to wait for a worker's end and last output. One that closed its pipe ends within milliseconds; one that broke the protocol stays alive, and
    /// its output arrives within this time.
    /// </summary>
    private static readonly TimeSpan EndWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWordsWait = TimeSpan.FromMilliseconds(100);

    private readonly TeamsWorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly WorkerFolder _folder;
    private readonly WorkerChannel _channel;
    private readonly WorkerProcess _process;
    private readonly ITimer _memoryWatch;
    private string? _killReason;
    private int _lastRequest;

    private TeamsWorker(TeamsWorkerOptions options, TimeProvider time, WorkerFolder folder, WorkerChannel channel, WorkerProcess process)
    {
        _options = options;
        _time = time;
        _folder = folder;
        _channel = channel;
        _process = process;
        _memoryWatch = time.CreateTimer(_ => CheckMemory(), state: null, MemoryWatch, MemoryWatch);
    }

    public int ProcessId => _process.Id;

    /// <summary>Completes when the process has ended, for whatever reason.</summary>
    public Task Ended => _process.Exited;

    /// <summary>The module's version, as reported by the worker.</summary>
    public string Module { get; private set; } = "";

    /// <summary>Why this worker was killed; null while it lives, or if it ended by itself while idle.</summary>
    public string? KillReason => _killReason;

    /// <exception cref="WorkerLostException">The process could not be started, ended, or was not ready in time.</exception>
    public static async Task<TeamsWorker> StartAsync(TeamsWorkerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var worker = Launch(options, time);
        try
        {
            await worker.SayHelloAsync(cancellationToken);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <param name="sent">Called as soon as the command is on the wire.</param>
    public Task ConnectAsync(Guid tenantId, TeamsTokens tokens, Action? sent, Action<TeamsOutput>? output, CancellationToken cancellationToken) =>
        AskAsync(
            new ConnectMessage(++_lastRequest, tenantId, tokens.Graph, tokens.TeamsAdmin),
            "Connect-MicrosoftTeams", _options.ConnectLimit, sent, output, cancellationToken);

    public Task<TeamsResult> InvokeAsync(TeamsCommand command, Action<TeamsOutput>? output, CancellationToken cancellationToken) =>
        InvokeAsync(command, _options.CommandLimit, output, cancellationToken);

    public async Task<TeamsResult> InvokeAsync(TeamsCommand command, TimeSpan limit, Action<TeamsOutput>? output, CancellationToken cancellationToken) =>
        new(await AskAsync(new InvokeMessage(++_lastRequest, command), command.Name, limit, sent: null, output, cancellationToken));

    /// <summary>Ends the process at once. The first reason is kept.</summary>
    public void Kill(string reason)
    {
        if (Interlocked.CompareExchange(ref _killReason, reason, comparand: null) is null)
            _process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Kill(KillReasons.Disposed);
        await _memoryWatch.DisposeAsync();
        await _channel.DisposeAsync();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static TeamsWorker Launch(TeamsWorkerOptions options, TimeProvider time)
    {
        WorkerFolder? folder = null;
        WorkerChannel? channel = null;
        try
        {
            folder = new WorkerFolder(options);
            channel = new WorkerChannel(folder);
            var process = WorkerProcess.Start(WorkerStartInfo.Create(options, folder, channel));
            return new TeamsWorker(options, time, folder, channel, process);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            _ = channel?.DisposeAsync().AsTask();
            folder?.Dispose();
            throw new WorkerLostException($"The worker {options.Executable} could not be started: {e.Message}", e);
        }
    }

    private async Task SayHelloAsync(CancellationToken cancellationToken) =>
        Module = await GuardAsync("The start", _options.StartLimit, async limited =>
        {
            await AcceptAsync(limited);
            return ReadModule(await _channel.ReadAsync(limited));
        }, cancellationToken);

    /// <summary>Waits until the worker connects to the pipes, but not if it has ended.</summary>
    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var accepted = _channel.AcceptAsync(ended.Token);
        if (await Task.WhenAny(accepted, Ended) == accepted)
        {
            await accepted;
            return;
        }
        await ended.CancelAsync();
        await accepted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new EndOfStreamException();
    }

    private string ReadModule(WorkerMessage? first) => first switch
    {
        HelloMessage { Protocol: not WorkerProtocol.Version } hello =>
            throw new InvalidDataException($"it speaks version {hello.Protocol} of the protocol, not {WorkerProtocol.Version}"),
        HelloMessage hello when _options.ModuleVersion is { Length: > 0 } wanted && hello.Module != wanted =>
            throw new InvalidDataException($"it has version {hello.Module} of the module, not {wanted}"),
        HelloMessage hello => hello.Module,
        null => throw new EndOfStreamException(),
        _ => throw new InvalidDataException($"it began with a {first.GetType().Name}"),
    };

    private Task<IReadOnlyList<JsonElement>> AskAsync(
        WorkerRequest request, string what, TimeSpan limit, Action? sent, Action<TeamsOutput>? output, CancellationToken cancellationToken) =>
        GuardAsync(what, limit, async limited =>
        {
            await _channel.SendAsync(request, limited);
            sent?.Invoke();
            return await ReadAnswerAsync(request.Id, what, output, limited);
        }, cancellationToken);

    private async Task<IReadOnlyList<JsonElement>> ReadAnswerAsync(int id, string what, Action<TeamsOutput>? output, CancellationToken cancellationToken)
    {
        List<JsonElement> objects = [];
        while (true)
        {
            switch (await _channel.ReadAsync(cancellationToken))
            {
                case OutputMessage line when line.Id == id:
                    output?.Invoke(new TeamsOutput(line.Stream, Secrets.Hide(line.Text)));
                    break;
                case ResultMessage result when result.Id == id:
                    objects.Add(result.Value);
                    break;
                case ErrorMessage refused when refused.Id == id:
                    throw new CommandRefusedException(what, Secrets.Hide(refused.Error));
                case DoneMessage done when done.Id == id:
                    return objects;
                case null:
                    throw new EndOfStreamException();
                case var message:
                    throw new InvalidDataException($"it answered with a {message.GetType().Name} that was not asked for");
            }
        }
    }

    /// <summary>Applies a time limit to an exchange, and turns everything that can go wrong on the other side into one exception.</summary>
    private async Task<T> GuardAsync<T>(string what, TimeSpan limit, Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await exchange(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kill(KillReasons.Hung);
            throw new WorkerLostException($"{what} took longer than {limit}; the worker was killed.");
        }
        catch (OperationCanceledException)
        {
            Kill(KillReasons.Cancelled);
            throw;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException
            || (_killReason is not null && e is not CommandRefusedException))
        {
            throw await LostAsync(what, e);
        }
        catch (Exception e) when (e is not CommandRefusedException)
        {
            // The caller's own code failed in the middle of an answer, so nobody reads the rest of it.
            Kill(KillReasons.Cancelled);
            throw;
        }
    }

    private async Task<WorkerLostException> LostAsync(string what, Exception fault)
    {
        if (_killReason is { } reason)
            return new WorkerLostException($"{what} was broken off: the worker is gone ({reason}).", fault);
        var livesOn = fault is InvalidDataException;
        var end = await _process.DescribeEndAsync(livesOn ? LastWordsWait : EndWait);
        Kill(livesOn ? KillReasons.Broken : KillReasons.EndedByItself);
        return livesOn
            ? new WorkerLostException($"{what} was broken off: the worker broke the protocol, {fault.Message} ({end}).", fault)
            : new WorkerLostException($"{what} was broken off: the worker ended ({end}).", fault);
    }

    private void CheckMemory()
    {
        if (_process.Memory > _options.MemoryLimit * 1024L * 1024L)
            Kill(KillReasons.Memory);
    }
}
