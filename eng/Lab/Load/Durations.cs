using System.Globalization;

namespace Shop.Lab.Load;

/// <summary>The one form in which durations are read and shown: <c>hh:mm:ss</c>; the hours may exceed a day.</summary>
internal static class Durations
{
    public const string Form = "hh:mm:ss";
    private const int MaxHours = 9_999;

    /// <summary>A duration as it is written on the command line.</summary>
    public static string Show(TimeSpan duration) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)duration.TotalHours:00}:{duration:mm\\:ss}");

    /// <summary>Reads a duration. <see cref="TimeSpan.Parse(string)"/> takes "5" and "24:00:00" for days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Split(':') is not [var h, var m, var s]
            || !IsNumber(h, MaxHours, out var hours) || !IsNumber(m, 59, out var minutes) || !IsNumber(s, 59, out var seconds))
            return false;
        duration = new TimeSpan(hours, minutes, seconds);
        return true;
    }

    private static bool IsNumber(string text, int max, out int value)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;
}
