namespace Shop.Documents.Data;

/// <summary>The origin of a document.</summary>
internal enum DocumentKind
{
    /// <summary>Created by the Shop for a paid order.</summary>
    Invoice,

    /// <summary>Uploaded by the customer.</summary>
    Upload,
}
