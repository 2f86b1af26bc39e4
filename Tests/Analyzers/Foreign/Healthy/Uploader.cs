using System.Buffers;
using System.Threading.Channels;

namespace Foreign.Healthy;

public sealed class Uploader(IHttpClientFactory clients) : BackgroundService
{
    private readonly Channel<Stream> waiting = Channel.CreateBounded<Stream>(100);

    public ValueTask AcceptAsync(Stream file, CancellationToken cancellation) => waiting.Writer.WriteAsync(file, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await foreach (var file in waiting.Reader.ReadAllAsync(stop))
        {
            var block = ArrayPool<byte>.Shared.Rent(4096);
            try
            {
                using var http = clients.CreateClient();
                var count = await file.ReadAsync(block.AsMemory(0, 4096), stop);
                using var content = new ByteArrayContent(block, 0, count);
                await http.PostAsync("upload", content, stop);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(block);
            }
        }
    }
}
