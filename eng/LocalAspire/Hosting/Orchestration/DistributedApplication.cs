namespace Aspire.Hosting;

public class DistributedApplication(IHost host) : IAsyncDisposable
{
    public IServiceProvider Services => host.Services;
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the application until it is told to end. What hinders it is said in one line, with exit code 1.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await StartAsync(stopping.Token);
            Log.Started(Services.GetRequiredService<ILogger<DistributedApplication>>());
            await Task.Delay(Timeout.Infinite, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl+C, SIGTERM or the caller, perhaps while it was still starting.
        }
        catch (Exception exception) when (exception is DistributedApplicationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message.ReplaceLineEndings(" "));
            Environment.ExitCode = 1;
        }
        finally
        {
            await StopAsync(CancellationToken.None);
            await DisposeAsync();
        }
    }

    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await host.StartAsync(cancellationToken);
        await Services.GetRequiredService<Orchestrator>().StartAsync(cancellationToken);
    }

    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await Services.GetRequiredService<Orchestrator>().DisposeAsync();
        await host.StopAsync(cancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)host).DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
