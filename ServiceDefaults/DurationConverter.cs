using System.ComponentModel;
using System.Globalization;

namespace Shop.ServiceDefaults;

/// <summary>
/// Parses the durations of the configuration. The platform's converter accepts "10" and "24:00:00" as days. The attributes of libraries use
/// it too, for limits such as <c>1.00:00:00</c>.
/// </summary>
internal sealed class DurationConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type? sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value)
        => Durations.TryParseFraction((string)value, out var duration) || TryParseDays((string)value, out duration) ? duration
            : throw new FormatException($"A duration must have the format {Durations.Format}.");

    private static bool TryParseDays(string text, out TimeSpan duration)
        => TimeSpan.TryParseExact(text, @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture, out duration);
}
