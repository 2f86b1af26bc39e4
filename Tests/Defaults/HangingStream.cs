namespace Shop.Tests.Defaults;

/// <summary>A stream whose reads end only by cancellation.</summary>
internal sealed class HangingStream : MemoryStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        => await Task.Delay(Timeout.Infinite, cancellationToken);
}
