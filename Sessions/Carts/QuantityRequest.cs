using System.ComponentModel.DataAnnotations;

namespace Shop.Sessions.Carts;

/// <summary>Sets the quantity of a product in the cart. Public, because validation ignores types that are not public.</summary>
/// <param name="Quantity">The quantity, 1 to 1,000.</param>
public sealed record QuantityRequest(
    [Required(ErrorMessage = QuantityRequest.Error), Range(1, 1_000, ErrorMessage = QuantityRequest.Error)] int? Quantity)
{
    private const string Error = "The quantity must be a whole number from 1 to 1,000.";
}
