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
    public int MinLength { get; set; }
    public bool Lower { get; set; } = true;
    public bool Upper { get; set; } = true;
    public bool Numeric { get; set; } = true;
    public bool Special { get; set; } = true;
    public int MinLower { get; set; }
    public int MinUpper { get; set; }
    public int MinNumeric { get; set; }
    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        // Easily confused characters are left out, as are special ones that would need escaping in a connection string.
        (string Characters, bool Allowed, int Least)[] classes =
        [
            ("abcdefghjkmnpqrstuvwxyz", Lower, MinLower), ("ABCDEFGHJKMNPQRSTUVWXYZ", Upper, MinUpper), ("0123456789", Numeric, MinNumeric), ("-_.{}~()*+!", Special, MinSpecial),
        ];
        var all = string.Concat(classes.Where(c => c.Allowed).Select(c => c.Characters));
        if (all.Length == 0 || classes.Any(c => !c.Allowed && c.Least > 0))
            throw new InvalidOperationException("A generated parameter needs a class of characters, and none that is excluded can be required.");
        var chosen = classes.SelectMany(c => RandomNumberGenerator.GetItems<char>(c.Characters, c.Least)).ToList();
        // 128 bits of randomness, whatever was asked for.
        var length = Math.Max(Math.Max(MinLength, chosen.Count), (int)Math.Ceiling(128 / Math.Log2(all.Length)));
        var characters = chosen.Concat(RandomNumberGenerator.GetItems<char>(all, length - chosen.Count)).ToArray();
        RandomNumberGenerator.Shuffle<char>(characters);
        return new string(characters);
    }
}
