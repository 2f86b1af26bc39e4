namespace Shop.Lab.Load;

/// <summary>
/// The customers of the shop and the sessions that they left open. One idle session per customer is remembered: a
/// customer with two visits at the same time has logged in twice.
/// </summary>
internal sealed class CustomerPool(int customers, TimeProvider time)
{
    // Well below the half hour after which the shop forgets a session that nobody uses.
    private static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(10);
    private readonly CustomerSession?[] _idle = new CustomerSession?[customers];

    /// <summary>Chooses a customer.</summary>
    public int Choose(Random random) => random.Next(_idle.Length);

    public static string NameOf(int customer) => $"shopper-{customer + 1:D5}";

    /// <summary>Takes the customer's open session; null if there is none.</summary>
    public CustomerSession? Take(int customer)
        => Interlocked.Exchange(ref _idle[customer], null) is { } session && time.GetElapsedTime(session.LeftAt) < MaxIdle ? session : null;

    /// <summary>Leaves a session open for the customer's next visit.</summary>
    public void Leave(int customer, CustomerSession session) => Volatile.Write(ref _idle[customer], session with { LeftAt = time.GetTimestamp() });
}

/// <summary>A customer's session between two visits.</summary>
/// <param name="Id">Its id, a credential: it stands in no output.</param>
/// <param name="LeftAt">When it was last used.</param>
/// <param name="Ordered">The products ordered last: their lines may leave the cart a moment after the order has ended.</param>
internal sealed record CustomerSession(string Id, long LeftAt, IReadOnlyList<string> Ordered);
