using System.Collections.ObjectModel;

namespace Aspire.Hosting;

public enum InputType { Text = 0, SecretText = 1, Choice = 2, Boolean = 3, Number = 4 }

public sealed record InteractionInput
{
    public required string Name { get; init; }
    public string? Label { get; init; }
    public string? Description { get; init; }
    public required InputType InputType { get; init; }
    public bool Required { get; init; }
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }
    public string? Value { get; set; }
}

public sealed class InteractionInputCollection(IList<InteractionInput> inputs) : ReadOnlyCollection<InteractionInput>(inputs)
{
    public InteractionInput this[string name] => TryGetByName(name, out var input) ? input : throw new KeyNotFoundException($"There is no input '{name}'.");

    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input)
        => (input = this.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase))) is not null;
}
