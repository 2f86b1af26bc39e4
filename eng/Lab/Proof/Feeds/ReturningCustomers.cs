using System.Globalization;

namespace Shop.Lab.Proof.Feeds;

/// <summary>A few customers of a service under proof who stay logged in.</summary>
internal sealed class ReturningCustomers(Uri sessions)
{
    // The service may notice a lost connection a moment later, and limits the sockets of a customer to 16.
    private const int Count = 8;
    private readonly string[] _sessions = new string[Count];
    private int _visits;

    /// <summary>The session of the customer who is next.</summary>
    public string Next => _sessions[(uint)Interlocked.Increment(ref _visits) % Count];

    /// <summary>Logs them in.</summary>
    public async Task LogInAsync(CancellationToken cancellationToken)
    {
        for (var customer = 0; customer < Count; customer++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"proof-{customer}");
            _sessions[customer] = await Traffic.OpenSessionAsync(sessions, name, cancellationToken);
        }
    }
}
