using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.ServiceDefaults;

/// <summary>
/// Tells requests of this machine from those that a web page of another site makes a browser send here: the page cannot forge their Host
/// and Origin.
/// </summary>
public static class LocalRequests
{
    /// <summary>Whether a request's Host, and its Origin if it has one, are loopback addresses.</summary>
    public static bool IsLocal(this HttpRequest request)
        => IsLoopback($"http://{request.Host.Host}") && request.Headers.Origin.All(IsLoopback);

    /// <summary>The answer to a request that is not local: 403.</summary>
    public static ProblemHttpResult Refuse() => TypedResults.Problem(
        title: "The lab accepts requests from this machine only.", statusCode: StatusCodes.Status403Forbidden);

    private static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
