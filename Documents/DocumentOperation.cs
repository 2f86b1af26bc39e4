using Microsoft.AspNetCore.Http.Features;

namespace Shop.Documents;

/// <summary>The data of a request's event that the route and the response do not contain; set by the handlers.</summary>
internal sealed class DocumentOperation
{
    /// <summary>The document's id, if the route does not contain it.</summary>
    public Guid? DocumentId { get; set; }

    /// <summary>The response's size, if it has no Content-Length.</summary>
    public long Bytes { get; set; }

    /// <summary>Binds the request's operation to a handler's parameter.</summary>
    public static ValueTask<DocumentOperation> BindAsync(HttpContext context)
        => ValueTask.FromResult(context.Features.GetRequiredFeature<DocumentOperation>());
}
