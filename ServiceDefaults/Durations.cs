using System.Globalization;

namespace Shop.ServiceDefaults;

/// <summary>The format of all durations, in options and in configuration: <c>hh:mm:ss</c>; the hours may exceed a day.</summary>
public static class Durations
{
    /// <summary>The format, for messages.</summary>
    public const string Format = "hh:mm:ss";

    private const int MaxHours = 9_999;

    /// <summary>Formats a duration, without its fraction of a second.</summary>
    public static string Show(TimeSpan duration) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)duration.TotalHours:00}:{duration:mm\\:ss}");

    /// <summary>Parses a duration of whole seconds. <see cref="TimeSpan.Parse(string)"/> accepts "5" and "24:00:00" as days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
        => TryParseFraction(text, out duration) && duration.Ticks % TimeSpan.TicksPerSecond == 0;

    /// <summary>Parses a duration whose seconds may have a fraction, as in <c>00:00:00.25</c>.</summary>
    public static bool TryParseFraction(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Split(':') is not [var h, var m, var s] || !IsNumber(h, MaxHours, out var hours) || !IsNumber(m, 59, out var minutes)
            || !decimal.TryParse(s, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds >= 60)
            return false;
        duration = new TimeSpan(hours, minutes, 0) + new TimeSpan((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    private static bool IsNumber(string text, int max, out int value)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;
}
