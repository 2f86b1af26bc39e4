using System.Globalization;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults.Messages;

namespace Shop.Tests.Payments;

/// <summary>Charges of orders, created from messages as in the service.</summary>
internal static class ChargeOrders
{
    /// <summary>The number of lines with which a body has about 88 KB, the size in the article.</summary>
    public const int LargeOrder = 960;

    public static ChargeRequest WithLines(int count)
    {
        var lines = Enumerable.Range(1, count).Select(number => new OrderLine(
            string.Create(CultureInfo.InvariantCulture, $"SKU-{number:D4}"), "Indigo Headphones", 1 + number % 5, 19.95m)).ToList();
        return ChargeRequest.Of(new OrderPlaced(
            Guid.CreateVersion7(), "ada", lines.Sum(line => line.Amount), lines, DateTimeOffset.UtcNow, Guid.Empty, 0));
    }
}
