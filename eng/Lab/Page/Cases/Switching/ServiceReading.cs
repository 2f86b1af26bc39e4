using Shop.Lab.Cases;

namespace Shop.Lab.Page.Cases.Switching;

/// <summary>The cases of a service at one moment, as the replica that answered has them.</summary>
/// <param name="Cases">The cases; none where it did not answer.</param>
/// <param name="Failure">Why there are none.</param>
internal sealed record ServiceReading(IReadOnlyList<CaseState> Cases, string? Failure)
{
    // Older figures must not look like those of now.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static async Task<ServiceReading> ReadAsync(LabClient lab, string service, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            return new(await lab.ReadAsync(service, timeout.Token), null);
        }
        catch (LabException exception)
        {
            return new([], exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new([], FormattableString.Invariant($"{service} has not answered for {Timeout.TotalSeconds} s."));
        }
    }

    /// <summary>The state of a case; null where the service is away or does not have it.</summary>
    public CaseState? Find(string id) => Cases.FirstOrDefault(state => state.Case == id);
}
