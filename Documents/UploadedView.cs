namespace Shop.Documents;

/// <summary>The response to an upload.</summary>
internal sealed record UploadedView(Guid DocumentId);
