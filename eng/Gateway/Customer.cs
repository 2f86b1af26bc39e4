using System.Security.Cryptography;
using System.Text;

namespace Shop.Gateway;

/// <summary>A customer as the gateway knows it; derived from the shop's id alone, so that runs are reproducible.</summary>
/// <param name="CustomerId">The shop's id.</param>
/// <param name="Reference">The gateway's id, which charges name.</param>
/// <param name="Name">The name on the bills.</param>
/// <param name="Email">The address for receipts.</param>
/// <param name="PaymentMethods">The stored payment methods, the preferred one first.</param>
internal sealed record Customer(string CustomerId, string Reference, string Name, string Email, IReadOnlyList<PaymentMethod> PaymentMethods)
{
    private const int Methods = 3;

    public static Customer Of(string customerId) => new(
        customerId, $"cus_{Token(customerId)}", $"Customer {customerId}", $"{Uri.EscapeDataString(customerId)}@example.com",
        [.. Enumerable.Range(1, Methods).Select(number => PaymentMethod.Of($"pm_{Token($"{customerId}/{number}")}"))]);

    private static string Token(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A stored payment method.</summary>
/// <param name="Token">The gateway's id.</param>
/// <param name="Brand">The brand of the card.</param>
/// <param name="Ending">The last digits of its number.</param>
internal sealed record PaymentMethod(string Token, string Brand, string Ending)
{
    public static PaymentMethod Of(string token) => new(token, token[^1] < '8' ? "Visa" : "Mastercard", token[^4..]);
}
