namespace Shop.Documents.Data;

/// <summary>One line of an invoice.</summary>
internal sealed class DocumentLine
{
    /// <summary>The line's position on the invoice, starting with 1.</summary>
    public required int Position { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    /// <summary>In euros.</summary>
    public required decimal UnitPrice { get; init; }
}
