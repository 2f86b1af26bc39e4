using System.Globalization;
using Shop.Lab.Load;

namespace Shop.Lab.Page.Load;

/// <summary>The switch and the rate of one browser tab; the load itself belongs to all of them.</summary>
internal sealed class LoadControl(LoadSession load)
{
    private static readonly string Range
        = string.Create(CultureInfo.InvariantCulture, $"The rate is a whole number from {LoadSession.MinRate} to {LoadSession.MaxRate}.");
    private int _rate = load.Read().Rate ?? LoadSession.DefaultRate;

    /// <summary>The rate in the input.</summary>
    public string Rate { get; private set; } = Text(load.Read().Rate ?? LoadSession.DefaultRate);

    /// <summary>Why the last command changed nothing; null if it did.</summary>
    public string? Error { get; private set; }

    /// <summary>The label of the switch.</summary>
    public string Command => load.Read().State switch
    {
        LoadState.Starting => "Starting…",
        LoadState.On => "Stop",
        LoadState.Stopping => "Stopping…",
        _ => "Start",
    };

    /// <summary>Starts the load, or stops it; nothing while it does either.</summary>
    public Task ToggleAsync() => load.Read().State switch
    {
        LoadState.Off => StartAsync(),
        LoadState.On => load.StopAsync(CancellationToken.None),
        _ => Task.CompletedTask,
    };

    /// <summary>Takes the rate from the input; applies it at once while the load is on.</summary>
    public Task ChangeRateAsync(string? text)
    {
        Rate = text ?? "";
        return !Parses() ? Task.CompletedTask : load.Read().State == LoadState.On ? SetRateAsync() : Task.CompletedTask;
    }

    /// <summary>Shows the rate that another tab or the HTTP API has set.</summary>
    public void Refresh()
    {
        if (load.Read().Rate is not { } rate || rate == _rate)
            return;
        _rate = rate;
        Rate = Text(rate);
        Error = null;
    }

    private Task StartAsync() => Parses() ? SetRateAsync() : Task.CompletedTask;

    private bool Parses()
    {
        var isRate = int.TryParse(Rate, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && LoadSession.IsRate(rate);
        Error = isRate ? null : Range;
        if (isRate)
            _rate = rate;
        return isRate;
    }

    private async Task SetRateAsync()
    {
        try
        {
            await load.SetRateAsync(_rate, CancellationToken.None);
        }
        catch (LabException exception)
        {
            Error = exception.Message;
        }
    }

    private static string Text(int rate) => rate.ToString(CultureInfo.InvariantCulture);
}
