namespace Shop.Documents.Imaging;

/// <summary>A PNG was refused; the message is written for the one who sent it.</summary>
internal sealed class PngException(string message) : Exception(message);
