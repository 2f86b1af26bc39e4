namespace Shop.Lab.Proof.Running;

/// <summary>The backends of one service of a proof, which no other service uses.</summary>
/// <param name="Database">Connection string of its database.</param>
/// <param name="Redis">Connection string of its Redis database.</param>
/// <param name="Broker">Its virtual host.</param>
internal sealed record IsolatedBackends(string Database, string Redis, VirtualHost Broker) : IAsyncDisposable
{
    /// <summary>
    /// Deletes the virtual host. The messages that nobody took fill the broker's memory, and at its limit the broker keeps the later
    /// cases waiting: PaymentPayload took 80 s instead of 23.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Broker.DeleteAsync(CancellationToken.None);
        }
        catch (HttpRequestException)
        {
            // The broker ends with the proof that was interrupted.
        }
    }
}
