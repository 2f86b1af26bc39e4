namespace Shop.Documents.Imaging;

/// <summary>A PNG was refused; the message is meant for its sender.</summary>
internal sealed class PngException(string message) : Exception(message);
