using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Customers;

/// <summary>The authenticated customer; a parameter of the handlers of routes with <c>RequireCustomer</c>.</summary>
/// <param name="CustomerId">The customer's id, which decides ownership.</param>
/// <param name="SessionId">The session of this request, a credential.</param>
public sealed record Customer(string CustomerId, string SessionId)
{
    /// <summary>The session as Sessions returned it for this request; null if the customer was cached, which only serves reads.</summary>
    public SessionView? Session { get; init; }

    /// <summary>Omits the session, a credential that must not be logged.</summary>
    public override string ToString() => CustomerId;

    /// <summary>Binds the authenticated customer to a handler's parameter.</summary>
    public static ValueTask<Customer> BindAsync(HttpContext context, ParameterInfo parameter)
        => ValueTask.FromResult(context.Features.Get<Customer>()
            ?? throw new InvalidOperationException(
                $"The handler '{parameter.Member.Name}' has a Customer parameter, but its route does not call RequireCustomer()."));
}
