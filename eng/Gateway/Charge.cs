using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Shop.Gateway;

/// <summary>How a charge ended.</summary>
internal enum ChargeStatus
{
    /// <summary>The money was taken.</summary>
    Approved,

    /// <summary>It was not, for good.</summary>
    Declined,
}

/// <summary>A decided charge.</summary>
internal sealed record Charge(string ChargeId, Guid OrderId, decimal Amount, ChargeStatus Status, string? Reason, DateTimeOffset DecidedAt);

/// <summary>Decision and latency of an order's charge, both drawn from the order's id alone, so that runs repeat.</summary>
internal readonly record struct ChargeOdds(double Decision, double Latency)
{
    public static ChargeOdds Of(Guid orderId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(orderId.ToByteArray(bigEndian: true), hash);
        return new ChargeOdds(Fraction(hash[..8]), Fraction(hash[8..16]));
    }

    // The upper 53 bits are all that a double holds below one.
    private static double Fraction(ReadOnlySpan<byte> bits) => (BinaryPrimitives.ReadUInt64BigEndian(bits) >> 11) * (1.0 / (1UL << 53));
}
