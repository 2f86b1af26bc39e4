using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Shop.Gateway;

/// <summary>The route of the gateway's customers.</summary>
internal static class CustomersApi
{
    private const int MaxIdLength = 128;

    public static RouteHandlerBuilder MapCustomers(this IEndpointRouteBuilder routes)
        => routes.MapGet("/customers/{customerId}", FindCustomer);

    private static async Task<Results<Ok<Customer>, ValidationProblem>> FindCustomer(
        string customerId, IOptions<GatewayOptions> options, TimeProvider time, CancellationToken cancellation)
    {
        if (customerId.Length > MaxIdLength)
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { [nameof(customerId)] = [$"The id has at most {MaxIdLength} characters."] });
        await Task.Delay(options.Value.MeanLatency, time, cancellation);
        return TypedResults.Ok(Customer.Of(customerId));
    }
}
