namespace Shop.Gateway;

/// <summary>One line of the order to charge.</summary>
internal sealed record ChargeLine(string? Sku, string? Name, int Quantity, decimal UnitPrice, decimal Amount);

/// <summary>A charge with the order that the fraud check needs. The limit of the request body also bounds the number of lines.</summary>
internal sealed record ChargeRequest(
    Guid OrderId, decimal Amount, string? Currency, string? CustomerId, DateTimeOffset PlacedAt, IReadOnlyList<ChargeLine>? Lines)
{
    private const string Euro = "EUR";
    private const int MaxTextLength = 128;
    private const int MaxQuantity = 1_000;
    private const decimal MaxAmount = 1_000_000_000;

    /// <summary>Adds the validation errors of the request, by field; of the lines only the first error.</summary>
    public void Check(Dictionary<string, string[]> errors)
    {
        if (OrderId == Guid.Empty)
            errors["orderId"] = ["The order's id is required."];
        if (Amount is <= 0 or > MaxAmount)
            errors["amount"] = [$"The amount must be above 0 and at most {MaxAmount}."];
        if (Currency != Euro)
            errors["currency"] = [$"The currency must be {Euro}."];
        if (!IsText(CustomerId))
            errors["customerId"] = [$"The customer is required, with at most {MaxTextLength} characters."];
        if (PlacedAt == default)
            errors["placedAt"] = ["The time of the order is required."];
        if (CheckLines(Lines ?? []) is { } error)
            errors["lines"] = [error];
    }

    private string? CheckLines(IReadOnlyList<ChargeLine> lines)
    {
        if (lines.Count == 0)
            return "The order's lines are required.";
        var sum = 0m;
        for (var index = 0; index < lines.Count; index++)
        {
            if (!IsValid(lines[index]))
                return $"Line {index} needs a sku, a name, a quantity of 1 to {MaxQuantity}, a unit price above 0 and the amount of both.";
            sum += lines[index].Amount;
        }
        return sum == Amount ? null : "The sum of the lines' amounts must equal the charge's amount.";
    }

    private static bool IsValid(ChargeLine? line)
        => line is { Quantity: >= 1 and <= MaxQuantity, UnitPrice: > 0 and <= MaxAmount }
           && line.Amount == line.Quantity * line.UnitPrice && IsText(line.Sku) && IsText(line.Name);

    private static bool IsText(string? text) => text is { Length: > 0 and <= MaxTextLength };
}
