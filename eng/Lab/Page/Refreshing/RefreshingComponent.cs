using Microsoft.AspNetCore.Components;

namespace Shop.Lab.Page.Refreshing;

/// <summary>A component that reads what it shows each second while the page is open.</summary>
public abstract class RefreshingComponent : ComponentBase, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _left = new();

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; private set; } = null!;

    /// <summary>The local time.</summary>
    protected DateTime Now => Time.GetLocalNow().DateTime;

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Left => _left.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized() => _ = RefreshAsync(_left.Token);

    /// <summary>Reads once.</summary>
    protected virtual Task ReadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RefreshAsync(CancellationToken left)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            do
            {
                await ReadAsync(left);
                StateHasChanged();
            }
            while (await timer.WaitForNextTickAsync(left));
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
