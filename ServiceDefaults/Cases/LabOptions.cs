using System.Security.Cryptography;
using System.Text;

namespace Shop.ServiceDefaults.Cases;

/// <summary>The key of the lab routes, and the interval of full collections.</summary>
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

    /// <summary>Whether a key is the right one; takes the same time for each of a length.</summary>
    public bool HasKey(string key)
        => Key.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(Key));
}
