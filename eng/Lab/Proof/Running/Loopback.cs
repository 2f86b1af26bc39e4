using System.Net;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>
/// The loopback addresses at which the services of a proof listen. Each variant calls its neighbours at an address of its own, so that a
/// closed socket, which belongs to no process, can still be attributed to the variant.
/// </summary>
internal static class Loopback
{
    private const byte First = 11;

    /// <summary>All of them.</summary>
    public static IEnumerable<IPAddress> All => CaseVariants.All.Select(Of).Prepend(IPAddress.Loopback).Distinct();

    /// <summary>The one at which a variant calls its neighbours.</summary>
    // Linux has all of 127.0.0.0/8, other systems only the first.
    public static IPAddress Of(CaseVariant variant)
        => OperatingSystem.IsLinux() ? new([127, 0, 0, (byte)(First + (int)variant)]) : IPAddress.Loopback;
}
