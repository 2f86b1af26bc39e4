using System.Text.RegularExpressions;

namespace Shop.Sessions.Store;

/// <summary>Who logs in.</summary>
internal sealed record LogInRequest(string? CustomerId);

/// <summary>The session that was opened.</summary>
internal sealed record LogInView(string SessionId);

/// <summary>How many of a product the cart should hold.</summary>
internal sealed record QuantityRequest(int? Quantity);

/// <summary>What the routes accept.</summary>
internal static partial class SessionRequests
{
    public const int MaxQuantity = 1_000;

    public static Dictionary<string, string[]> Validate(this LogInRequest request)
        => request.CustomerId is { } customer && CustomerIdPattern().IsMatch(customer)
            ? []
            : Error("customerId", "1 to 64 letters, digits, dots, hyphens, underscores or @.");

    public static Dictionary<string, string[]> Validate(this QuantityRequest request)
        => request.Quantity is >= 1 and <= MaxQuantity ? [] : Error("quantity", "A whole number from 1 to 1,000.");

    public static Dictionary<string, string[]> ValidateSku(string sku)
        => SkuPattern().IsMatch(sku) ? [] : Error("sku", "1 to 32 letters, digits or hyphens; no hyphen first.");

    private static Dictionary<string, string[]> Error(string field, string message) => new() { [field] = [message] };

    [GeneratedRegex(@"\A[A-Za-z0-9._@-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CustomerIdPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SkuPattern();
}
