using System.ComponentModel;
using System.Globalization;

namespace Shop.ServiceDefaults;

/// <summary>Parses the durations of the configuration. The platform's converter accepts "10" and "24:00:00" as days.</summary>
internal sealed class DurationConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type? sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value)
        => Durations.TryParseFraction((string)value, out var duration) ? duration
            : throw new FormatException($"A duration must have the format {Durations.Format}.");
}
