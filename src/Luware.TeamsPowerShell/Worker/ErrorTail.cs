using System.Text;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>Keeps the last lines of a process's standard error, without tokens.</summary>
internal sealed class ErrorTail
{
    private const int Kept = 2048;
    private const int Lines = 5;

    private readonly Lock _gate = new();
    private readonly StringBuilder _end = new();

    public string Text
    {
        get
        {
            lock (_gate)
            {
                var lines = _end.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return Secrets.Hide(string.Join(" | ", lines.TakeLast(Lines)));
            }
        }
    }

    public async Task KeepAsync(StreamReader error)
    {
        var buffer = new char[Kept];
        try
        {
            while (await error.ReadAsync(buffer) is > 0 and var count)
                Keep(buffer.AsSpan(0, count));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone.
        }
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            _end.Append(text);
            if (_end.Length > Kept)
                _end.Remove(0, _end.Length - Kept);
        }
    }
}
