using System.ComponentModel;
using System.Globalization;

namespace Shop.ServiceDefaults;

/// <summary>Converts the durations of the configuration; the default converter accepts "10" as ten days.</summary>
internal sealed class DurationConverter : TimeSpanConverter
{
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value)
        => value is not string text ? base.ConvertFrom(context, culture, value)
            : Durations.TryParseFraction(text, out var duration) ? duration
            : throw new FormatException($"A duration must have the format {Durations.Format}.");
}
