using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Shop.Tests;

/// <summary>Records what is logged.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentQueue<Exception> _exceptions = [];

    /// <summary>The lines of all levels.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>The exceptions of warnings and errors.</summary>
    public IReadOnlyCollection<Exception> Exceptions => _exceptions;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue(formatter(state, exception));
        if (exception is not null && logLevel >= LogLevel.Warning)
            _exceptions.Enqueue(exception);
    }

    public void Dispose()
    {
    }
}
