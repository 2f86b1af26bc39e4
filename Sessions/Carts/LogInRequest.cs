using System.ComponentModel.DataAnnotations;

namespace Shop.Sessions.Carts;

/// <summary>A customer logs in. Public, because validation ignores other types.</summary>
/// <param name="CustomerId">The customer.</param>
public sealed record LogInRequest(
    [Required(ErrorMessage = LogInRequest.Error), RegularExpression("[A-Za-z0-9._@-]{1,64}", ErrorMessage = LogInRequest.Error)] string? CustomerId)
{
    private const string Error = "1 to 64 letters, digits, dots, hyphens, underscores or @.";
}
