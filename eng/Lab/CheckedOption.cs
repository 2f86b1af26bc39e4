using System.CommandLine;

namespace Shop.Lab;

/// <summary>
/// Options with one error for every value that is not allowed. The parser reports it: in a validator of the library, reading
/// a value that was not parsed throws.
/// </summary>
internal static class CheckedOption
{
    /// <summary>Reads a value; false if it is not allowed.</summary>
    public delegate bool TryParse<T>(string text, out T value);

    /// <param name="name">The option.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="allowed">The values that are allowed, in words.</param>
    /// <param name="tryParse">Reads a value.</param>
    public static Option<T> Create<T>(string name, string description, string allowed, TryParse<T> tryParse) => new(name)
    {
        Description = description,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (!tryParse(text, out var value))
                argument.AddError($"{name} must be {allowed}, not '{text}'.");
            return value;
        },
    };
}
