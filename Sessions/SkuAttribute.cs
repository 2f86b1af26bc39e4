using System.ComponentModel.DataAnnotations;

namespace Shop.Sessions;

/// <summary>Validates the format of a SKU. Only Orders can check whether the product exists.</summary>
internal sealed class SkuAttribute : RegularExpressionAttribute
{
    public SkuAttribute() : base("[A-Za-z0-9][A-Za-z0-9-]{0,31}")
        => ErrorMessage = "The SKU must have 1 to 32 letters, digits or hyphens and must not start with a hyphen.";
}
