using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Shop.ServiceDefaults;

/// <summary>HTTP clients of the Shop's services, which service discovery resolves by their resource names.</summary>
public static class ServiceClients
{
    // A call fails within two seconds during an outage, including its retries.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(1);
    private const int MaxRetries = 2;
    private const double BreakRatio = 0.5;

    /// <summary>
    /// Adds a typed client for a service, with timeouts for the call and for each attempt, retries of safe methods, and a circuit breaker.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="name">The service's resource name in the AppHost.</param>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string name) where TClient : class
    {
        var client = services.AddHttpClient<TClient>(http => http.BaseAddress = new Uri($"http://{name}"));
        client.AddStandardResilienceHandler(Configure);
        // The resilience handler's timeouts end with the response headers; this one includes the body.
        return client.ConfigureHttpClient(http => http.Timeout = Timeout);
    }

    private static void Configure(HttpStandardResilienceOptions options)
    {
        options.TotalRequestTimeout.Timeout = Timeout;
        options.AttemptTimeout.Timeout = AttemptTimeout;
        options.Retry.MaxRetryAttempts = MaxRetries;
        options.Retry.Delay = RetryDelay;
        options.Retry.ShouldHandle = attempt => ValueTask.FromResult(HasNoResponse(attempt.Outcome));
        options.Retry.DisableForUnsafeHttpMethods();
        options.CircuitBreaker.ShouldHandle = attempt => ValueTask.FromResult(HasNoResponse(attempt.Outcome));
        // The default ratio of a tenth can be reached by a busy service; one that fails half of its calls is unavailable. After a recovery
        // it is used again within a second.
        options.CircuitBreaker.FailureRatio = BreakRatio;
        options.CircuitBreaker.BreakDuration = BreakDuration;
    }

    // A service that responds with 500 or 503 is reachable: an immediate retry would only double its load.
    private static bool HasNoResponse(Outcome<HttpResponseMessage> attempt)
        => attempt.Exception is HttpRequestException or TimeoutRejectedException;
}
