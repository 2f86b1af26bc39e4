using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>What a command asks for.</summary>
public enum InputType { Text = 0, SecretText = 1, Choice = 2, Boolean = 3, Number = 4 }

/// <summary>One thing a command asks for.</summary>
public sealed class InteractionInput
{
    public required string Name { get; init; }
    public string? Label { get; init; }
    public string? Description { get; init; }
    public required InputType InputType { get; init; }

    /// <summary>Whether there must be an answer.</summary>
    public bool Required { get; init; }
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    /// <summary>The answer, or what is there at first.</summary>
    public string? Value { get; set; }

    /// <summary>What is shown while there is no answer.</summary>
    public string? Placeholder { get; init; }
    public bool AllowCustomChoice { get; init; }
    public int? MaxLength { get; init; }
}

/// <summary>The answers, by index and by name.</summary>
public sealed class InteractionInputCollection(IReadOnlyList<InteractionInput> inputs) : IReadOnlyList<InteractionInput>
{
    public int Count => inputs.Count;
    public IEnumerable<string> Names => inputs.Select(i => i.Name);
    public InteractionInput this[int index] => inputs[index];
    public InteractionInput this[string name] => TryGetByName(name, out var input) ? input : throw new KeyNotFoundException($"There is no input '{name}'.");

    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input)
        => (input = inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase))) is not null;

    /// <summary>Whether there is an input of this name.</summary>
    public bool ContainsName(string name) => TryGetByName(name, out _);
    public string? GetString(string name) => this[name].Value;
    public int GetInt32(string name) => int.Parse(this[name].Value ?? "", CultureInfo.InvariantCulture);
    public IEnumerator<InteractionInput> GetEnumerator() => inputs.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
