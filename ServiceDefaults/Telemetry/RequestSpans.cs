using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Selects the requests that get a span and adds the attribute that ASP.NET Core's instrumentation does not set: the body's size.
/// </summary>
internal sealed class RequestSpans : IConfigureOptions<AspNetCoreTraceInstrumentationOptions>
{
    public void Configure(AspNetCoreTraceInstrumentationOptions options)
    {
        // Probes are requested every few seconds and would hide the shop's traces.
        options.Filter = context => !Probes.Contains(context.Request.Path);
        options.EnrichWithHttpRequest = Enrich;
    }

    private static void Enrich(Activity span, HttpRequest request)
    {
        // The length of a chunked body is unknown when the request starts.
        if (request.ContentLength is { } bytes)
            span.SetTag("http.request.body.size", bytes);
    }
}
