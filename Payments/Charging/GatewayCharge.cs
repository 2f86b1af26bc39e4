using System.Text.Json;

namespace Shop.Payments.Charging;

/// <summary>The gateway's response to a charge.</summary>
internal sealed record GatewayCharge(string ChargeId, string Status, string? Reason)
{
    /// <summary>Whether the charge was approved; false if it was declined.</summary>
    /// <exception cref="JsonException">The status is unknown, which must not be treated as a decline.</exception>
    public bool IsApproved => Status switch
    {
        "Approved" => true,
        "Declined" => false,
        _ => throw new JsonException($"The gateway responded with the unknown status '{Status}'."),
    };
}
