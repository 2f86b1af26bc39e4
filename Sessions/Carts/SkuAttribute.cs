using System.ComponentModel.DataAnnotations;

namespace Shop.Sessions.Carts;

/// <summary>The form of a product's id. Whether the product exists is known to Orders.</summary>
internal sealed class SkuAttribute : RegularExpressionAttribute
{
    public SkuAttribute() : base("[A-Za-z0-9][A-Za-z0-9-]{0,31}") => ErrorMessage = "1 to 32 letters, digits or hyphens; no hyphen first.";
}
