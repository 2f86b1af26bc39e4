namespace Aspire.Hosting.ApplicationModel;

public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

public interface IResourceWithConnectionString : IResource, IValueProvider
{
    ReferenceExpression ConnectionStringExpression { get; }
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => ConnectionStringExpression.GetValueAsync(cancellationToken);
    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);
}

/// <summary>Text with values in it that are resolved when it is used.</summary>
public class ReferenceExpression : IValueProvider
{
    private readonly IReadOnlyList<object?> _parts;

    private ReferenceExpression(IReadOnlyList<object?> parts) => _parts = parts;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Expression();

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
            text.Append(part is IValueProvider value ? await value.GetValueAsync(cancellationToken) : part);
        return text.ToString();
    }

    /// <summary>Collects the parts of an interpolated string. The format <c>uri</c> escapes a value.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly List<object?> _parts = new(literalLength == 0 ? formattedCount : formattedCount * 2 + 1);

        public void AppendLiteral(string value) => _parts.Add(value);
        public void AppendFormatted(string? value) => _parts.Add(value);
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider => _parts.Add(valueProvider);
        public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider => _parts.Add(format == "uri" ? new Escaped(valueProvider) : valueProvider);

        internal ReferenceExpression Expression() => new(_parts);
    }

    private sealed record Escaped(IValueProvider Value) : IValueProvider
    {
        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => Uri.EscapeDataString(await Value.GetValueAsync(cancellationToken) ?? "");
    }
}
