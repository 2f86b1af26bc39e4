using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shop.Orders.Data;
using Shop.Orders.OrderExport;

namespace Shop.Tests.Orders;

/// <summary>An export whose client has read only what the test has: nothing between them buffers the rest.</summary>
internal sealed class OpenExport : IAsyncDisposable
{
    private readonly Pipe _connection = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
    private readonly CancellationTokenSource _hangUp = new();
    private readonly StreamReader _lines;

    public OpenExport(IOrderExport export, OrdersDb db, string customerId)
    {
        Response.Body = _connection.Writer.AsStream();
        _lines = new StreamReader(_connection.Reader.AsStream());
        Ended = WriteAsync(export, db, customerId);
    }

    public HttpResponse Response { get; } = new DefaultHttpContext().Response;

    /// <summary>Ends with the export.</summary>
    public Task Ended { get; }

    public async Task<JsonElement?> ReadAsync()
        => await _lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line ? JsonDocument.Parse(line).RootElement : null;

    /// <summary>Reads the orders that are left, to the end.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadToEndAsync()
    {
        var orders = new List<JsonElement>();
        while (await ReadAsync() is { } order)
            orders.Add(order);
        await Ended;
        return orders;
    }

    public void HangUp() => _hangUp.Cancel();

    public async ValueTask DisposeAsync()
    {
        HangUp();
        _lines.Dispose();
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _hangUp.Dispose();
    }

    private async Task WriteAsync(IOrderExport export, OrdersDb db, string customerId)
    {
        try
        {
            await export.WriteAsync(db, customerId, Response, _hangUp.Token);
        }
        finally
        {
            await _connection.Writer.CompleteAsync();
        }
    }
}
