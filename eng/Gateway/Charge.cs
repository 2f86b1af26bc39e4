using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Shop.Gateway;

/// <summary>The result of a charge.</summary>
internal enum ChargeStatus
{
    /// <summary>The amount was charged.</summary>
    Approved,

    /// <summary>The charge was declined permanently.</summary>
    Declined,
}

/// <summary>A decided charge.</summary>
internal sealed record Charge(string ChargeId, Guid OrderId, decimal Amount, ChargeStatus Status, string? Reason, DateTimeOffset DecidedAt);

/// <summary>
/// The random numbers for the decision and the latency of an order's charge, 0 to 1; derived from the order's id alone, so that runs are
/// reproducible.
/// </summary>
internal readonly record struct ChargeOdds(double Decision, double Latency)
{
    public static ChargeOdds Of(Guid orderId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(orderId.ToByteArray(bigEndian: true), hash);
        return new ChargeOdds(Fraction(hash[..8]), Fraction(hash[8..16]));
    }

    // A double has 53 bits of precision.
    private static double Fraction(ReadOnlySpan<byte> bits) => (BinaryPrimitives.ReadUInt64BigEndian(bits) >> 11) * (1.0 / (1UL << 53));
}
