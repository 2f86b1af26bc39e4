using System.ComponentModel.DataAnnotations;

namespace Shop.Sessions.Carts;

/// <summary>Sets how many of a product the cart holds. Public, because validation ignores other types.</summary>
/// <param name="Quantity">1 to 1,000.</param>
public sealed record QuantityRequest(
    [Required(ErrorMessage = QuantityRequest.Error), Range(1, 1_000, ErrorMessage = QuantityRequest.Error)] int? Quantity)
{
    private const string Error = "A whole number from 1 to 1,000.";
}
