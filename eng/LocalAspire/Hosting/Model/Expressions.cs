using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something whose value is known at the latest when it is needed.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

/// <summary>A resource that others reach by a connection string.</summary>
public interface IResourceWithConnectionString : IResource, IValueProvider
{
    ReferenceExpression ConnectionStringExpression { get; }
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => ConnectionStringExpression.GetValueAsync(cancellationToken);
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];
    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);
}

/// <summary>Text with values in it that are resolved when it is used.</summary>
public class ReferenceExpression : IValueProvider
{
    private readonly IReadOnlyList<string?> _formats;

    private ReferenceExpression(string format, IReadOnlyList<IValueProvider> providers, IReadOnlyList<string?> formats)
        => (Format, ValueProviders, _formats) = (format, providers, formats);

    public string Format { get; }
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Expression();

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = ExpressionInterpolatedStringHandler.Formatted(await ValueProviders[i].GetValueAsync(cancellationToken), _formats[i]);
        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    /// <summary>Collects the parts of an interpolated string. The format <c>uri</c> escapes a value.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _format = new(literalLength);
        private readonly List<IValueProvider> _providers = new(formattedCount);
        private readonly List<string?> _formats = new(formattedCount);

        public void AppendLiteral(string value) => _format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

        public void AppendFormatted(string? value, string? format = null) => AppendLiteral(Formatted(value, format) ?? "");

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null) where T : IResource, IValueProvider => AppendFormatted(valueProvider.Resource, format);

        public void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider
        {
            _format.Append(CultureInfo.InvariantCulture, $"{{{_providers.Count}}}");
            _providers.Add(valueProvider);
            _formats.Add(format);
        }

        internal static string? Formatted(string? value, string? format) => format == "uri" && value is not null ? Uri.EscapeDataString(value) : value;

        internal ReferenceExpression Expression() => new(_format.ToString(), _providers, _formats);
    }
}
