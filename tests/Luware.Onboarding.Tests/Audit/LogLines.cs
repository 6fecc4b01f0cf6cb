using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>A log that keeps its lines for a test.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<string> lines = [];

    public List<string> Taken()
    {
        lock (lines)
        {
            var taken = lines.ToList();
            lines.Clear();
            return taken;
        }
    }

    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
