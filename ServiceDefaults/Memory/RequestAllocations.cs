using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Shop.ServiceDefaults.Memory;

/// <summary>
/// Reports each request to <see cref="RouteAllocations"/>. Not the probes and the lab's routes, nor WebSockets, which last as long as their
/// customer stays and would take a share of everything.
/// </summary>
internal sealed class RequestAllocations(RequestDelegate next, RouteAllocations routes)
{
    public Task InvokeAsync(HttpContext context)
    {
        // An error handler removes the endpoint.
        var endpoint = context.GetEndpoint();
        return endpoint?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is not null
            || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            ? next(context)
            : MeasureAsync(context, endpoint);
    }

    private async Task MeasureAsync(HttpContext context, Endpoint? endpoint)
    {
        var begun = routes.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            routes.End(endpoint, begun);
        }
    }
}
