using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Customers;

/// <summary>The customer who makes the request; handlers of routes with <c>RequireCustomer</c> take it as a parameter.</summary>
/// <param name="CustomerId">Who it is: ownership is by customer.</param>
/// <param name="SessionId">The session of this request, a credential.</param>
public sealed record Customer(string CustomerId, string SessionId)
{
    /// <summary>Leaves the session out: what is logged must not let anyone act as the customer.</summary>
    public override string ToString() => CustomerId;

    /// <summary>Hands the customer that the route required to its handler.</summary>
    public static ValueTask<Customer> BindAsync(HttpContext context, ParameterInfo parameter)
        => ValueTask.FromResult(context.Features.Get<Customer>()
            ?? throw new InvalidOperationException($"The route of '{parameter.Member.Name}' takes a customer but does not call RequireCustomer()."));
}
