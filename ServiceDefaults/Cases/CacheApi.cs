using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Shop.ServiceDefaults.Caching;

namespace Shop.ServiceDefaults.Cases;

/// <summary>The lab's routes for the caches of a service: what they are asked for, to find the size that they need.</summary>
internal static class CacheApi
{
    private const int DefaultRequests = 1024 * 1024;

    /// <summary>Maps <c>/lab/caches</c>.</summary>
    public static void MapCaches(this RouteGroupBuilder group)
    {
        group.MapGet("/caches", (CacheMetrics caches)
            => TypedResults.Ok(caches.Caches.Select(cache => CacheView.Of(cache.Name, cache.Cache)).ToArray()));
        group.MapPut("/caches/{name}/trace", StartTrace);
        group.MapGet("/caches/{name}/trace", ReadTrace);
        group.MapDelete("/caches/{name}/trace", EndTrace);
    }

    /// <summary>Records from now on, up to a number of requests; an earlier trace is dropped.</summary>
    internal static Results<NoContent, ProblemHttpResult> StartTrace(string name, CacheMetrics caches, int requests = DefaultRequests)
    {
        if (requests is < 1 or > CacheTrace.MaxRequests)
            return OutOfRange(requests);
        // Up to 16 MB, so only for a cache that there is.
        return SetTrace(name, caches, () => new CacheTrace(requests));
    }

    /// <summary>Stops recording, and drops the trace.</summary>
    private static Results<NoContent, ProblemHttpResult> EndTrace(string name, CacheMetrics caches) => SetTrace(name, caches, () => null);

    /// <summary>The hashes of the keys, four bytes each in the order of the processor.</summary>
    private static Results<FileContentHttpResult, ProblemHttpResult> ReadTrace(string name, CacheMetrics caches)
    {
        if (Find(name, caches) is not { } cache)
            return Unknown(name, caches);
        if (cache.Trace is not { } trace)
            return TypedResults.Problem(title: $"The cache '{name}' records no trace.", statusCode: StatusCodes.Status409Conflict);
        return TypedResults.Bytes(MemoryMarshal.AsBytes<uint>(trace.Read()).ToArray(), "application/octet-stream");
    }

    private static Results<NoContent, ProblemHttpResult> SetTrace(string name, CacheMetrics caches, Func<CacheTrace?> create)
    {
        if (Find(name, caches) is not { } cache)
            return Unknown(name, caches);
        cache.Trace = create();
        return TypedResults.NoContent();
    }

    private static ICacheStatistics? Find(string name, CacheMetrics caches)
        => caches.Caches.FirstOrDefault(cache => cache.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Cache;

    private static ProblemHttpResult Unknown(string name, CacheMetrics caches) => TypedResults.Problem(
        title: "This service has no such cache.",
        detail: $"'{name}' is none of its caches: {string.Join(", ", caches.Caches.Select(cache => cache.Name))}.",
        statusCode: StatusCodes.Status400BadRequest);

    private static ProblemHttpResult OutOfRange(int requests) => TypedResults.Problem(
        title: "The number of requests is out of range.",
        detail: $"requests is {requests}; it can be from 1 to {CacheTrace.MaxRequests}.",
        statusCode: StatusCodes.Status400BadRequest);
}
