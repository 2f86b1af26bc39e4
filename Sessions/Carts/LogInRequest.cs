using System.ComponentModel.DataAnnotations;

namespace Shop.Sessions.Carts;

/// <summary>The request to log in. Public, because validation ignores types that are not public.</summary>
/// <param name="CustomerId">The customer's id.</param>
public sealed record LogInRequest(
    [Required(ErrorMessage = LogInRequest.Error), RegularExpression("[A-Za-z0-9._@-]{1,64}", ErrorMessage = LogInRequest.Error)]
    string? CustomerId)
{
    private const string Error = "The customer id must have 1 to 64 letters, digits, dots, hyphens, underscores or @.";
}
