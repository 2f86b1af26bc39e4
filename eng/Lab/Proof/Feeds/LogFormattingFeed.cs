using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Requests without a session: each is rejected at once and has its line in the audit log, so little else is allocated. Without the case:
/// the liveness probe.
/// </summary>
[Feeding("sessions", Window = 1_000)]
internal sealed class LogFormattingFeed(ProofTarget target) : ICaseFeed
{
    private readonly HttpClient _http = new() { BaseAddress = target.Address };

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, token => GetAsync("/documents?limit=1", token), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, token => GetAsync("/alive", token), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(path, cancellationToken);
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
