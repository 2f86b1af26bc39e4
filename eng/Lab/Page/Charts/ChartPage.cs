using Microsoft.AspNetCore.Components;

namespace Shop.Lab.Page.Charts;

/// <summary>A page whose charts and figures go on each second.</summary>
public abstract class ChartPage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _left = new();

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; private set; } = null!;

    /// <summary>The local time.</summary>
    protected DateTime Now => Time.GetLocalNow().DateTime;

    /// <inheritdoc />
    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Read();
        _ = RefreshAsync(_left.Token);
    }

    /// <summary>Reads what is shown.</summary>
    protected virtual void Read()
    {
    }

    private void Refresh()
    {
        Read();
        StateHasChanged();
    }

    private async Task RefreshAsync(CancellationToken left)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(left))
                await InvokeAsync(Refresh);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}
