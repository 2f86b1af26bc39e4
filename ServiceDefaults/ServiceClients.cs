using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Shop.ServiceDefaults;

/// <summary>HTTP clients of the Shop's own services, found through the variables that Aspire sets.</summary>
public static class ServiceClients
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Adds a typed client for a service, with a timeout per attempt and two retries of idempotent calls.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="name">The service's resource name in the AppHost.</param>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string name) where TClient : class
        => services.AddHttpClient<TClient>((provider, client) => client.BaseAddress = provider.GetRequiredService<IConfiguration>().GetServiceAddress(name))
            .AddHttpMessageHandler(() => new ResilienceHandler(AttemptTimeout));

    /// <summary>The address of a service, as <c>WithReference</c> hands it over.</summary>
    /// <exception cref="InvalidOperationException">No address is configured.</exception>
    public static Uri GetServiceAddress(this IConfiguration configuration, string name)
        => new(configuration[$"services:{name}:http:0"]
            ?? throw new InvalidOperationException($"The service '{name}' has no address: set services:{name}:http:0."));
}

/// <summary>Retries a failed GET, PUT or DELETE twice and bounds each attempt in time.</summary>
internal sealed class ResilienceHandler(TimeSpan attemptTimeout) : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                .Handle<HttpRequestException>()
                .Handle<TimeoutRejectedException>()
                .HandleResult(response => response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout),
        })
        .AddTimeout(attemptTimeout)
        .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => IsIdempotent(request.Method)
            ? await _pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken)
            : await base.SendAsync(request, cancellationToken);

    private static bool IsIdempotent(HttpMethod method) => method == HttpMethod.Get || method == HttpMethod.Put || method == HttpMethod.Delete;
}
