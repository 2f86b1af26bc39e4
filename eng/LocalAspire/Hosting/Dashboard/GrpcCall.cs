using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace LocalAspire.Dashboard;

/// <summary>
/// One gRPC call over HTTP/2, by hand: no gRPC runtime package is needed for five methods.
/// A message is a zero byte (not compressed), its length in four bytes, big end first, and its protobuf form.
/// </summary>
internal sealed class GrpcCall(HttpContext http, CancellationToken cancellationToken)
{
    private const int HeaderLength = 5;
    private const int LargestRequest = 4 * 1024 * 1024;

    /// <summary>Ends when the client has left or the server is stopping.</summary>
    public CancellationToken Cancellation => cancellationToken;

    /// <summary>The next message, or null when the client has nothing more to say.</summary>
    public async Task<T?> TryReadAsync<T>(MessageParser<T> parser) where T : class, IMessage<T>
    {
        var header = new byte[HeaderLength];
        if (await http.Request.Body.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken) < HeaderLength)
            return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1));
        if (header[0] != 0 || length > LargestRequest)
            throw new InvalidDataException("The message is compressed or too long.");
        var message = new byte[length];
        await http.Request.Body.ReadExactlyAsync(message, cancellationToken);
        return parser.ParseFrom(message);
    }

    public async Task<T> ReadAsync<T>(MessageParser<T> parser) where T : class, IMessage<T>
        => await TryReadAsync(parser) ?? throw new InvalidDataException("The message is missing.");

    public async Task WriteAsync(IMessage message)
    {
        var frame = new byte[HeaderLength + message.CalculateSize()];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(frame.Length - HeaderLength));
        message.WriteTo(frame.AsSpan(HeaderLength));
        await http.Response.Body.WriteAsync(frame, cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends the headers, so that the client knows the call is open though there is no message yet.</summary>
    public Task OpenAsync() => http.Response.StartAsync(cancellationToken);

    /// <summary>Ends the call with one of gRPC's numbers; 0 is success.</summary>
    public void End(int status, string message = "")
    {
        http.Response.AppendTrailer("grpc-status", $"{status}");
        http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
    }
}
