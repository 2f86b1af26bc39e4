using Microsoft.AspNetCore.Components;

namespace Shop.Lab.Page.Live;

/// <summary>A page that is shown anew each second.</summary>
public abstract class LiveView : ComponentBase, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _left = new();

    /// <summary>What is shown.</summary>
    [Inject]
    protected LiveHistory History { get; private set; } = null!;

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
    protected override void OnInitialized() => _ = RefreshAsync(_left.Token);

    private async Task RefreshAsync(CancellationToken left)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(left))
                await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}
