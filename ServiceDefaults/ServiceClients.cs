using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Shop.ServiceDefaults;

/// <summary>HTTP clients of the Shop's own services, which service discovery finds by their names in the AppHost.</summary>
public static class ServiceClients
{
    // A caller learns of an outage within two seconds, whatever is retried inside them.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(1);
    private const int MaxRetries = 2;
    private const double BreakRatio = 0.5;

    /// <summary>Adds a typed client for a service, with bounds for the call and for each attempt, retries of safe methods, and a circuit breaker.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="name">The service's resource name in the AppHost.</param>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string name) where TClient : class
    {
        var client = services.AddHttpClient<TClient>(http => http.BaseAddress = new Uri($"http://{name}"));
        client.AddStandardResilienceHandler(Configure);
        // The resilience handler is done when the headers are there; this bounds the body too.
        return client.ConfigureHttpClient(http => http.Timeout = Timeout);
    }

    private static void Configure(HttpStandardResilienceOptions options)
    {
        options.TotalRequestTimeout.Timeout = Timeout;
        options.AttemptTimeout.Timeout = AttemptTimeout;
        options.Retry.MaxRetryAttempts = MaxRetries;
        options.Retry.Delay = RetryDelay;
        options.Retry.ShouldHandle = attempt => ValueTask.FromResult(IsUnanswered(attempt.Outcome));
        options.Retry.DisableForUnsafeHttpMethods();
        options.CircuitBreaker.ShouldHandle = attempt => ValueTask.FromResult(IsUnanswered(attempt.Outcome));
        // A busy service may be late for a tenth of its calls, the default; where half of them fail it is away. One that is back is used within a second.
        options.CircuitBreaker.FailureRatio = BreakRatio;
        options.CircuitBreaker.BreakDuration = BreakDuration;
    }

    // A service that answers, be it with 500 or 503, has been reached: asking it again at once would only double its load.
    private static bool IsUnanswered(Outcome<HttpResponseMessage> attempt) => attempt.Exception is HttpRequestException or TimeoutRejectedException;
}
