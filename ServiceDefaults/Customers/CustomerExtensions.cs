using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults.Customers;

/// <summary>Tells services who their customers are.</summary>
public static class CustomerExtensions
{
    /// <summary>Adds <see cref="SessionsClient"/> and what <see cref="RequireCustomer{TBuilder}"/> needs.</summary>
    public static void AddCustomers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<SessionsClient>("sessions")
            // The id in the address is a credential; the factory's own log lines would hold it.
            .RemoveAllLoggers();
        builder.Services.AddSingleton<CustomerCache>();
    }

    /// <summary>Lets only customers pass: 401 where <c>X-Session-Id</c> is missing, malformed, unknown or expired, 503 where Sessions does not answer.</summary>
    public static TBuilder RequireCustomer<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder
    {
        // Around the whole endpoint instead of as an endpoint filter: filters run when the body has already been read and bound.
        routes.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate ?? throw new InvalidOperationException($"'{endpoint.DisplayName}' has nothing to guard.");
            endpoint.RequestDelegate = context => InvokeAsync(context, next);
        });
        return routes.ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (await FindAsync(context) is { } customer)
        {
            context.Features.Set(customer);
            await next(context);
            return;
        }
        await TypedResults.Problem(title: $"This route needs a valid session in the header {SessionIds.Header}.", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }

    private static async ValueTask<Customer?> FindAsync(HttpContext context)
    {
        var id = context.Request.Headers[SessionIds.Header].ToString();
        if (!SessionIds.IsWellFormed(id))
            return null;
        var cache = context.RequestServices.GetRequiredService<CustomerCache>();
        if (cache.Find(id) is { } known)
            return known;
        var session = await context.RequestServices.GetRequiredService<SessionsClient>().GetSessionAsync(id, context.RequestAborted);
        return session is null ? null : cache.Add(session);
    }
}
