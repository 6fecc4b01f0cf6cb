using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>Keeps every line that anything logs, with its exception, and every scope.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public string Text => string.Join('\n', _lines);

    /// <summary>The lines since it was called last.</summary>
    public List<string> Take()
    {
        List<string> taken = [];
        while (_lines.TryDequeue(out var line))
            taken.Add(line);
        return taken;
    }

    public ILogger<T> For<T>() => new Logger<T>(new LoggerFactory([this]));

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        _lines.Enqueue($"scope {state}");
        return null;
    }

    public void Dispose() => _lines.Clear();
}
