namespace Shop.Documents.Imaging;

/// <summary>A PNG was rejected; the message is shown to the client.</summary>
internal sealed class PngException(string message) : Exception(message);
