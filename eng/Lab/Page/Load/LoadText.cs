using System.Globalization;
using Shop.Lab.Load;

namespace Shop.Lab.Page.Load;

/// <summary>The figures of the load as text; what is not known is a dash.</summary>
internal static class LoadText
{
    private const string Unknown = "–";

    public static string Rate(double? perSecond) => perSecond is { } value ? Text($"{value:F1}") : Unknown;

    public static string Count(long? count) => count is { } value ? Text($"{value:N0}") : Unknown;

    public static string Milliseconds(double? milliseconds) => milliseconds switch
    {
        null => Unknown,
        < 10 => Text($"{milliseconds:F1} ms"),
        _ => Text($"{milliseconds:N0} ms"),
    };

    public static string State(LoadView load) => load switch
    {
        { State: LoadState.On, Rate: { } rate } => Text($"On, {rate} orders a second asked for."),
        { State: LoadState.Starting } => "The services are asked whether they are there.",
        { State: LoadState.Stopping } => "No more shoppers come; the last ones leave.",
        { Figures: { } last } => Text($"Off. The counts are those of the last load, of {Span(last.ElapsedSeconds)}."),
        _ => "Off.",
    };

    private static string Span(double seconds) => TimeSpan.FromSeconds(Math.Round(seconds)).ToString("c", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
