using System.Net;

namespace Shop.Tests.Faults;

/// <summary>The outcome of one attempt to order; without a status if there was no response.</summary>
internal sealed record Attempt(HttpStatusCode? Status, bool HasRetryAfter = false, string? Problem = null)
{
    public static readonly Attempt Accepted = new(HttpStatusCode.Accepted);

    public bool IsAcceptedOrRetryable
        => this is { Status: HttpStatusCode.Accepted } or { Status: HttpStatusCode.ServiceUnavailable, HasRetryAfter: true };
}
