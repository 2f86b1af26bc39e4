using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Who may call the lab routes, and the interval of full collections.</summary>
public sealed class LabOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lab";

    /// <summary>The header that carries the key.</summary>
    public const string KeyHeader = "X-Lab-Key";

    /// <summary>The key that the AppHost generates for each run; if it is empty, every request is rejected.</summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// The interval of full collections while a Retained case is not Fixed, which keep <c>shop.memory.live</c> current; if it is null or
    /// zero, only the runtime triggers collections.
    /// </summary>
    public TimeSpan? CollectEvery { get; set; }

    /// <summary>
    /// Names of the service at which programs of other machines may call it, besides the loopback names of its own; none if not set. Set
    /// them only where the network says who reaches the service: what is left then is the key.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>Whether a request comes from this machine, or from a program that calls the service by one of its names.</summary>
    // A web page of another site cannot choose the Host, and its requests have an Origin.
    public bool Accepts(HttpRequest request)
        => request.IsLocal()
        || (request.Headers.Origin.Count == 0 && Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether all names are names: a pattern would match nothing.</summary>
    public bool HasValidHosts() => Hosts.All(host => Uri.CheckHostName(host) != UriHostNameType.Unknown);

    /// <summary>Whether a key is the right one; takes the same time for each of a length.</summary>
    public bool HasKey(string key)
        => Key.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(Key));
}
