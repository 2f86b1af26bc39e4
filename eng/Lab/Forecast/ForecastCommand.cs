using System.CommandLine;
using Shop.Lab.Cases;
using Shop.ServiceDefaults.Forecast;
using Spectre.Console;

namespace Shop.Lab.Forecast;

/// <summary>The command <c>forecast</c>: whether a service leaks, and when its heap is full.</summary>
internal static class ForecastCommand
{
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan RecordEvery = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var service = new Argument<string?>("service") { Arity = ArgumentArity.ZeroOrOne, Description = "Default: all" };
        service.AcceptOnlyFromAmong([.. ShopAddresses.Names]);
        var scoreboard = new Option<bool>("--scoreboard")
        {
            Description = "Prints how right the detector is, on recorded and made series, instead; needs no running Shop",
        };
        var record = new Option<string?>("--record")
        {
            HelpName = "FILE",
            Description = "Records the service's series into a file, a line for each collection, until it is interrupted",
        };
        var command = new Command("forecast", "Tells whether a service leaks and when its heap is full: the trend after Gen2 collections.")
        {
            service, scoreboard, record,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(record) is not null && parsed.GetValue(service) is null)
                parsed.AddError("--record needs a service.");
        });
        var key = LabKey.AddOption(command);
        var addresses = ShopAddresses.AddOptions(command);
        command.SetCancellableAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(scoreboard))
            {
                Scoreboard.Print();
                return CommandLine.Done;
            }
            using var lab = new LabClient(addresses(parsed), key(parsed));
            if (parsed.GetValue(record) is { } file)
                await RecordAsync(lab, parsed.GetValue(service)!, file, cancellation);
            else
                await PrintAsync(lab, parsed.GetValue(service) is { } one ? [one] : [.. ShopAddresses.Names], cancellation);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task RecordAsync(LabClient lab, string service, string file, CancellationToken cancellation)
    {
        try
        {
            await using var writer = new StreamWriter(file) { AutoFlush = true };
            await RecordAsync(lab, service, writer, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"{file}: {exception.Message}");
        }
    }

    private static async Task RecordAsync(LabClient lab, string service, StreamWriter writer, CancellationToken cancellation)
    {
        await writer.WriteLineAsync(RecordedSeries.Header);
        HeapPoint? last = null;
        using var timer = new PeriodicTimer(RecordEvery);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if ((await lab.ReadForecastAsync(service, cancellation)).Last is { } point && point != last)
                await writer.WriteLineAsync(RecordedSeries.Format((last = point).Value));
        }
    }

    private static async Task PrintAsync(LabClient lab, IEnumerable<string> services, CancellationToken cancellation)
    {
        var table = new Table().RoundedBorder()
            .AddColumns("service", "verdict", "Gen2", "live", "trend per hour", "heap limit", "time to limit", "instance");
        foreach (var service in services)
        {
            var view = await lab.ReadForecastAsync(service, cancellation);
            var forecast = view.Forecast;
            table.AddRow(
                service, Text(forecast.Verdict), $"{forecast.Collections}",
                forecast.LiveBytes is { } live ? Bytes(live) : "", forecast.Trend is { } trend ? Text(trend) : "", Bytes(view.LimitBytes),
                forecast.TimeToLimit is { } time ? Text(time) : "", Markup.Escape(view.Instance));
        }
        AnsiConsole.Write(table);
    }

    private static string Text(HeapVerdict verdict) => verdict switch
    {
        HeapVerdict.NotEnoughData => "not enough data",
        HeapVerdict.Filling => "grows, cannot tell yet",
        HeapVerdict.Leak => "leak: grows without levelling",
        _ => "steady",
    };

    private static string Text(TheilSen trend)
        => $"{Bytes(trend.Slope * 3_600)} ({Bytes(trend.Low * 3_600)} to {Bytes(trend.High * 3_600)})";

    private static string Text(TimeToLimit time)
        => $"{Duration(time.Seconds)} ({Duration(time.Low)} to {(time.High is { } high ? Duration(high) : "never")})";

    private static string Bytes(double bytes) => FormattableString.Invariant($"{bytes / Megabyte:N1} MB");

    private static string Duration(double seconds) => seconds switch
    {
        < 5_400 => FormattableString.Invariant($"{seconds / 60:F0} min"),
        < 2 * 86_400 => FormattableString.Invariant($"{seconds / 3_600:F1} h"),
        _ => FormattableString.Invariant($"{seconds / 86_400:F0} d"),
    };
}
