using Shop.ServiceDefaults.Customers;

namespace Shop.Sessions;

/// <summary>Restricts routes to the authenticated session.</summary>
internal static class OwnSession
{
    /// <summary>Like <see cref="CustomerExtensions.RequireCustomer"/>, but also 404 if the session is not the one in the path.</summary>
    public static RouteGroupBuilder RequireOwnSession(this RouteGroupBuilder routes)
        => routes.RequireCustomer()
            .RequireAuthorization(policy => policy.RequireAssertion(context => context.Resource is HttpContext request && IsOwn(request)))
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static bool IsOwn(HttpContext request)
        => request.Features.Get<Customer>() is { } customer && customer.SessionId == request.GetRouteValue("id") as string;
}
