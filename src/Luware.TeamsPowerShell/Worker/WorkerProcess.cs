using System.ComponentModel;
using System.Diagnostics;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// A child process that this object owns: it drains the output, notices the end, and kills the process with everything that it started when disposed.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>
    /// Longest wait for a killed process. It is normally gone within milliseconds; after this it is stuck in the kernel, and waiting does not help.
    /// </summary>
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ProcessFamily _family;
    private readonly ErrorTail _lastWords = new();
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

    /// <summary>Resident memory in bytes. Returns 0 instead of throwing if the process is gone or the system does not tell, because a timer reads it.</summary>
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

    /// <summary>Kills the process with everything that it started; further calls do nothing.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _killed, 1) == 0)
            _family.Kill();
    }

    /// <summary>Describes for people how the process ended, with the last lines of its standard error, or that it did not end within the limit.</summary>
    public async Task<string> DescribeEndAsync(TimeSpan limit)
    {
        try
        {
            await Task.WhenAll(Exited, _drained).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            // Still running, or something that it started holds its standard error open.
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
        // Once used, these streams are ours to dispose: the process would leave them open until finalization.
        await _output.DisposeAsync();
        _error.Dispose();
        _process.Dispose();
    }

    /// <summary>Waits for the process and kills what it left behind. Keeps the exit code, because a disposed process has none.</summary>
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
