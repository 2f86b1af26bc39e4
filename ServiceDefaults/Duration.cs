using System.ComponentModel;
using System.Globalization;

namespace Shop.ServiceDefaults;

/// <summary>
/// A duration in the configuration, in the format of <see cref="Durations"/>. For a <see cref="TimeSpan"/>, "10" is ten days.
/// </summary>
/// <param name="Value">The duration.</param>
[TypeConverter(typeof(DurationConverter))]
public readonly record struct Duration(TimeSpan Value) : IComparable
{
    /// <summary>Converts to the type that the platform uses.</summary>
    public static implicit operator TimeSpan(Duration duration) => duration.Value;

    /// <summary>Converts from the type that the platform uses.</summary>
    public static implicit operator Duration(TimeSpan value) => new(value);

    /// <summary>Whether the left duration is shorter.</summary>
    public static bool operator <(Duration left, Duration right) => left.Value < right.Value;

    /// <summary>Whether the left duration is longer.</summary>
    public static bool operator >(Duration left, Duration right) => left.Value > right.Value;

    /// <summary>Whether the left duration is not longer.</summary>
    public static bool operator <=(Duration left, Duration right) => left.Value <= right.Value;

    /// <summary>Whether the left duration is not shorter.</summary>
    public static bool operator >=(Duration left, Duration right) => left.Value >= right.Value;

    /// <summary>Compares durations, as <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/> requires.</summary>
    public int CompareTo(object? obj) => Value.CompareTo(((Duration?)obj)?.Value);

    /// <summary>Formats the duration as it is configured.</summary>
    public override string ToString() => Durations.Show(Value)
        + (Value.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : Value.ToString(@"\.FFFFFFF", CultureInfo.InvariantCulture));
}
