using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value given from outside, or a default.</summary>
public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IValueProvider
{
    private readonly Lock _lock = new();
    private string? _value;

    public ParameterDefault? Default { get; set; }
    public bool Secret { get; } = secret;

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(_value ??= callback(Default));
    }
}

/// <summary>What a parameter is when nothing was given.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

/// <summary>A default of random characters. It is a new one in each run: servers take their password at start, so it is not kept in the user's secrets.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Easily confused characters are left out, as are special ones that would need escaping in a connection string.
    private static readonly string[] Classes = ["abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "0123456789", "-_.{}~()*+!"];

    public int MinLength { get; set; }
    public bool Lower { get; set; } = true;
    public bool Upper { get; set; } = true;
    public bool Numeric { get; set; } = true;
    public bool Special { get; set; } = true;

    public override string GetDefaultValue()
    {
        bool[] allowed = [Lower, Upper, Numeric, Special];
        var characters = string.Concat(Classes.Where((_, index) => allowed[index]));
        // 128 bits of randomness, whatever was asked for.
        return RandomNumberGenerator.GetString(characters, Math.Max(MinLength, (int)Math.Ceiling(128 / Math.Log2(characters.Length))));
    }
}
