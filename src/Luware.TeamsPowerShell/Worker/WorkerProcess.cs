using System.ComponentModel;
using System.Diagnostics;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>A child process that is owned: its output is drained, its end is noticed, and disposing it kills it with all that it started.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>A killed process is gone within milliseconds; beyond this it is stuck in the kernel and waiting on does not help.</summary>
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ProcessFamily _family;
    private readonly LastWords _lastWords = new();
    private readonly Stream _output;
    private readonly StreamReader _error;
    private readonly Task _drained;
    private readonly Task<int> _exitCode;
    private int _killed;

    private WorkerProcess(Process process)
    {
        _process = process;
        _family = new ProcessFamily(process);
        Id = process.Id;
        process.StandardInput.Close();
        _exitCode = WaitForEndAsync();
        (_output, _error) = (process.StandardOutput.BaseStream, process.StandardError);
        _drained = Task.WhenAll(DiscardAsync(_output), _lastWords.KeepAsync(_error));
    }

    public int Id { get; }

    public Task Exited => _exitCode;

    /// <summary>Resident memory in bytes; 0 once the process is gone, and where the system does not tell: a timer asks, and nobody would catch what it throws.</summary>
    public long Memory
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception or IOException)
            {
                return 0;
            }
        }
    }

    public static WorkerProcess Start(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        try
        {
            return new WorkerProcess(process);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Kills it with all that it started. Once is enough.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _killed, 1) == 0)
            _family.Kill();
    }

    /// <summary>How it ended, with the last lines of its standard error, once it has or does not within the limit; for messages to people.</summary>
    public async Task<string> DescribeEndAsync(TimeSpan limit)
    {
        try
        {
            await Task.WhenAll(Exited, _drained).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            // Still running, or something that it started holds its standard error.
        }
        var end = _exitCode.IsCompletedSuccessfully ? $"exit code {await _exitCode}" : "still running";
        return _lastWords.Text is { Length: > 0 } words ? $"{end}; its last words: {words}" : end;
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        try
        {
            await Exited.WaitAsync(KillWait);
        }
        catch (TimeoutException)
        {
            return;
        }
        // Whoever has used these streams owns them: the process would leave them open until a finalizer comes.
        await _output.DisposeAsync();
        _error.Dispose();
        _process.Dispose();
    }

    /// <summary>One that ends by itself leaves nothing behind either. The exit code is kept, because a disposed process has none.</summary>
    private async Task<int> WaitForEndAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        var exitCode = _process.ExitCode;
        Kill();
        return exitCode;
    }

    private static async Task DiscardAsync(Stream output)
    {
        try
        {
            await output.CopyToAsync(Stream.Null);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone.
        }
    }
}
