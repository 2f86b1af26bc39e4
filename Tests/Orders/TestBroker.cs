using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Messages;

namespace Shop.Tests.Orders;

/// <summary>A broker in memory that can be away, and that can refuse messages.</summary>
internal sealed class TestBroker
{
    private readonly ConcurrentQueue<Guid> _published = [];
    private readonly ConcurrentDictionary<Guid, Guid> _messages = [];
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _refusals;

    public TestBroker() => Open();

    /// <summary>
    /// The orders whose message was published, in this order. A message that was published again under its id, because its confirmation
    /// came too late, counts once, as the consumers' inbox handles it once.
    /// </summary>
    public IReadOnlyCollection<Guid> Published => _published;

    /// <summary>Whether a message was refused since <see cref="RefuseNext"/>.</summary>
    public bool HasRefused => Volatile.Read(ref _refusals) == 0;

    /// <summary>From now on, messages wait.</summary>
    public void Close() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    /// <summary>The next message fails.</summary>
    public void RefuseNext() => Volatile.Write(ref _refusals, 1);

    /// <summary>Adds the bus that publishes here.</summary>
    public void AddTo(IServiceCollection services)
        => services.AddMassTransit(bus
            => bus.UsingInMemory((_, memory) => memory.ConfigurePublish(pipe => pipe.UseExecuteAsync(TakeAsync))));

    private async Task TakeAsync(PublishContext context)
    {
        await _open.Task.WaitAsync(context.CancellationToken);
        if (Interlocked.CompareExchange(ref _refusals, 0, 1) == 1)
            throw new IOException("The broker refuses the message.");
        if (context is PublishContext<OrderPlaced> placed && _messages.TryAdd(placed.MessageId!.Value, placed.Message.OrderId))
            _published.Enqueue(placed.Message.OrderId);
    }
}
